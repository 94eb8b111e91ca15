"""Who held what, since when, and by which entries?

Stands on chronology.
"""
