"""Writes scan results as YAML (diagram: format conversion).

They are written event by event: a copy of the data, or the tree of nodes that `yaml.dump` makes of
it, would take more time and memory than the document.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, BinaryIO

import yaml
from yaml.representer import SafeRepresenter
from yaml.resolver import Resolver

from .plain import plain

_TAG = "tag:yaml.org,2002:"
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_REPRESENTER = SafeRepresenter()


class _AnyVersion(Resolver):
    """What text without quotes means in YAML 1.1 or in YAML 1.2, so that no reader is misled."""


for _form, _first in (
    # Some readers take any text of these characters for a number, and fail if it is none.
    (r"[-+]?[0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?0o[0-7_]*", "-+._0123456789"),
    # YAML 1.1 says that these are truth values; PyYAML leaves them out.
    (r"[yYnN]", "yYnN"),
):
    _AnyVersion.add_implicit_resolver("not text", re.compile(rf"(?:{_form})\Z"), list(_first))
_RESOLVER: Any = _AnyVersion()  # it has no types


def write_yaml(value: Any, stream: BinaryIO) -> None:
    """Write a value as a YAML document, in UTF-8."""
    yaml.emit(_document(value), stream, Dumper=_DUMPER, allow_unicode=True)


def _document(value: Any) -> Iterator[yaml.Event]:
    yield yaml.StreamStartEvent(encoding="utf-8")
    yield yaml.DocumentStartEvent(explicit=False)
    yield from _events(value)
    yield yaml.DocumentEndEvent(explicit=False)
    yield yaml.StreamEndEvent()


def _events(value: Any) -> Iterator[yaml.Event]:
    match value:
        case Enum():
            yield from _events(value.value)
        case str():
            yield _text(value)
        case None | bool() | int() | float():
            node = _REPRESENTER.represent_data(value)
            yield yaml.ScalarEvent(None, node.tag, (True, False), node.value)
        case dict():
            yield yaml.MappingStartEvent(None, _TAG + "map", True, flow_style=False)
            for key, item in plain(value).items():
                yield _text(key)
                yield from _events(item)
            yield yaml.MappingEndEvent()
        case list():
            yield yaml.SequenceStartEvent(None, _TAG + "seq", True, flow_style=False)
            for item in value:
                yield from _events(item)
            yield yaml.SequenceEndEvent()
        case _:
            yield from _events(plain(value))


def _text(text: str) -> yaml.Event:
    """Text, in quotes if it would mean something else without."""
    tag = _TAG + "str"
    means_itself = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == tag
    return yaml.ScalarEvent(None, tag, (means_itself, True), text)
