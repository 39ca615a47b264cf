"""Statuses, the verdict on a reporter, the form of the report, and what it is compared with.

Imports `spec` and `adapters`; knows nothing of scenarios.
"""
