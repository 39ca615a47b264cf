"""The state of one scenario: what it prepares, the call it makes, what was observed.

May import `adapters`, `backends`, `wire` and the rooms below them; not `verdict`.
"""
