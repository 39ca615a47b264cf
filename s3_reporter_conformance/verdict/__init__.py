"""Statuses, the verdict on a reporter, and what it is compared with.

Imports `spec` and `adapters`; knows nothing of scenarios, nor of how results are shown.
"""
