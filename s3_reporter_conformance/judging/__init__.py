"""Helpers of the Then steps: documents, S3 URLs, error wording, and the services that read reports.

May import `scenario` and the rooms below it; not `verdict` or `reporting`.
"""
