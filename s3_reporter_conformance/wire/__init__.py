"""The recording proxy between the reporter and S3, which injects faults.

Imports `errors` and `credentials`; knows neither `backends` nor `adapters`.
"""
