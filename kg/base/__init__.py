"""What do text, tables, files and names look like, whatever the review?

Knows of no review and stands on nothing.
"""
