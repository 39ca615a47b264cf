"""Reads the documents of a reporter, and compares them with the scan results.

A reporter is free in everything that does not change the data: key order, white space, escapes,
YAML styles and versions, and how a value without a JSON type appears as text (interpretation 10).
"""

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import yaml

from ..adapters.scan_results import ScanResults
from ..words.errors import Nonconformance
from .differences import Difference, differences
from .yaml_loaders import Yaml11Loader, Yaml12Loader, has_long_key, load_yaml

# A report tells so many differences.
_MOST = 4


@lru_cache(maxsize=4)
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
        raise Nonconformance("a JSON document", f"{error}, in {_excerpt(content)}") from None


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
            "a YAML document in UTF-8", f"{error}, in {_excerpt(content)}"
        ) from None
    for loader in (Yaml11Loader, Yaml12Loader):
        try:
            document = _loaded(text, loader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            problems.append(" ".join(str(error).split()))
            continue
        if document is None:
            raise Nonconformance("a YAML document", f"none: {_excerpt(content)}")
        if document and _is_json(text):
            raise Nonconformance("a YAML document", f"a JSON document: {_excerpt(content)}")
        yield document
    if len(problems) > 1:
        raise Nonconformance(
            "a YAML document that a safe loader reads",
            f"{problems[0]}{_hint(content)}, in {_excerpt(content)}",
        )


def _hint(content: bytes) -> str:
    """Why no loader reads a document, where the loaders' own words do not tell."""
    if not has_long_key(content.decode(errors="replace")):
        return ""
    return " (a name of more than 1,024 characters must be an explicit key, after `? `)"


def is_readable(content: bytes, file_format: str) -> bool:
    """Whether a document can be read in a format, `json` or `yaml`."""
    try:
        next(_readings(content, file_format))
    except Nonconformance:
        return False
    return True


def lost_values(results: ScanResults, content: bytes, file_format: str) -> Sequence[Difference]:
    """The values of the scan results that a document lost or changed (interpretation 10).

    Args:
        results: The scan results that the reporter was given.
        content: The document.
        file_format: `json` or `yaml`.

    Raises:
        Nonconformance: It cannot be read.
    """
    fewest: Sequence[Difference] | None = None
    # One version of YAML has to read all of the data, not each some of it.
    for document in _readings(content, file_format):
        found = list(differences(results.data, document))
        if fewest is None or len(found) < len(fewest):
            fewest = found
        if not found:
            break
    return fewest or ()


def expect_none(lost: Sequence[Difference], expected: str) -> None:
    """Make sure that no value was lost.

    Args:
        lost: The values.
        expected: The expectation, in words.

    Raises:
        Nonconformance: Some were; it names them with their paths.
    """
    if not lost:
        return
    more = f"; and {len(lost) - _MOST} more" if len(lost) > _MOST else ""
    raise Nonconformance(
        f"{expected}: " + "; ".join(f"{each.path} is {each.expected}" for each in lost[:_MOST]),
        "; ".join(f"{each.path} is {each.found}" for each in lost[:_MOST]) + more,
    )


def _readings(content: bytes, file_format: str) -> Iterator[Any]:
    return yaml_readings(content) if file_format == "yaml" else iter([read_json(content)])


# Several rules read the same document, and few runs have a large one.
@lru_cache(maxsize=4)
def _loaded(text: str, loader: type[Yaml11Loader]) -> Any:
    with _without_garbage_collection():
        return load_yaml(text, loader)


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
