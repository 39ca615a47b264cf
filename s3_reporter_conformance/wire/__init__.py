"""A recording proxy between the reporter and S3 that injects errors."""
