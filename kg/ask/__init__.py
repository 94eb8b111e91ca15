"""What is asked of the graph, and what is the answer in every engine?

Stands on graph.
"""
