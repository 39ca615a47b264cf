"""Reads documents in TOML and JSON, and says in words where they are not as their schema says."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..words.errors import UsageError
from ..words.names import unknown
from .files import read
from .schemas import read_schema

if sys.version_info >= (3, 11):
    from tomllib import loads
else:
    from tomli import loads

_WHAT = {
    "manifest": "a valid manifest",
    "known-deviations": "a valid file of known deviations",
    "report": "a valid conformance report, such as 'verify --report' writes",
}
T = TypeVar("T")


def read_toml(path: Path, kind: type[T], schema: str) -> T:
    """Read a TOML file that the user wrote into a class, which has a schema of some name.

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
    """Make the error that a file is not as its schema says: its mistakes, a sentence each."""
    lines = "".join(f"\n  {sentence}" for sentence in wrong)
    return UsageError(
        f"{path} is not {_WHAT[schema]}:{lines}\n"
        f"'s3-reporter-conformance schema {schema}' prints what it contains"
    )


def _in_words(error: str, schema: dict[str, Any]) -> str:
    """Put an error of msgspec, such as "Expected `int` - at `$.a[0]`", into a helpful sentence."""
    text, _, at = error.partition(" - at ")
    place = at.removeprefix("`key` in ").strip("`").removeprefix("$").removeprefix(".")
    known: dict[str, dict[str, Any]] = {}
    for part in (schema, *schema["$defs"].values()):
        known |= part.get("properties", {})
    if text.startswith("Object contains unknown field"):
        return str(unknown("key", text.split("`")[1], known, place))
    if text.startswith("Object missing required field"):
        place = f"{place}.{text.split('`')[1]}".removeprefix(".")
        text = "missing"
    expected = known.get(re.sub(r"\[.*\]$", "", place).rpartition(".")[2], {})
    hint = expected.get("description", "").removesuffix(".")
    if "examples" in expected:
        hint += f"; such as {', '.join(map(json.dumps, expected['examples']))}"
    if " matching regex " in text:
        # The description of a text says it better than a regular expression.
        text = "Expected another text"
    return f"{place or 'the document'}: {text}" + (f" ({hint})" if hint else "")


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
