"""Reads the documents of a reporter, and compares them with the scan results.

A reporter is free in everything that does not change the data: key order, white space, escapes,
YAML styles and versions, and how a value without a JSON type appears as text (interpretation 10).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from itertools import islice
from pathlib import PurePath
from typing import Any

import yaml
from dateutil.parser import isoparse

from ..adapters.scan_results import ScanResults
from ..backends.base import StoredObject
from ..errors import Nonconformance
from ..spec.symptoms import QUOTES_LOST, UNREADABLE, WRONG_DATA

# The loader written in C is many times faster.
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# YAML 1.2.2 §10.3.2, the core schema: how a scalar without quotes is read.
_CORE_SCHEMA: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+"), lambda text: int(text, 8)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text, 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)


@dataclass(frozen=True)
class PlainScalar:
    """A YAML scalar without quotes, which YAML versions may parse differently.

    `2026-01-15` is a date in YAML 1.1 and text in the core schema of YAML 1.2; `1e3` is text in
    YAML 1.1 and a number in YAML 1.2.  Either value is accepted.

    Attributes:
        text: The text of the scalar.
        yaml_1_1: Its value in YAML 1.1.
        yaml_1_2: Its value in YAML 1.2.
    """

    text: str
    yaml_1_1: Any
    yaml_1_2: Any


@dataclass(frozen=True)
class Difference:
    """A difference between a document and the data.

    Attributes:
        path: The place, as a dotted path.
        expected: The value in the data.
        found: The value in the document.
        quotes_lost: Whether it is text that YAML reads as something else without quotes.
    """

    path: str
    expected: str
    found: str
    quotes_lost: bool = False


def read_json(content: bytes) -> Any:
    """Parse a JSON document (RFC 8259).

    Raises:
        Nonconformance: It is not JSON, not UTF-8, or begins with a byte order mark (section 8.1).
    """
    try:
        return json.loads(content.decode(), parse_constant=_refuse_constant)
    except ValueError as error:
        raise Nonconformance(
            "a JSON document", f"{error}, in {_excerpt(content)}", UNREADABLE
        ) from None


def read_yaml(content: bytes) -> Any:
    """Parse a YAML document with a safe loader; scalars without quotes become `PlainScalar`.

    JSON is rejected, although YAML includes it: the diagram has a branch for each format.

    Raises:
        Nonconformance: It is not UTF-8, not YAML, not safe, empty, or JSON.
    """
    try:
        # YAML 1.2.2 §5.2 allows a byte order mark.
        text = content.decode("utf-8-sig")
        yaml.load(text, Loader=_SAFE_LOADER)  # noqa: S506 -- it is a safe one
        node = yaml.compose(text, Loader=_SAFE_LOADER)
        document = _from_node(node, yaml.SafeLoader(""))
    except (yaml.YAMLError, ValueError) as error:
        problem = " ".join(str(error).split())
        raise Nonconformance(
            "a YAML document that a safe loader reads",
            f"{problem}, in {_excerpt(content)}",
            UNREADABLE,
        ) from None
    if node is None:
        raise Nonconformance("a YAML document", f"none: {_excerpt(content)}", UNREADABLE)
    if document and _is_json(text):
        raise Nonconformance("a YAML document", f"a JSON document: {_excerpt(content)}", UNREADABLE)
    return document


_READERS = {"json": read_json, "yaml": read_yaml}


def expect_data(results: ScanResults, stored: StoredObject, file_format: str) -> None:
    """Make sure that an object holds the scan results (interpretation 10).

    Args:
        results: What the reporter was given.
        stored: The object.
        file_format: `json` or `yaml`.

    Raises:
        Nonconformance: It cannot be read, or holds other data.
    """
    document = _READERS[file_format](stored.content)
    found = list(islice(differences(results.data, document), 4))
    if found:
        # Text that lost its quotes comes from how YAML was written, not from the data.
        quotes_lost = all(each.quotes_lost for each in found)
        raise Nonconformance(
            "the data of the scan results' simple dict: "
            + "; ".join(f"{each.path} is {each.expected}" for each in found),
            "; ".join(f"{each.path} is {each.found}" for each in found),
            *([QUOTES_LOST] if quotes_lost else []),
            WRONG_DATA,
        )


def differences(expected: Any, found: Any, path: str = "") -> Iterator[Difference]:
    """The differences between a parsed document and the expected data."""
    if isinstance(expected, Mapping):
        if not isinstance(found, Mapping):
            yield _difference(path, expected, found)
            return
        for name in {**expected, **found}:
            here = f"{path}.{name}" if path else str(name)
            if name not in found:
                yield Difference(here, _short(expected[name]), "nothing")
            elif name not in expected:
                yield Difference(here, "nothing", _short(found[name]))
            else:
                yield from differences(expected[name], found[name], here)
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        if not isinstance(found, list) or len(found) != len(expected):
            yield _difference(path, expected, found)
            return
        for index, value in enumerate(expected):
            yield from differences(value, found[index], f"{path}[{index}]")
    elif not _same(expected, found):
        yield _difference(path, expected, found)


def same_instant(text: str, instant: str | datetime) -> bool:
    """Whether a text denotes an instant: verbatim or in ISO 8601 (interpretation 7)."""
    if text == str(instant):
        return True
    try:
        return _utc(isoparse(text)) == _utc(
            instant if isinstance(instant, datetime) else isoparse(instant)
        )
    except ValueError:
        return False


def _same(expected: Any, found: Any) -> bool:  # noqa: PLR0911 -- one for each kind of value
    match expected, found:
        case _, PlainScalar(yaml_1_1=first, yaml_1_2=second):
            return _same(expected, first) or _same(expected, second)
        case Enum(), _:
            return any(_same(e, found) for e in (str(expected), expected.name, expected.value))
        case datetime(), datetime():
            return _utc(expected) == _utc(found)
        case datetime(), str(text):
            return same_instant(text, expected)
        case PurePath(), _:
            return _same(str(expected), found)
        case bool(), _:
            return expected is found
        case ((int() | float()), (int() | float())):
            return not isinstance(found, bool) and expected == found
        case _:
            return type(expected) is type(found) and bool(expected == found)


def _from_node(node: yaml.Node | None, loader: yaml.SafeLoader) -> Any:
    match node:
        case yaml.MappingNode(value=pairs):
            loader.flatten_mapping(node)
            return {_key(key): _from_node(value, loader) for key, value in pairs}
        case yaml.SequenceNode(value=items):
            return [_from_node(item, loader) for item in items]
        case yaml.ScalarNode(value=text, style=style):
            value = loader.construct_object(node, deep=True)
            return PlainScalar(text, value, _core_schema(text)) if style in (None, "") else value
        case _:
            return None


def _core_schema(text: str) -> Any:
    return next((read(text) for form, read in _CORE_SCHEMA if form.fullmatch(text)), text)


def _key(node: yaml.Node) -> str:
    return str(node.value)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _refuse_constant(constant: str) -> None:
    message = f"{constant} is not JSON"
    raise ValueError(message)


def _utc(moment: datetime) -> datetime:
    zone = moment.tzinfo or timezone.utc
    return moment.replace(tzinfo=zone).astimezone(timezone.utc)


def _difference(path: str, expected: Any, found: Any) -> Difference:
    quotes_lost = (
        isinstance(expected, str) and isinstance(found, PlainScalar) and found.text == expected
    )
    return Difference(path or "the whole document", _short(expected), _short(found), quotes_lost)


def _short(value: Any) -> str:
    match value:
        case PlainScalar(text=text):
            words = text
        case Mapping():
            words = f"an object with {', '.join(map(str, value))}" if value else "an empty object"
        case list():
            words = f"a list of {len(value)}"
        case _:
            words = repr(value)
    return words if len(words) <= 120 else words[:117] + "..."  # noqa: PLR2004


def _excerpt(content: bytes) -> str:
    if not content:
        return "an empty document"
    return f"{len(content)} bytes starting with {content[:60]!r}"
