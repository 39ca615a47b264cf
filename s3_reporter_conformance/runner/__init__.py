"""One run of the suite: settings, collection, session, smoke test.

Imports everything below; only `cli` and `pytest_plugin` are above.
"""
