"""Reads the documents of a reporter, and compares them with the scan results.

A reporter is free in everything that does not change the data: key order, white space, escapes,
YAML styles and versions, and how a value without a JSON type appears as text (interpretation 10).
`2026-01-15` is a date in YAML 1.1 and text in YAML 1.2; `1e3` is text in 1.1 and a number in 1.2.
A mapping that holds a name twice is none in either (§3.2.1.3).
"""

import json
import re
from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import accumulate
from typing import Any

import yaml

from ..adapters.scan_results import ScanResults
from ..words.errors import Nonconformance
from .differences import Difference, differences

try:
    # The loader written in C is many times faster.
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # pragma: no cover -- PyYAML was built without libyaml
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

# A report tells so many differences.
_MOST = 4
_TAG = "tag:yaml.org,2002:"
# The parser written in C calls itself for each level, and crashes where there are too many.
_MOST_LEVELS = 1000


class _Yaml11Loader(_SafeLoader):
    """A safe loader for YAML 1.1 that refuses a mapping with a name twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 -- the signature of PyYAML
        # What a merge key adds may be overridden.
        own = [name for name, _ in node.value if name.tag != f"{_TAG}merge"]
        mapping = super().construct_mapping(node, deep)
        names = {self.construct_object(name, deep=True) for name in own}
        if len(names) < len(own):
            raise yaml.constructor.ConstructorError(
                "while constructing a mapping", node.start_mark, "found a name twice"
            )
        return mapping


class _Yaml12Loader(_Yaml11Loader):
    """A safe loader for YAML 1.2 with its core schema (YAML 1.2.2 §10.3.2)."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- as the base class has it

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        # A leading zero alone makes no octal number.
        text = str(self.construct_scalar(node))
        return int(text, 0 if text.startswith(("0o", "0x")) else 10)


_FORMS = {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}
for _name, _form in _FORMS.items():
    _Yaml12Loader.add_implicit_resolver(_TAG + _name, re.compile(rf"(?:{_form})\Z"), None)
_Yaml12Loader.add_constructor(f"{_TAG}int", _Yaml12Loader.construct_yaml_int)


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
    for loader in (_Yaml11Loader, _Yaml12Loader):
        try:
            document = _load_yaml(content, loader)
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
def _load_yaml(content: bytes, loader: type[_Yaml11Loader]) -> Any:
    # YAML 1.2.2 §5.2 allows a byte order mark.
    text = content.decode("utf-8-sig")
    steps = (
        isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        for event in yaml.parse(text, Loader=loader)
    )
    if any(levels > _MOST_LEVELS for levels in accumulate(steps)):
        raise ValueError(f"it has more than {_MOST_LEVELS} levels")
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 -- it is a safe one
    except (ArithmeticError, AttributeError, LookupError, TypeError) as error:
        # So PyYAML ends for a value that is not of the type that its tag names.
        raise yaml.YAMLError(f"a value is not what its tag says: {error!r}") from error


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
