"""What goes out to the agencies, and what comes back?

Stands on decisions and compare.
"""
