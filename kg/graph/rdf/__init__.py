"""How is the graph written, read and checked as RDF?

Stands on the drawing.
"""
