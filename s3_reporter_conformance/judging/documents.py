"""Reads the documents of a reporter, and compares them with the scan results.

A reporter is free in everything that does not change the data: key order, white space, escapes,
YAML styles and versions, and how a value without a JSON type appears as text (interpretation 10).
`2026-01-15` is a date in YAML 1.1 and text in YAML 1.2; `1e3` is text in 1.1 and a number in 1.2.
A mapping that holds a name twice is none in either (§3.2.1.3).  DEL and line separators of Unicode
are characters like others in YAML 1.2 (§5.1, §5.4); 1.1 forbids the one, and folds the others.
"""

import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, product
from typing import Any

import yaml

from ..adapters.scan_results import ScanResults
from ..words.errors import Nonconformance
from .differences import ABSENT, Difference, differences

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
# An integer that a double holds, if not exactly.
_MOST_DIGITS = 400
# What loaders like PyYAML refuse or fold, and what else YAML 1.1 takes for line breaks.
_REFUSED = re.compile("[\x7f-\x9f\ufffe\uffff]")
_ODD = re.compile(f"{_REFUSED.pattern}|[\u2028\u2029]")
_LONG_NAME = re.compile(rb"^[^\n?]{1025,}?: ", re.MULTILINE)
# Characters that hardly any document holds.
_UNUSED = range(0x10F000, 0x10FFFE)


@dataclass(frozen=True, eq=False)
class Reading:
    """What a loader for a version of YAML reads, or why it cannot read it."""

    version: str
    document: Any = None
    problem: str = ""


class _Yaml11Loader(_SafeLoader):
    """A safe loader for YAML 1.1 that refuses a mapping with a name twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 -- the signature of PyYAML
        # What a merge key adds may be overridden.
        own = [name for name, _ in node.value if name.tag != f"{_TAG}merge"]
        mapping = super().construct_mapping(node, deep)
        written: dict[Hashable, list[str]] = defaultdict(list)
        for name in own:
            written[self.construct_object(name, deep=True)].append(repr(name.value))
        for name, forms in written.items():
            if len(forms) > 1:
                problem = f"found a name twice: {' and '.join(forms)} both mean {name!r}"
                raise yaml.constructor.ConstructorError("in a mapping", node.start_mark, problem)
        return mapping

    def construct_yaml_float(self, node: yaml.ScalarNode) -> float:
        with suppress(ArithmeticError):
            return _number(str(self.construct_scalar(node)))
        return super().construct_yaml_float(node)


class _Yaml12Loader(_Yaml11Loader):
    """A safe loader for YAML 1.2 with its core schema (YAML 1.2.2 §10.3.2).

    PyYAML scans as YAML 1.1 demands, so unused characters stand in for odd ones.
    """

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- as the base class has it

    def __init__(self, text: str) -> None:
        unused = (each for each in map(chr, _UNUSED) if each not in text)
        stand_ins = dict(zip({*_ODD.findall(text)}, unused, strict=False))
        self._meant = {stand_in: odd for odd, stand_in in stand_ins.items()}
        super().__init__(_replaced(text, stand_ins))

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        return _replaced(super().construct_scalar(node), self._meant)

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        # A leading zero alone makes no octal number.
        text = str(self.construct_scalar(node))
        return int(text, 0 if text.startswith(("0o", "0x")) else 10)


def _replaced(text: str, by: Mapping[str, str]) -> str:
    # Where there are few, it takes a hundredth of the time of `translate`.
    for each in by:
        text = text.replace(each, by[each])
    return text


_FORMS = {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}
for _name, _form in _FORMS.items():
    _Yaml12Loader.add_implicit_resolver(_TAG + _name, re.compile(rf"(?:{_form})\Z"), None)
_LOADERS = {"YAML 1.1": _Yaml11Loader, "YAML 1.2": _Yaml12Loader}
# Other loaders know `=` for no more than text, and `<<` only as a name.
_KINDS = {"int": "int", "float": "float", "value": "str", "merge": "str"}
for _loader, (_name, _kind) in product(_LOADERS.values(), _KINDS.items()):
    _loader.add_constructor(_TAG + _name, getattr(_loader, f"construct_yaml_{_kind}"))


@lru_cache(maxsize=1)
def read_json(content: bytes) -> Any:
    """Parse a JSON document (RFC 8259).

    Raises:
        Nonconformance: It is not JSON, not UTF-8, begins with a byte order mark (section 8.1), or
            holds a name twice (section 4).
    """
    try:
        return json.loads(
            content.decode(),
            parse_float=_number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise Nonconformance("a JSON document", f"{error}, in {_excerpt(content)}") from None


def read_document(content: bytes, file_format: str) -> Any:
    """Parse a document, of YAML with a safe loader for YAML 1.1, or else for YAML 1.2.

    Raises:
        Nonconformance: It cannot be read.
    """
    if file_format != "yaml":
        return read_json(content)
    return next(each.document for each in yaml_readings(content) if not each.problem)


def yaml_readings(content: bytes) -> Sequence[Reading]:
    """Parse a YAML document with safe loaders, for YAML 1.1 and for YAML 1.2.

    JSON is rejected, although YAML includes it: the diagram has a branch for each format.

    Raises:
        Nonconformance: It is not UTF-8, not YAML, not safe, empty, or JSON.
    """
    readings = [_read_yaml(content, version) for version in _LOADERS]
    read = [each.document for each in readings if not each.problem]
    if not read:
        problems = "; ".join(f"{each.version}: {each.problem}" for each in readings)
        # YAML 1.2.2 §7.4.2: libraries forget it, and parsers do not say so.
        hint = ", with `? ` before a name of more than 1,024 characters"
        expected = "a YAML document that a safe loader reads"
        raise Nonconformance(
            expected + hint * bool(_LONG_NAME.search(content)),
            f"{problems}, in {_excerpt(content)}",
        )
    is_json = False
    with suppress(ValueError, RecursionError):
        is_json = bool(read[0] and json.loads(content))
    if read[0] is None or is_json:
        found = "a JSON document" if is_json else "none"
        raise Nonconformance("a YAML document", f"{found}: {_excerpt(content)}")
    return readings


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
    if file_format != "yaml":
        return list(differences(results.data, read_json(content)))
    # One version of YAML has to read all of the data, not each some of it.
    readings = {
        each: list(differences(results.data, each.document)) for each in yaml_readings(content)
    }
    best, other = sorted(readings, key=lambda each: (bool(each.problem), len(readings[each])))
    lost = readings[best]
    others = (f"reads {each.path} as {each.found}" for each in readings[other] if each not in lost)
    told = f"fails: {other.problem}" if other.problem else next(others, "")
    if lost and told:
        found = f"{lost[0].found} in {best.version}; {other.version} {told}"
        lost[0] = replace(lost[0], found=found)
    escapes = _escapes(_ODD, content)
    if any(escape in each.expected for each in lost for escape in escapes):
        mend = f"{' and '.join(escapes)} written as escapes in double quotes"
        lost[0] = replace(lost[0], expected=f"{lost[0].expected}, {mend}")
    return lost


def refused_characters(content: bytes) -> Iterator[str]:
    """The places in a YAML document with characters that loaders like PyYAML refuse or fold."""
    whole, escapes = yaml_readings(content)[1], _escapes(_REFUSED, content)
    if escapes and not whole.problem:
        rest = _read_yaml(_REFUSED.sub("", content.decode()).encode(), whole.version)
        for each in differences(whole.document, rest.document):
            # Of a name, one is missing and another one is new.
            if each.expected != ABSENT:
                yield f"{each.path}, with {' or '.join(escapes)} as it is"


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
@lru_cache(maxsize=2)
def _load_yaml(content: bytes, version: str) -> Any:
    # YAML 1.2.2 §5.2 allows a byte order mark.
    text = content.decode("utf-8-sig")
    # Without such characters, both find the same structure.
    if _is_deep(text, version if _ODD.search(text) else "YAML 1.1"):
        raise ValueError(f"it has more than {_MOST_LEVELS} levels")
    try:
        return yaml.load(text, Loader=_LOADERS[version])  # noqa: S506 -- it is a safe one
    except (ArithmeticError, AttributeError, LookupError, TypeError) as error:
        # So PyYAML ends for a value that is not of the type that its tag names.
        raise yaml.YAMLError(f"a value is not what its tag says: {error!r}") from error


@lru_cache(maxsize=2)
def _is_deep(text: str, version: str) -> bool:
    steps = (
        isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        for event in yaml.parse(text, Loader=_LOADERS[version])
    )
    return any(levels > _MOST_LEVELS for levels in accumulate(steps))


def _read_yaml(content: bytes, version: str) -> Reading:
    try:
        return Reading(version, _load_yaml(content, version))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Reading(version, problem=" ".join(str(error).split()))


def _escapes(characters: re.Pattern[str], content: bytes) -> Sequence[str]:
    """The escapes of YAML for the characters of a document that are none."""
    return [ascii(each).strip("'") for each in sorted({*characters.findall(content.decode())})]


def _number(text: str) -> float:
    """An integer with all of its digits, or else a double."""
    exact = Decimal(text)
    is_whole = abs(exact.adjusted()) < _MOST_DIGITS and exact == int(exact)
    return int(exact) if is_whole else float(text)


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
    begin = content[:60].decode(errors="backslashreplace")
    return f"{len(content)} bytes that begin with {begin!r}"
