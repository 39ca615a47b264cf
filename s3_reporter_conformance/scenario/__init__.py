"""The world of one scenario, the call that it leads to, and what was observed of it.

Where `wire`, `backends` and `adapters` meet.
"""
