"""Reads and validates documents against the JSON Schemas in `docs/`."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..words.errors import UsageError
from ..words.violations import in_words
from .files import read
from .toml import loads

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SCHEMAS = ("report", "manifest", "known-deviations", "request", "reply")
"""The names of the schemas."""


_MOST = 10
_WHAT = {
    "manifest": "a valid manifest",
    "known-deviations": "a valid file of known deviations",
    "report": "a valid conformance report, such as 'verify --report' writes",
}


def violations(schema: str, document: Any, part: str = "") -> tuple[str, ...]:
    """Say where a document violates a schema, a sentence each; none if it does not.

    Args:
        schema: The schema's name, such as `manifest`.
        document: The parsed document.
        part: A definition in the schema to validate against, instead of the whole schema.
    """
    errors = _validator(schema, part).iter_errors(document)
    # Some errors say the same: one of several keys that are missing is missing in each.
    return tuple(dict.fromkeys(words for error in errors for words in in_words(error)))


def read_toml(
    path: Path, schema: str, check: Callable[[Mapping[str, Any]], Iterable[str]] = lambda _: ()
) -> dict[str, Any]:
    """Read a TOML file that the user wrote.

    Args:
        path: The file.
        schema: The name of its schema.
        check: Says, a sentence each, what else is wrong with it.  The document that it gets may
            violate the schema.

    Raises:
        UsageError: It cannot be read, is not valid TOML, violates its schema, or is wrong
            otherwise; the message says everything that is.
    """
    document = _parsed(path, "TOML", loads)
    expect_none(path, schema, (*violations(schema, document), *check(document)))
    found: dict[str, Any] = document
    return found


def read_json(path: Path) -> Any:
    """Read a JSON file that a run wrote.

    Raises:
        UsageError: It cannot be read, is empty, or is not valid JSON.
    """
    return _parsed(path, "JSON", json.loads)


def expect_none(path: Path, schema: str, wrong: Sequence[str]) -> None:
    """Make sure that nothing is wrong with a file.

    Args:
        path: The file.
        schema: The name of its schema.
        wrong: What is wrong, a sentence each.

    Raises:
        UsageError: Something is.
    """
    if not wrong:
        return
    more = [f"and {len(wrong) - _MOST} more"] if len(wrong) > _MOST else []
    lines = "".join(f"\n  {sentence}" for sentence in (*wrong[:_MOST], *more))
    raise UsageError(
        f"{path} is not {_WHAT[schema]}:{lines}\n"
        f"'s3-reporter-conformance schema {schema}' prints what it contains"
    )


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


def _parsed(path: Path, language: str, parse: Callable[[str], Any]) -> Any:
    text = read(path)
    if not text and language == "JSON":
        raise UsageError(f"{path} is empty: was the run that writes it broken off?")
    try:
        found = parse(text)
        # TOML's hexadecimal numbers may have more digits than any message could tell.
        repr(found)
    except RecursionError:
        raise UsageError(f"{path} is nested too deeply to be read") from None
    # Of dates and of numbers that make no sense, the parsers say so in a plain `ValueError`.
    except ValueError as error:
        # Behind a semicolon, Python says how to change its limits.
        reason = str(error).partition(";")[0]
        raise UsageError(f"{path} is not valid {language}: {reason}") from error
    return found
