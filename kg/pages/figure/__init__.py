"""How does the timeline look on one sheet of paper?

Stands on the data of the timeline.
"""
