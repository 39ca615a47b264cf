"""Reads the documents of a reporter, and compares them with the scan results.

A reporter is free in everything that does not change the data: key order, white space, escapes,
YAML styles and versions, and how a value without a JSON type appears as text (interpretation 10).
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

import yaml

from ..adapters.scan_results import ScanResults
from ..words.errors import Nonconformance
from .differences import Difference, differences
from .yaml_loaders import Yaml11Loader, Yaml12Loader, load_yaml

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


def read_document(content: bytes, file_format: str) -> Any:
    """Parse a document, of YAML with a safe loader for YAML 1.1, or else for YAML 1.2.

    Raises:
        Nonconformance: It cannot be read.
    """
    return next(yaml_readings(content)) if file_format == "yaml" else read_json(content)


def yaml_readings(content: bytes) -> Iterator[Any]:
    """Parse a YAML document with a safe loader for YAML 1.1, then with one for YAML 1.2.

    JSON is rejected, although YAML includes it: the diagram has a branch for each format.

    Yields:
        What each loader reads that can read it.

    Raises:
        Nonconformance: It is not UTF-8, not YAML, not safe, empty, or JSON.
    """
    problems = []
    for loader in (Yaml11Loader, Yaml12Loader):
        try:
            document = _loaded(content, loader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            problems.append(" ".join(str(error).split()))
            continue
        is_json = False
        with suppress(ValueError, RecursionError):
            is_json = bool(document and json.loads(content))
        if document is None or is_json:
            found = "a JSON document" if is_json else "none"
            raise Nonconformance("a YAML document", f"{found}: {_excerpt(content)}")
        yield document
    if len(problems) > 1:
        raise Nonconformance(
            "a YAML document that a safe loader reads", f"{problems[0]}, in {_excerpt(content)}"
        )


def is_readable(content: bytes, file_format: str) -> bool:
    """Whether a document can be read in a format, `json` or `yaml`."""
    try:
        read_document(content, file_format)
    except Nonconformance:
        return False
    return True


def lost_values(results: ScanResults, content: bytes, file_format: str) -> Sequence[Difference]:
    """The values of the scan results that a document lost or changed (interpretation 10).

    Raises:
        Nonconformance: It cannot be read.
    """
    readings = yaml_readings(content) if file_format == "yaml" else iter([read_json(content)])
    # One version of YAML has to read all of the data, not each some of it.
    return min((list(differences(results.data, reading)) for reading in readings), key=len)


def refuse_differences(lost: Sequence[Difference], expected: str) -> None:
    """Make sure that no value was lost.

    Raises:
        Nonconformance: Some were.
    """
    if lost:
        right = "; ".join(f"{each.path} is {each.expected}" for each in lost[:_MOST])
        wrong = "; ".join(f"{each.path} is {each.found}" for each in lost[:_MOST])
        more = f"; and {len(lost) - _MOST} more" if len(lost) > _MOST else ""
        raise Nonconformance(f"{expected}: {right}", wrong + more)


# Several rules read the same document, and few runs have a large one.
@lru_cache(maxsize=4)
def _loaded(content: bytes, loader: type[Yaml11Loader]) -> Any:
    # YAML 1.2.2 §5.2 allows a byte order mark.
    return load_yaml(content.decode("utf-8-sig"), loader)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("an object holds a name twice")
    return members


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _excerpt(content: bytes) -> str:
    if not content:
        return "an empty document"
    return f"{len(content)} bytes starting with {content[:60]!r}"
