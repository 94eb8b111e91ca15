"""How do the entries of all agencies stand side by side, before anything is judged?

Stands on people and terms.
"""
