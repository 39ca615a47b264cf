"""Sources of the S3 API: moto, LocalStack, or any S3 endpoint.

Only this room imports moto and LocalStack's client.
"""
