"""What do the words of the field mean?

Stands on base, dates and model; the only reader of the ontology.
"""
