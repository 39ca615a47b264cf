"""Judges a run: answers, documents, keys, S3 URLs, wording, waits, and readers of reports.

May import `scenario` and the rooms below it; not `verdict` or `reporting`.
"""
