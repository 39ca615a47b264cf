"""The reference S3 reporter, one small module for each part of the diagrams.

Read it in this order: `configuration`, `client`, `conversion`, `naming`, `errors`, `retry`,
`local_copy`, and `reporter`, which runs them in sequence.  It imports nothing of the harness.
"""

from .reporter import S3Reporter

__all__ = ["S3Reporter"]
