"""The diagrams, requirements and interpretations, as data; and the path coverage.

May import `schemas`, `files`, `credentials` and `errors`.
"""
