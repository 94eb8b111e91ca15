"""How does it stand beside a published report, or beside an earlier state?

Stands on findings and wording.
"""
