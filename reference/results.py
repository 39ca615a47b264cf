"""Scan results from JSON, in the place of those that ASH Core passes."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any


class StoredResults:
    """The simple dict of scan results, with the interface of the results themselves."""

    def __init__(self, simple_dict: Mapping[str, Any]) -> None:
        """Find the start of the scan."""
        self._simple_dict = simple_dict
        start = simple_dict.get("metadata", {}).get("summary_stats", {}).get("start")
        self.metadata = SimpleNamespace(summary_stats=SimpleNamespace(start=start))

    def to_simple_dict(self) -> Mapping[str, Any]:
        """Return the results as a plain dict."""
        return self._simple_dict
