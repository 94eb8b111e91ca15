"""What stands in a file, cell by cell, as the program that made it shows it?

Stands on kg.model.
"""
