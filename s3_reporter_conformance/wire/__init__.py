"""A recording proxy between the reporter and S3 that injects faults.

May import `credentials` and `errors`; not `backends` or `adapters`.
"""
