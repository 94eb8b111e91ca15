"""How is it printed, for people and as JSON?

Stands on wording, decisions, office and graph.
"""
