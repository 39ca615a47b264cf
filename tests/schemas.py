"""The JSON Schemas in `docs/`, generated from the classes of what they describe.

`python tests/schemas.py` writes them.
"""

import json
import re
import textwrap
from collections.abc import Mapping
from enum import Enum
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from s3_reporter_conformance.adapters.contract import REPLIES, VERSION, Request
from s3_reporter_conformance.adapters.manifest import ManifestFile
from s3_reporter_conformance.verdict.known_deviations import KnownDeviationsFile
from s3_reporter_conformance.verdict.report import SCHEMA_VERSION, Report

DOCS = Path(__file__).parents[1] / "docs"

_CONTRACT = f"of the command contract, version {VERSION}"
SCHEMAS: dict[str, tuple[str, list[type]]] = {
    "report": (f"Conformance report, version {SCHEMA_VERSION}", [Report]),
    "manifest": ("A reporter's manifest, reporter.toml", [ManifestFile]),
    "known-deviations": ("Known deviations, known-deviations.toml", [KnownDeviationsFile]),
    "request": (f"Request {_CONTRACT}", [Request]),
    "reply": (f"Reply {_CONTRACT}", [kind for kind, _ in REPLIES.values()]),
}
"""The title of each schema, and the classes of which it allows one."""

_ATTRIBUTE = re.compile(r"^(\w+): ", re.MULTILINE)


def schema_of(name: str) -> dict[str, Any]:
    """A schema: each property has the description that the docstring of its class gives."""
    title, kinds = SCHEMAS[name]
    roots, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    classes = _classes(kinds)
    definitions = {each: _described(components[each], classes[each]) for each in sorted(classes)}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    if len(kinds) > 1:
        return {**head, "anyOf": list(roots), "$defs": definitions}
    root = definitions.pop(kinds[0].__name__)
    return {**head, **root, "title": title, "$defs": definitions}


def text_of(name: str) -> str:
    """A schema as its file has it."""
    return json.dumps(schema_of(name), indent=2) + "\n"


def _classes(roots: list[type]) -> dict[str, type]:
    """Some classes, and those of their fields, by name."""
    found: dict[str, type] = {}
    waiting: list[Any] = list(roots)
    while waiting:
        each = waiting.pop()
        waiting += get_args(each)
        if isinstance(each, type) and (_has_fields(each) or issubclass(each, Enum)):
            if each.__name__ not in found and _has_fields(each):
                waiting += get_type_hints(each).values()
            found[each.__name__] = each
    return found


def _has_fields(kind: type) -> bool:
    return hasattr(kind, "__struct_fields__") or hasattr(kind, "__dataclass_fields__")


def _described(schema: dict[str, Any], kind: type) -> dict[str, Any]:
    about, _, attributes = cleandoc(kind.__doc__ or "").partition("\n\nAttributes:\n")
    schema["description"] = " ".join(about.split("\n\n")[0].split())
    if not _has_fields(kind):
        return schema
    _, *told = _ATTRIBUTE.split(textwrap.dedent(attributes))
    descriptions = dict(zip(told[::2], told[1::2], strict=True))
    hints = get_type_hints(kind)
    properties = {
        name: _property(schema["properties"][name], hint, descriptions.get(name, ""))
        for name, hint in hints.items()
    }
    required = schema["required"] if hasattr(kind, "__struct_fields__") else list(properties)
    # A report has all of its properties; nothing has others.
    closed = {"properties": properties, "required": required, "additionalProperties": False}
    return {**schema, **closed}


def _property(schema: dict[str, Any], hint: Any, description: str) -> dict[str, Any]:
    schema.pop("default", None)
    match schema:
        case {"enum": [only]}:
            schema = {"const": only}
    match schema:
        case {"anyOf": [{"type": kind} as part, {"type": "null"}]}:
            schema = {**part, "type": [kind, "null"]}
    match get_origin(hint), get_args(hint):
        case origin, (key, _) if origin is Mapping and issubclass(key, Enum):
            # Versions of msgspec write it at different places, or not at all.
            schema.pop("propertyNames", None)
            schema["propertyNames"] = {"$ref": f"#/$defs/{key.__name__}"}
    if description:
        return {"description": " ".join(description.split()), **schema}
    return schema


if __name__ == "__main__":
    for each in SCHEMAS:
        (DOCS / f"{each}.schema.json").write_text(text_of(each))
