"""Says in words where a document violates its schema, and how to mend it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .names import unknown

_MOST = 60
_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def in_words(error: Any) -> Iterator[str]:  # noqa: C901 -- a case for each rule of a schema
    """Describe one error.

    Args:
        error: A `ValidationError` of jsonschema.

    Yields:
        A sentence for each thing to mend: its place in the document, what is there, and what was
        expected.
    """
    place = error.json_path.removeprefix("$").removeprefix(".")
    subject, rule = place or "the document", error.validator_value
    found = f"{subject} is {shown(error.instance)}"
    match error.validator:
        case "additionalProperties":
            known = error.schema.get("properties", {})
            for name in error.instance:
                if name not in known:
                    yield str(unknown("key", name, known, place))
        case "required":
            for name in rule:
                if name not in error.instance:
                    kind = error.schema.get("properties", {}).get(name, {})
                    where = f"{place}.{name}" if place else name
                    yield f"{where} is missing{_expected(kind)}"
        case "minLength" | "minItems" | "minProperties" if not error.instance:
            yield f"{subject} is empty{_expected(error.schema)}"
        case "minimum":
            yield f"{found}: expected at least {rule}"
        case "uniqueItems":
            seen = [shown(each) for each in error.instance]
            twice = sorted({each for each in seen if seen.count(each) > 1})
            yield f"{subject} has {', '.join(twice)} more than once"
        case "not" if "const" in rule:
            yield f"{subject} must not be {shown(rule['const'])}"
        case "type" | "enum" | "const" | "pattern" | "anyOf":
            yield f"{found}{_expected(error.schema)}"
        case _:
            yield f"{subject}: {_shortened(error.message, 3 * _MOST)}"


def shown(value: Any) -> str:
    """A value of a document as a message shows it, shortened."""
    return _shortened(json.dumps(value, ensure_ascii=False, default=str), _MOST)


def _expected(schema: Mapping[str, Any]) -> str:
    """What a schema asks for, as the end of a sentence; empty where it asks for nothing simple."""
    if "enum" in schema:
        return f": expected one of {', '.join(map(str, schema['enum']))}"
    if "const" in schema:
        return f": expected {shown(schema['const'])}"
    kinds = schema.get("type", [])
    words = " or ".join(_TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))
    examples = ", ".join(map(shown, schema.get("examples", [])))
    described = schema.get("description", "").removesuffix(".")
    if examples:
        return f": expected {words}, such as {examples}"
    if "pattern" in schema:
        return f": expected {words} that matches {schema['pattern']}"
    if words or described:
        return f": expected {words or described[:1].lower() + described[1:]}"
    return ""


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} ..."
