"""What was written, frozen as it was read?

Stands on base and dates.
"""
