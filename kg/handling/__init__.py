"""How must the material be handled?

Stands on model.
"""
