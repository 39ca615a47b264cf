"""Where the S3 API comes from: moto, LocalStack, an endpoint.

Imports `errors` and `credentials`; knows neither `wire` nor `adapters`.
"""
