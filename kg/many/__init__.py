"""How are many reviews studied at once?

Stands on the folder.
"""
