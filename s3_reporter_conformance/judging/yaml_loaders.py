"""Safe loaders for YAML 1.1 and 1.2, which parse some scalars without quotes differently.

`2026-01-15` is a date in YAML 1.1 and text in the core schema of YAML 1.2; `1e3` is text in
YAML 1.1 and a number in YAML 1.2.  Both loaders reject a mapping that holds a name twice, as
YAML 1.2.2 §3.2.1.3 and YAML 1.1 §3.2.1.3 do.
"""

import re
from collections.abc import Hashable
from itertools import accumulate
from typing import Any

import yaml

try:
    # The loader written in C is many times faster.
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # pragma: no cover -- PyYAML was built without libyaml
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

_TAG = "tag:yaml.org,2002:"
# The parser written in C calls itself for each level, and crashes where there are too many.
_MOST_LEVELS = 1000


class Yaml11Loader(_SafeLoader):
    """A safe loader for YAML 1.1."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 -- the signature of PyYAML
        """Construct a mapping.

        Raises:
            yaml.constructor.ConstructorError: It holds a name twice.
        """
        # What a merge key adds may be overridden.
        own = [name for name, _ in node.value if name.tag != f"{_TAG}merge"]
        mapping = super().construct_mapping(node, deep)
        names = {self.construct_object(name, deep=True) for name in own}
        if len(names) < len(own):
            raise yaml.constructor.ConstructorError(
                "while constructing a mapping", node.start_mark, "found a name twice"
            )
        return mapping


class Yaml12Loader(Yaml11Loader):
    """A safe loader for YAML 1.2 with its core schema (YAML 1.2.2 §10.3.2)."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- as the base class has it

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        """Construct an integer; a leading zero alone makes none octal."""
        text = str(self.construct_scalar(node))
        return int(text, 0 if text.startswith(("0o", "0x")) else 10)

    def construct_yaml_float(self, node: yaml.ScalarNode) -> float:
        """Construct a number."""
        text = str(self.construct_scalar(node)).lower()
        return float(text.replace(".inf", "inf").replace(".nan", "nan"))


_FORMS = {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}
for _name, _form in _FORMS.items():
    Yaml12Loader.add_implicit_resolver(_TAG + _name, re.compile(rf"(?:{_form})\Z"), None)
Yaml12Loader.add_constructor(f"{_TAG}int", Yaml12Loader.construct_yaml_int)
Yaml12Loader.add_constructor(f"{_TAG}float", Yaml12Loader.construct_yaml_float)


def load_yaml(text: str, loader: type[Yaml11Loader]) -> Any:
    """Parse a YAML document.

    Raises:
        yaml.YAMLError: The loader cannot read it.
        ValueError: A number has too many digits, or the document too many levels.
    """
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
