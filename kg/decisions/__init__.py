"""What did the reviewer decide, and does it still stand?

Stands on findings and wording.
"""
