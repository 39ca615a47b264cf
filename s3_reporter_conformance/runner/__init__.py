"""One run of the suite: settings, collection, the pytest session, the smoke test.

May import `reporting`, `judging` and the rooms below them.
"""
