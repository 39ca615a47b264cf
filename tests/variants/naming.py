"""Other ways to name the object."""

from collections.abc import Mapping
from datetime import timezone
from pathlib import Path
from typing import Any

from dateutil.parser import isoparse

from .plain import Plain


class IsoTimestamp(Plain):
    """The instant in UTC, in ISO 8601's extended format."""

    def timestamp(self, started: str) -> str:
        return isoparse(started).astimezone(timezone.utc).isoformat()


class DefaultForEmptyPrefix(Plain):
    """A prefix of its own where none is configured, and where it is empty."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.prefix = self.prefix or "scans"
