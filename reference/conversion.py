"""Converts scan results to JSON or YAML (diagram: format conversion)."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from .json_writer import write_json
from .yaml_writer import write_yaml


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
    content = BytesIO()
    match file_format:
        case "json":
            write_json(simple_dict, content)
            return Document(content.getvalue(), "application/json")
        case "yaml":
            write_yaml(simple_dict, content)
            return Document(content.getvalue(), "application/yaml")
        case other:
            message = f"file_format is {other!r}; it must be 'json' or 'yaml'"
            raise ValueError(message)
