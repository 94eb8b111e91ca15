"""How is it drawn, as one file that works offline?

Stands on wording, decisions and graph.
"""
