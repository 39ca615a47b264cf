"""The object's content, got wrong (diagram: format conversion)."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from s3_reporter_conformance.reference.conversion import Document, convert

from .catalogue import mutant
from .over_reference import Changed

Simple = Mapping[str, Any]

# What other languages have integers of.
_BITS = 65

CHANGED_LATER = (
    "the object does not tell whether its data was changed when the dict was made or later"
)
SPOILT = "the object does not tell whether its content was spoilt as it was serialized or later"


def changed(change: Any) -> dict[str, Any]:
    """The reference's conversion, with something done to its bytes."""

    def convert_and_change(data: Simple, form: str) -> Document:
        document = convert(data, form)
        return replace(document, content=change(document.content))

    return {"convert": convert_and_change}


def walked(change: Any) -> dict[str, Any]:
    """The reference's conversion of data with something done to every part of it."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            value = {name: walk(item) for name, item in value.items()}
        elif isinstance(value, list):
            value = [walk(item) for item in value]
        return change(value)

    return {"convert": lambda data, form: convert(walk(data), form)}


def only(form: str, change: Any) -> dict[str, Any]:
    """The reference's conversion, with something done to the documents of one format."""

    def convert_and_change(data: Simple, given: str) -> Document:
        document = convert(data, given)
        return change(data, document) if given == form else document

    return {"convert": convert_and_change}


@mutant(aim="FMT-03")
class OnlyTheMetadata(Changed):
    """Uploads a summary instead of the results."""

    changes: ClassVar = {
        "convert": lambda data, form: convert({"metadata": data["metadata"]}, form)
    }


@mutant(aim="FMT-03")
class NullsDropped(Changed):
    """Leaves out what is null."""

    changes: ClassVar = walked(
        lambda value: (
            {name: item for name, item in value.items() if item is not None}
            if isinstance(value, dict)
            else value
        )
    )


@mutant(aim="FMT-03")
class ListsSorted(Changed):
    """Sorts every list and keeps equal items once."""

    changes: ClassVar = walked(
        lambda value: (
            [json.loads(text) for text in sorted({json.dumps(item) for item in value})]
            if isinstance(value, list)
            else value
        )
    )


@mutant(aim="FMT-03")
class NumbersAsText(Changed):
    """Writes numbers as text."""

    changes: ClassVar = walked(
        lambda value: (
            str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        )
    )


@mutant(aim="SEQ-01")
class PlainDataOnly(Changed):
    """Converts only what has a JSON type, and fails on everything else."""

    changes: ClassVar = {"convert": lambda data, form: convert(json.loads(json.dumps(data)), form)}


def some_types(value: Any) -> Any:
    if isinstance(value, UUID):
        raise TypeError(f"{value!r} is not serializable")
    return value


@mutant(aim="SEQ-01")
class FewTypesOnly(Changed):
    """Knows what to write for times and paths, and fails on UUIDs."""

    changes: ClassVar = walked(some_types)


@mutant(aim="FMT-04")
class UntypedAsNull(Changed):
    """Writes null for a value for which JSON has no type."""

    changes: ClassVar = walked(
        lambda value: value if isinstance(value, dict | list | str | int | float) else None
    )


@mutant(aim="FMT-01")
class TextOfADict(Changed):
    """Writes what Python prints for a dict as JSON."""

    changes: ClassVar = only(
        "json", lambda data, document: replace(document, content=str(data).encode())
    )


@mutant(aim="FMT-03")
class LongListsCut(Changed):
    """Keeps the first 10,000 items of a list."""

    changes: ClassVar = walked(lambda value: value[:10_000] if isinstance(value, list) else value)


@mutant(aim="FMT-03")
class DoublePrecision(Changed):
    """Computes with numbers of double precision, as JavaScript does."""

    changes: ClassVar = walked(
        lambda value: int(float(value)) if isinstance(value, int) and abs(value) > 2**53 else value
    )


@mutant(aim="FMT-03")
class FractionsRounded(Changed):
    """Writes numbers with six digits after the point."""

    changes: ClassVar = walked(lambda value: round(value, 6) if isinstance(value, float) else value)


@mutant(aim="FMT-03")
class TextStripped(Changed):
    """Strips white space from text."""

    changes: ClassVar = walked(lambda value: value.strip() if isinstance(value, str) else value)


@mutant(aim="FMT-03")
class TextNormalized(Changed):
    """Normalizes text to the form NFC."""

    changes: ClassVar = walked(
        lambda value: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
    )


@mutant(aim="FMT-03")
class EmptyNamesDropped(Changed):
    """Leaves out what has an empty name."""

    changes: ClassVar = walked(
        lambda value: (
            {name: item for name, item in value.items() if name}
            if isinstance(value, dict)
            else value
        )
    )


@mutant(aim="FMT-03")
class KnownSectionsOnly(Changed):
    """Knows the sections of one version of ASH, and leaves out others."""

    changes: ClassVar = {
        "convert": lambda data, form: convert(
            {name: item for name, item in data.items() if name != "unknown_section"}, form
        )
    }


@mutant(aim="FMT-03")
class RepeatedItemsOnce(Changed):
    """Keeps equal items of a list once, in their order."""

    changes: ClassVar = walked(
        lambda value: (
            [item for index, item in enumerate(value) if item not in value[:index]]
            if isinstance(value, list) and len(value) < 100
            else value
        )
    )


@mutant(aim="FMT-03")
class DeepAsText(Changed):
    """Writes what is deeper than 50 levels as text."""

    changes: ClassVar = {"convert": lambda data, form: convert(shallow(data), form)}


def shallow(value: Any, level: int = 0) -> Any:
    if isinstance(value, dict | list) and level > 50:
        return str(value)
    if isinstance(value, dict):
        return {name: shallow(item, level + 1) for name, item in value.items()}
    return [shallow(item, level + 1) for item in value] if isinstance(value, list) else value


@mutant(aim="FMT-03")
class LargestIntegersRounded(Changed):
    """Writes an integer as floating point if it has more than 65 bits."""

    changes: ClassVar = walked(
        lambda value: (
            float(value) if isinstance(value, int) and value.bit_length() > _BITS else value
        )
    )


@mutant(aim="FMT-03")
class InvisibleDropped(Changed):
    """Drops characters that have no width."""

    changes: ClassVar = walked(
        lambda value: re.sub("[\u200b-\u200f]", "", value) if isinstance(value, str) else value
    )


@mutant(aim="FMT-03")
class SensitiveNamesMasked(Changed):
    """Masks what has a name such as `password`, also where a finding is about one."""

    changes: ClassVar = walked(
        lambda value: (
            {name: "***" if name == "password" else item for name, item in value.items()}
            if isinstance(value, dict)
            else value
        )
    )


@mutant(aim="FMT-03")
class VeryLongTextCut(Changed):
    """Cuts text after a million characters."""

    changes: ClassVar = walked(lambda value: value[:1_000_000] if isinstance(value, str) else value)


@mutant(aim="FMT-03")
class NumbersSorted(Changed):
    """Sorts lists of numbers."""

    changes: ClassVar = walked(
        lambda value: (
            sorted(value)
            if isinstance(value, list) and value and all(type(each) is int for each in value)
            else value
        )
    )
