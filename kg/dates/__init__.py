"""When was it, and how surely?

Stands on base.
"""
