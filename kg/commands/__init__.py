"""What can be typed?

Stands on everything; nothing stands on it but the command line.
"""
