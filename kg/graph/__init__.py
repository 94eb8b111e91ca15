"""How is all of it one graph?

Stands on findings and decisions; one drawing, poured into every graph.
"""
