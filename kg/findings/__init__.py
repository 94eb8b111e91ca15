"""What did no one see?

Stands on duties and knowledge; one file a kind of finding.
"""
