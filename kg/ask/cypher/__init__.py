"""How is a question in Cypher asked, here or on a server?

Stands on the property graph.
"""
