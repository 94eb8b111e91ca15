"""How is it said so that a manager could read it aloud?

Stands on findings.
"""
