"""The conformance report in the forms that other tools read: each made of the report alone."""

from typing import Any

Report = dict[str, Any]
"""A conformance report; see `s3_reporter_conformance.report`."""

WRONG = ("failed", "unexpectedly-passed")
"""The statuses that make a reporter nonconforming."""

BROKEN = "adapter-error"
"""The status of which nothing can be said."""
