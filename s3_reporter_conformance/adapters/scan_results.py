"""The scan results that are passed to a reporter."""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import resources
from types import SimpleNamespace
from typing import Any

_SIMPLE = ("name", "description", "metadata", "converter_results", "scanner_results", "ash_config")


class Severity(Enum):
    """A value without a JSON type, like those in ASH's own models."""

    HIGH = "high"


@dataclass(frozen=True)
class ScanResults:
    """Aggregated results, with the interface of ASH's model.

    Attributes:
        data: The simple dict; it may hold values without a JSON type.
    """

    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> Any:
        """When the scan started: text or `datetime`."""
        return self.data["metadata"]["summary_stats"]["start"]

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


def _namespace(value: Any) -> Any:
    if isinstance(value, Mapping):
        return SimpleNamespace(**{str(name): _namespace(item) for name, item in value.items()})
    return value
