"""What did each agency do and hold, day by day, as a page?

Stands on findings and wording.
"""
