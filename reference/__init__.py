"""The reference S3 reporter, one small module for each part of the diagrams.

Read it in this order: `configuration`, `client`, `results`, `conversion` with its two writers,
`naming`, `retry`, `errors`, `local_copy`, and `reporter`, which runs them in sequence.  May import
nothing of the harness.
"""

from .reporter import S3Reporter

__all__ = ["S3Reporter"]
