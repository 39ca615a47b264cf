"""Reads and validates documents against the JSON Schemas in `docs/`."""

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import UsageError
from .toml import TOMLDecodeError, loads

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SCHEMAS = ("report", "manifest", "known-deviations", "request", "reply")
"""The names of the schemas."""


def violation(schema: str, document: Any, part: str = "") -> str:
    """Say where a document violates a schema; empty if it does not.

    Args:
        schema: The schema's name, such as `manifest`.
        document: The parsed document.
        part: A definition in the schema to validate against, instead of the whole schema.
    """
    # Late, because the import is slow and most commands validate nothing.
    from jsonschema.exceptions import best_match

    # Of several errors, the library guesses the most relevant one.
    error: Any = best_match(_validator(schema, part).iter_errors(document))
    if error is None:
        return ""
    place = error.json_path.removeprefix("$").removeprefix(".")
    return f"{place}: {error.message}" if place else str(error.message)


def read_toml(path: Path, schema: str) -> dict[str, Any]:
    """Read a TOML file that the user wrote.

    Args:
        path: The file.
        schema: The name of its schema.

    Raises:
        UsageError: It cannot be read, is not valid TOML, or violates its schema.
    """
    try:
        document = loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from error
    if wrong := violation(schema, document):
        raise UsageError(f"{path}: {wrong}; see docs/{schema}.schema.json")
    return document


@cache
def read_schema(name: str) -> dict[str, Any]:
    """Read a schema."""
    file = resources.files("s3_reporter_conformance.docs") / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


@cache
def _validator(schema: str, part: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    whole = read_schema(schema)
    return Draft202012Validator(whole["$defs"][part] if part else whole)
