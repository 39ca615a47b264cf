"""A second opinion on YAML: the parser of ruamel.yaml, with the tables of the specifications.

The tables of ruamel.yaml itself take some text for numbers, such as `._`, or `1e3` in YAML 1.1.
"""

import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

# https://yaml.org/type, but a number has a digit before anything else, and `y` and `n` are text,
# as all common parsers have it.
_VERSION_1_1 = {
    "null": r"null|Null|NULL|~|",
    "bool": r"yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF",
    "int": r"[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+",
    "float": r"[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    "timestamp": r"\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)\d\d?:\d\d:\d\d(\.\d*)?"
    r"([ \t]*(Z|[-+]\d\d?(:\d\d)?))?",
    "merge": "<<",
    "value": "=",
}
# The core schema: YAML 1.2.2 section 10.3.2.
_VERSION_1_2 = {
    "null": r"null|Null|NULL|~|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)"
    r"|\.(nan|NaN|NAN)",
}
_VERSIONS = {(1, 1): _VERSION_1_1, (1, 2): _VERSION_1_2}


class _Resolver(VersionedResolver):
    """Resolves the tag of plain text by the tables above."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode and implicit[0]:
            for tag, form in _VERSIONS[self.processing_version].items():
                if re.fullmatch(form, value, re.ASCII):
                    return Tag(suffix=f"tag:yaml.org,2002:{tag}")
        return super().resolve(kind, value, (False, True))


def read_second(text: str, version: str) -> Any:
    """Read a document as a version of YAML, `1.1` or `1.2`."""
    parser = YAML(typ="safe", pure=True)
    parser.Resolver = _Resolver
    parser.version = version
    return parser.load(text)
