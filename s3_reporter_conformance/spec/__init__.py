"""The diagrams, their paths, the requirements, and the interpretations, as data; the coverage.

May import `schemas`, `files`, `credentials` and `errors`.
"""
