"""Sources of the S3 API: moto, LocalStack, or any S3 endpoint.

May import `credentials` and `errors`; not `wire` or `adapters`.  Only this room imports moto and
LocalStack's client.
"""
