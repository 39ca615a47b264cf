"""Reads documents in TOML and JSON, and says in words where they are not as their schema says.

The schemas in `docs/` are generated from the classes that the documents become.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..words.errors import UsageError
from ..words.names import unknown
from .files import read

if sys.version_info >= (3, 11):
    from tomllib import loads
else:
    from tomli import loads

SCHEMAS = ("report", "manifest", "known-deviations", "request", "reply")
"""The names of the schemas."""

_WHAT = {
    "manifest": "a valid manifest",
    "known-deviations": "a valid file of known deviations",
    "report": "a valid conformance report, such as 'verify --report' writes",
}
T = TypeVar("T")


def read_schema(name: str) -> dict[str, Any]:
    """Read a schema."""
    file = resources.files("s3_reporter_conformance.docs") / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def read_toml(path: Path, kind: type[T], schema: str) -> T:
    """Read a TOML file that the user wrote.

    Args:
        path: The file.
        kind: The class that it becomes.
        schema: The name of the schema of this class.

    Raises:
        UsageError: It cannot be read, is not valid TOML, or violates the schema.
    """
    return converted(path, _parsed(path, "TOML", loads), kind, schema)


def read_json(path: Path) -> Any:
    """Read a JSON file that a run wrote.

    Raises:
        UsageError: It cannot be read, is empty, or is not valid JSON.
    """
    return _parsed(path, "JSON", json.loads)


def converted(path: Path, document: Any, kind: type[T], schema: str) -> T:
    """Convert a parsed document to a class; see `read_toml`."""
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        raise invalid(path, schema, _in_words(str(error), read_schema(schema))) from None


def invalid(path: Path, schema: str, *wrong: str) -> UsageError:
    """Make the error that a file is not valid.

    Args:
        path: The file.
        schema: The name of its schema.
        wrong: The mistakes, a sentence each.
    """
    lines = "".join(f"\n  {sentence}" for sentence in wrong)
    return UsageError(
        f"{path} is not {_WHAT[schema]}:{lines}\n"
        f"'s3-reporter-conformance schema {schema}' prints what it contains"
    )


def _in_words(error: str, whole: dict[str, Any]) -> str:
    """Put an error of msgspec, such as "Expected `int` - at `$.a[0]`", into a helpful sentence."""
    text, _, at = error.partition(" - at ")
    place = at.removeprefix("`key` in ").strip("`").removeprefix("$").removeprefix(".")
    expected = whole
    for step in re.findall(r"\w+|\.{3}", place):
        expected = _part(expected, step, whole)
    if text.startswith("Object contains unknown field"):
        return str(unknown("key", text.split("`")[1], expected.get("properties", ()), place))
    if text.startswith("Object missing required field"):
        name = text.split("`")[1]
        place, text = f"{place}.{name}".removeprefix("."), "missing"
        expected = _part(expected, name, whole)
    hint = "; ".join(_hints(expected))
    # The description of a text says it better than a regular expression.
    text = text.partition(" matching regex ")[0]
    return f"{place or 'the document'}: {text}" + (f" ({hint})" if hint else "")


def _part(schema: dict[str, Any], step: str, whole: dict[str, Any]) -> dict[str, Any]:
    """The schema of a property, or of the items, in a schema."""
    nothing: dict[str, Any] = {}
    inner = schema.get("items") or schema.get("additionalProperties") or nothing
    part = schema.get("properties", nothing).get(step, inner)
    referred = whole["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else nothing
    return {**referred, **part}


def _hints(schema: dict[str, Any]) -> Iterator[str]:
    if "description" in schema:
        yield schema["description"].removesuffix(".")
    if "enum" in schema:
        yield f"one of {', '.join(map(str, schema['enum']))}"
    if "examples" in schema:
        yield f"such as {', '.join(map(json.dumps, schema['examples']))}"


def _parsed(path: Path, language: str, parse: Callable[[str], Any]) -> Any:
    text = read(path)
    if not text and language == "JSON":
        raise UsageError(f"{path} is empty: was the run that writes it broken off?")
    try:
        return parse(text)
    except RecursionError:
        raise UsageError(f"{path} is nested too deeply to be read") from None
    # Of dates and of numbers that make no sense, the parsers say so in a plain `ValueError`.
    except ValueError as error:
        # Behind a semicolon, Python says how to change its limits.
        reason = str(error).partition(";")[0]
        raise UsageError(f"{path} is not valid {language}: {reason}") from error
