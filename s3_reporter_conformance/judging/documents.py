"""Reads the documents of a reporter, and compares them with the scan results.

A reporter is free in everything that does not change the data: key order, white space, escapes,
YAML styles and versions, and how a value without a JSON type appears as text (interpretation 10).
"""

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import yaml

from ..adapters.scan_results import ScanResults
from ..backends.base import StoredObject
from ..errors import Nonconformance
from ..spec.symptoms import QUOTES_LOST, UNREADABLE, WRONG_DATA
from .differences import Difference, differences
from .yaml_loaders import Yaml11Loader, Yaml12Loader, has_long_key, load_yaml

# A report tells so many differences.
_MOST = 4


def read_json(content: bytes) -> Any:
    """Parse a JSON document (RFC 8259).

    Raises:
        Nonconformance: It is not JSON, not UTF-8, begins with a byte order mark (section 8.1), or
            holds a name twice (section 4).
    """
    try:
        return json.loads(
            content.decode(), parse_constant=_refuse_constant, object_pairs_hook=_object
        )
    except (ValueError, RecursionError) as error:
        raise Nonconformance(
            "a JSON document", f"{error}, in {_excerpt(content)}", UNREADABLE
        ) from None


def read_yaml(content: bytes) -> Any:
    """Parse a YAML document with a safe loader for YAML 1.1, or else for YAML 1.2.

    Raises:
        Nonconformance: See `yaml_readings`.
    """
    return next(yaml_readings(content))


def yaml_readings(content: bytes) -> Iterator[Any]:
    """Parse a YAML document with a safe loader for YAML 1.1, then with one for YAML 1.2.

    JSON is rejected, although YAML includes it: the diagram has a branch for each format.

    Yields:
        What each loader reads that can read it.

    Raises:
        Nonconformance: It is not UTF-8, not YAML, not safe, empty, or JSON.
    """
    problems = []
    try:
        # YAML 1.2.2 §5.2 allows a byte order mark.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Nonconformance(
            "a YAML document in UTF-8", f"{error}, in {_excerpt(content)}", UNREADABLE
        ) from None
    for loader in (Yaml11Loader, Yaml12Loader):
        try:
            with _without_garbage_collection():
                document = load_yaml(text, loader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            problems.append(" ".join(str(error).split()))
            continue
        if document is None:
            raise Nonconformance("a YAML document", f"none: {_excerpt(content)}", UNREADABLE)
        if document and _is_json(text):
            raise Nonconformance(
                "a YAML document", f"a JSON document: {_excerpt(content)}", UNREADABLE
            )
        yield document
    if len(problems) > 1:
        raise Nonconformance(
            "a YAML document that a safe loader reads",
            f"{problems[0]}{_hint(content)}, in {_excerpt(content)}",
            UNREADABLE,
        )


def _hint(content: bytes) -> str:
    """Why no loader reads a document, where the loaders' own words do not tell."""
    if not has_long_key(content.decode(errors="replace")):
        return ""
    return " (a name of more than 1,024 characters must be an explicit key, after `? `)"


def expect_data(results: ScanResults, stored: StoredObject, file_format: str) -> None:
    """Make sure that an object holds the scan results (interpretation 10).

    Args:
        results: What the reporter was given.
        stored: The object.
        file_format: `json` or `yaml`.

    Raises:
        Nonconformance: It cannot be read, or holds other data.
    """
    found: Sequence[Difference] | None = None
    # One version of YAML has to read all of the data, not each some of it.
    for document in _readings(stored.content, file_format):
        other = list(islice(differences(results.data, document), _MOST))
        if found is None or len(other) < len(found):
            found = other
        if not found:
            return
    if found:
        # Text that lost its quotes comes from how YAML was written, not from the data.
        quotes_lost = all(each.quotes_lost for each in found)
        raise Nonconformance(
            "the data of the scan results' simple dict: "
            + "; ".join(f"{each.path} is {each.expected}" for each in found),
            "; ".join(f"{each.path} is {each.found}" for each in found),
            *([QUOTES_LOST] if quotes_lost and file_format == "yaml" else []),
            WRONG_DATA,
        )


def _readings(content: bytes, file_format: str) -> Iterator[Any]:
    return yaml_readings(content) if file_format == "yaml" else iter([read_json(content)])


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Speed up the parsing of large documents, whose many nodes are all alive, threefold."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        message = "an object holds a name twice"
        raise ValueError(message)
    return members


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_constant(constant: str) -> None:
    message = f"{constant} is not JSON"
    raise ValueError(message)


def _excerpt(content: bytes) -> str:
    if not content:
        return "an empty document"
    return f"{len(content)} bytes starting with {content[:60]!r}"
