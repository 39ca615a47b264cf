"""The reference S3 reporter: what the diagrams say, in a few small modules.

Read them in the order of the diagrams: `configuration`, `conversion`, `naming`, `upload`,
`local_copy`, and `reporter`, which puts them in sequence.  Nothing here knows the harness.
"""

from .reporter import S3Reporter

__all__ = ["S3Reporter"]
