"""s3-reporter-conformance: does an S3 reporter do what the diagrams say?"""

__version__ = "0.1.0"
