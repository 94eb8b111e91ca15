"""Who is meant by a name, and who belongs to whom?

Stands on model and terms.
"""
