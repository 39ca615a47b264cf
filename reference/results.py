"""The interface of the scan results, and results read from a file."""

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

from .naming import is_time

_SIMPLE = ("name", "description", "metadata", "converter_results", "scanner_results", "ash_config")


class ScanResults(Protocol):
    """The interface of the results that ASH Core passes."""

    @property
    def metadata(self) -> Any:
        """The metadata: `summary_stats.start`, and possibly `generated_at`."""

    def to_simple_dict(self) -> Mapping[str, Any]:
        """The results as a plain dict."""


class StoredResults:
    """Scan results from JSON: either ASH's aggregated results or their simple dict."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Store the parsed JSON document."""
        self._data = data
        metadata = _object(data.get("metadata"))
        self.metadata = SimpleNamespace(
            generated_at=metadata.get("generated_at"),
            summary_stats=SimpleNamespace(
                start=_object(metadata.get("summary_stats")).get("start")
            ),
        )

    @classmethod
    def read(cls, path: Path) -> "StoredResults":
        """Read a results file.

        Raises:
            OSError: It cannot be read.
            ValueError: It is not a JSON object.
        """
        data = json.loads(path.read_bytes())
        if not isinstance(data, dict):
            message = f"{path} holds a JSON {type(data).__name__}, not an object"
            raise ValueError(message)  # noqa: TRY004 -- wrong data, not a wrong type of argument
        return cls(data)

    def to_simple_dict(self) -> Mapping[str, Any]:
        """Return the same fields as ASH's own `to_simple_dict`."""
        if "sarif" not in self._data:
            return self._data
        return {name: self._data[name] for name in _SIMPLE if name in self._data}


def scan_start(results: ScanResults) -> str | datetime:
    """When the scan started.

    Where the results do not say, when they were generated, else now: a key never holds `None`.
    """
    metadata = results.metadata
    started: Any = getattr(getattr(metadata, "summary_stats", None), "start", None)
    generated: Any = getattr(metadata, "generated_at", None)
    return next(filter(is_time, (started, generated)), datetime.now(timezone.utc))


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
