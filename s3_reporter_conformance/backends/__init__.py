"""Sources of the S3 API: moto, LocalStack, or any S3 endpoint.

May import `s3`, `disk` and `words`; not `wire` or `adapters`.  Only this room imports moto and
LocalStack's client.
"""
