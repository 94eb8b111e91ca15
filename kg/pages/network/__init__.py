"""Who told whom as of a day, as a page?

Stands on findings and wording.
"""
