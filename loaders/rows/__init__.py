"""What does a table of cells say, as entries?

Stands on formats, kg.dates and kg.terms.
"""
