"""Converts scan results to JSON or YAML (diagram: format conversion)."""

import json
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

import yaml


class Document(NamedTuple):
    """The report in UTF-8, for both the object and the local copy, and its media type."""

    content: bytes
    content_type: str


def convert(simple_dict: Mapping[str, Any], file_format: str) -> Document:
    """Serialize the scan results' simple dict; JSON on one line, as Athena reads it.

    Raises ValueError if the format is neither `json` nor `yaml`, or a value cannot be written.
    """
    text = json.dumps(simple_dict, default=_plain, ensure_ascii=False, allow_nan=False)
    if file_format == "json":
        return Document(f"{text}\n".encode(), "application/json")
    if file_format == "yaml":
        # By way of JSON, because YAML has more types.
        content = yaml.dump(json.loads(text), None, _Dumper, allow_unicode=True, sort_keys=False)
        return Document(content.encode(), "application/yaml")
    raise ValueError(f"file_format is {file_format!r}; it must be 'json' or 'yaml'")


def _plain(value: Any) -> Any:
    """A value that JSON has no type for becomes text (interpretation 10)."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)


_AMBIGUOUS = re.compile(r"[yYnN]|[-+]?[0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?0o[0-7_]*")
"""Text that some readers of YAML 1.1 or 1.2 take for a truth value or a number."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # is a class
    """Writes ambiguous text in quotes."""


def _represent_text(dumper: Any, text: str) -> Any:
    style = "'" if _AMBIGUOUS.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent_text)
