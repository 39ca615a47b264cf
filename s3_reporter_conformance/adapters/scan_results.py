"""Scan results: those that are passed to a reporter, and those that a scan leaves in a file."""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cache
from importlib import resources
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..words.errors import AdapterError

RESULTS = "ash_aggregated_results.json"
"""The file with the results of a scan, in its output folder; see `docs/contract.md`."""

RETURNED = "reports/ash.s3.json"
"""The file with what the S3 reporter returned; missing if the reporter did not run."""

_SIMPLE = ("name", "description", "metadata", "converter_results", "scanner_results", "ash_config")


class Severity(Enum):
    """A value without a JSON type, like those in ASH's own models."""

    HIGH = "high"


class Unprintable:
    """A value that has no text."""

    def __str__(self) -> str:
        """Fail, as late as a reporter asks for it."""
        raise RuntimeError("it has no text")


class Uncopyable(Unprintable):
    """A value that also keeps `to_simple_dict` from making a copy of the results."""

    def __deepcopy__(self, _: Any) -> Any:
        """Fail."""
        raise RuntimeError("it cannot be copied")


@dataclass(frozen=True)
class ScanResults:
    """Aggregated results, with the interface of ASH's model.

    Attributes:
        data: The simple dict; it may hold values without a JSON type.
    """

    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> str | datetime | None:
        """When the scan started; `None` if they do not tell."""
        start = self.data["metadata"].get("summary_stats", {}).get("start")
        return start if isinstance(start, str | datetime) else None

    @property
    def metadata(self) -> Any:
        """The metadata, with its fields as attributes."""
        return _namespace(self.data["metadata"])

    def to_simple_dict(self) -> dict[str, Any]:
        """A deep copy of the simple dict, which the reporter may change."""
        return copy.deepcopy(dict(self.data))

    def replaced(self, path: str, value: Any) -> "ScanResults":
        """A copy of the results with another value at a dotted path."""
        *parents, name = path.split(".")
        data = place = dict(self.data)
        for parent in parents:
            place[parent] = place = dict(place.get(parent, {}))
        place[name] = value
        return ScanResults(data)


@cache
def sample_scan() -> ScanResults:
    """The results of a real scan by ASH 3.5.9 of a small project with findings."""
    whole = sample_document()
    return ScanResults({name: whole[name] for name in _SIMPLE})


@cache
def sample_document() -> Mapping[str, Any]:
    """The file that ASH wrote of that scan: the simple dict is part of it."""
    sample = resources.files("s3_reporter_conformance.samples") / "ash_aggregated_results.json"
    document: Mapping[str, Any] = json.loads(sample.read_text(encoding="utf-8"))
    return document


def read_results(output_dir: Path) -> ScanResults:
    """Read the results of a scan.

    Raises:
        AdapterError: The tool left none, or malformed ones.
    """
    wrong = "it does not tell that"
    try:
        document: Any = json.loads((output_dir / RESULTS).read_bytes())
        match document:
            case {
                "metadata": {"summary_stats": {"start": str(), "severity_counts": {}}},
                "scanner_results": {},
            }:
                return ScanResults(document)
    except (OSError, ValueError, RecursionError) as error:
        wrong = str(error)
    raise AdapterError(
        f"after the scan, {RESULTS} in the output folder is not as expected: {wrong}. Expected: "
        "JSON with metadata.summary_stats.start, metadata.summary_stats.severity_counts, and "
        "scanner_results"
    )


def read_returned(output_dir: Path) -> str | None:
    """Read what the S3 reporter returned, if it ran."""
    path = output_dir / RETURNED
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None


def _namespace(value: Any) -> Any:
    if isinstance(value, Mapping):
        return SimpleNamespace(**{str(name): _namespace(item) for name, item in value.items()})
    return value
