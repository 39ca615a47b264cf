"""What the diagrams and the features say, as data: nodes, paths, requirements, interpretations.

Imports nothing of the suite but `errors`.
"""
