"""The diagrams, their paths, the rules, and the interpretations, as data; the coverage.

May import `schemas`, `files`, `credentials` and `errors`.
"""
