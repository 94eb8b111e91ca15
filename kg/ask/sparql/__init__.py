"""How is a question in SPARQL asked, safely and in time?

Stands on the quads of the graph.
"""
