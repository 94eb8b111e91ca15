"""What did a rule in force that day call for, and what is recorded?

Stands on knowledge.
"""
