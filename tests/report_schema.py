"""The schema of the conformance report, generated from its dataclasses.

`python tests/report_schema.py` writes it.
"""

import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from s3_reporter_conformance.verdict.report import SCHEMA_VERSION, Report

FILE = Path(__file__).parents[1] / "docs" / "report.schema.json"

_ATTRIBUTE = re.compile(r"^(\w+): ", re.MULTILINE)


def report_schema() -> dict[str, Any]:
    """The schema: each property has the description that the docstring of its class gives."""
    _, components = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    classes = {each.__name__: each for each in _classes(Report)}
    definitions = {name: _described(components[name], classes[name]) for name in sorted(components)}
    report = definitions.pop("Report")
    report["properties"]["schema_version"]["const"] = SCHEMA_VERSION
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **report,
        "title": f"Conformance report, version {SCHEMA_VERSION}",
        "$defs": definitions,
    }


def text() -> str:
    """The schema as the file has it."""
    return json.dumps(report_schema(), indent=2) + "\n"


def _classes(root: type) -> set[type]:
    """A class, and those of its fields."""
    found: set[type] = set()
    waiting: list[Any] = [root]
    while waiting:
        each = waiting.pop()
        waiting += get_args(each)
        if isinstance(each, type) and (is_dataclass(each) or issubclass(each, Enum)):
            if each not in found and is_dataclass(each):
                waiting += get_type_hints(each).values()
            found.add(each)
    return found


def _described(schema: dict[str, Any], kind: type) -> dict[str, Any]:
    about, _, attributes = cleandoc(kind.__doc__ or "").partition("\n\nAttributes:\n")
    schema["description"] = " ".join(about.split("\n\n")[0].split())
    if not is_dataclass(kind):
        return schema
    _, *told = _ATTRIBUTE.split(textwrap.dedent(attributes))
    descriptions = dict(zip(told[::2], told[1::2], strict=True))
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    schema["properties"] = {
        name: _property(schema["properties"][name], hints[name], descriptions.get(name, ""))
        for name in names
    }
    # A report has all of them, and nothing else.
    return {**schema, "required": names, "additionalProperties": False}


def _property(schema: dict[str, Any], hint: Any, description: str) -> dict[str, Any]:
    schema.pop("default", None)
    types = [part.get("type") for part in schema.get("anyOf", ())]
    if types and all(types):
        del schema["anyOf"]
        schema["type"] = types
    match get_origin(hint), get_args(hint):
        case origin, (key, _) if origin is Mapping and issubclass(key, Enum):
            schema["propertyNames"] = {"$ref": f"#/$defs/{key.__name__}"}
    if description:
        return {"description": " ".join(description.split()), **schema}
    return schema


if __name__ == "__main__":
    FILE.write_text(text())
