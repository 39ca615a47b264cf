"""A recording proxy between the reporter and S3 that injects faults.

May import `s3`, `disk` and `words`; not `backends` or `adapters`.
"""
