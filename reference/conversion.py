"""Converts scan results to JSON or YAML (diagram: format conversion)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import yaml


@dataclass(frozen=True)
class Document:
    """The serialized report, for both the object and the local copy.

    Attributes:
        content: The serialized scan results, UTF-8.
        content_type: The media type of the S3 object.
    """

    content: bytes
    content_type: str


def convert(simple_dict: Mapping[str, Any], file_format: str) -> Document:
    """Serialize the scan results' simple dict.

    Args:
        simple_dict: The results; values that JSON has no type for become text (interpretation 10).
        file_format: `json` or `yaml`.

    Raises:
        ValueError: The format is neither.
    """
    plain = _plain(simple_dict)
    match file_format:
        case "json":
            # One line, because Athena expects one record per line.
            text = json.dumps(plain, ensure_ascii=False) + "\n"
            return Document(text.encode(), "application/json")
        case "yaml":
            dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
            text = yaml.dump(plain, Dumper=dumper, allow_unicode=True, sort_keys=False)
            return Document(text.encode(), "application/yaml")
        case other:
            message = f"file_format is {other!r}; it must be 'json' or 'yaml'"
            raise ValueError(message)


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return _plain(value.value)
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case other:
            return str(other)
