"""The diagrams, their paths, the rules, and the interpretations, as data; the coverage.

May import `disk` and `words`.
"""
