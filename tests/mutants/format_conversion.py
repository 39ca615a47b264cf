"""Wrong content, and wrong content types (diagram: format conversion)."""

import gzip
import json
import re
import unicodedata
from contextlib import suppress
from typing import Any
from uuid import UUID

import yaml

from .mutant import Change, Mutant, each, for_form, sending, without

# What other languages have integers of.
_BITS = 65

_SWAPPED = {"json": "application/yaml", "yaml": "application/json"}


def with_data(change: Change) -> Change:
    """The right conversion of other data."""
    return lambda right, data, form: right(change(data), form)


def with_each(kind: Any, change: Change) -> Change:
    """The right conversion, with something done to each value of some types."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            value = {name: walk(item) for name, item in value.items()}
        elif isinstance(value, list):
            value = [walk(item) for item in value]
        return change(value) if isinstance(value, kind) else value

    return with_data(walk)


def without_members(unwanted: Change) -> Change:
    """The right conversion, without some members of objects, by name and value."""
    return with_each(
        dict, lambda value: {name: item for name, item in value.items() if not unwanted(name, item)}
    )


def with_content(change: Change) -> Change:
    """The right conversion, with something done to its bytes."""

    def convert(right: Any, data: Any, form: str) -> Any:
        document = right(data, form)
        return document._replace(content=change(document.content))

    return convert


def written(write: Change) -> Change:
    """The data written in another way."""
    return lambda right, data, form: right(data, form)._replace(content=write(right, data))


def not_a_number(right: Any, data: Any, form: str) -> Any:
    content = json.dumps(data, default=str).encode()
    return right({}, form)._replace(content=content)


def of_type(content_type: str) -> Change:
    return lambda right, *given: right(*given)._replace(content_type=content_type)


def in_json(change: Change) -> Change:
    return for_form("json", change)


def in_yaml(change: Change) -> Change:
    return for_form("yaml", change)


def replaced_in_yaml(pattern: str, replacement: str) -> Change:
    """The right conversion, with something replaced in the text of YAML."""
    return in_yaml(
        with_content(
            lambda text: re.sub(pattern, replacement, text.decode(), flags=re.MULTILINE).encode()
        )
    )


def some_types(value: UUID) -> Any:
    raise TypeError(f"{value!r} is not serializable")


def shallow(value: Any, level: int = 0) -> Any:
    if isinstance(value, dict | list) and level > 50:
        return str(value)
    if isinstance(value, dict):
        return {name: shallow(item, level + 1) for name, item in value.items()}
    return [shallow(item, level + 1) for item in value] if isinstance(value, list) else value


def list_if_numbered(value: dict[str, Any]) -> Any:
    """A list of an object whose names count from 0, as PHP has it."""
    numbered = value and [*value] == [*map(str, range(len(value)))]
    return list(value.values()) if numbered else value


def once(value: list[Any]) -> list[Any]:
    if len(value) >= 100:
        return value
    return [item for index, item in enumerate(value) if item not in value[:index]]


def parsed(text: str) -> Any:
    """The value of a text as JSON, if it looks like that."""
    if text.startswith(("{", "[", "true", "false", "null")):
        with suppress(ValueError):
            return json.loads(text)
    return text


class BareDumper(yaml.SafeDumper):
    """Knows no text that needs quotes for what it looks like."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- as the base class has it


def without_quotes(content: bytes) -> bytes:
    return yaml.dump(yaml.load(content, yaml.CSafeLoader), Dumper=BareDumper).encode()


def long_names_implicit(content: bytes) -> bytes:
    text = yaml.safe_dump(yaml.load(content, yaml.CSafeLoader), width=10**6)
    explicit = re.compile(r"""(?m)^([ -]*)\? (.{1024,})\n *: ?""")
    return explicit.sub(r"\1\2: ", text).encode()


def controls_in_quotes(content: bytes) -> bytes:
    data = yaml.load(content, yaml.CSafeLoader)
    text = yaml.safe_dump(data, default_style='"', width=10**6)
    return text.replace(r"\x7F", "\x7f").replace(r"\N", "\x85").encode()


MUTANTS = (
    # Data that is lost or changed.
    *each(
        "FMT-03",
        "convert",
        OnlyTheMetadata=with_data(lambda data: {"metadata": data["metadata"]}),
        # Knows the sections of one version of ASH.
        KnownSectionsOnly=without_members(lambda name, _: name == "unknown_section"),
        NullsDropped=without_members(lambda _, item: item is None),
        EmptyNamesDropped=without_members(lambda name, _: not name),
        # Also where a finding is about a password.
        SensitiveNamesMasked=with_each(
            dict, lambda value: value | {"password": "***"} if "password" in value else value
        ),
        NumberedNamesBecomeAList=with_each(dict, list_if_numbered),
        DeepAsText=with_data(shallow),
        ListsSorted=with_each(list, lambda value: sorted(value, key=str)),
        LongListsCut=with_each(list, lambda value: value[:10_000]),
        RepeatedItemsOnce=with_each(list, once),
        NumbersSorted=with_each(
            list, lambda value: sorted(value) if {int} == {type(item) for item in value} else value
        ),
        NumbersAsText=with_each(
            int | float, lambda value: value if isinstance(value, bool) else str(value)
        ),
        # As JavaScript computes.
        DoublePrecision=with_each(
            int, lambda value: int(float(value)) if abs(value) > 2**53 else value
        ),
        LargestIntegersRounded=with_each(
            int, lambda value: float(value) if value.bit_length() > _BITS else value
        ),
        FractionsRounded=with_each(float, lambda value: round(value, 6)),
        TextStripped=with_each(str, str.strip),
        TextNormalized=with_each(str, lambda value: unicodedata.normalize("NFC", value)),
        InvisibleDropped=with_each(str, lambda value: re.sub("[\u200b-\u200f]", "", value)),
        LongTextCut=with_each(str, lambda value: value[:65_535]),
        VeryLongTextCut=with_each(str, lambda value: value[:1_000_000]),
        TextParsedOnceMore=in_json(with_each(str, parsed)),
    ),
    # Values for which JSON has no type.
    Mutant("PlainDataOnly", "SEQ-01", convert=with_data(lambda data: json.loads(json.dumps(data)))),
    Mutant("FewTypesOnly", "SEQ-01", convert=with_each(UUID, some_types)),
    Mutant(
        "UntypedAsNull",
        "FMT-04",
        convert=with_each(
            object,
            lambda value: value if isinstance(value, dict | list | str | int | float) else None,
        ),
    ),
    # Documents that are none, or of the other format.
    *each(
        "FMT-01",
        "convert",
        Truncated=with_content(lambda text: text[: len(text) // 2]),
        Empty=with_content(lambda _: b""),
        Compressed=with_content(gzip.compress),
        Latin1=with_content(lambda text: text.decode().encode("latin-1", "replace")),
        ByteOrderMark=in_json(with_content(lambda text: b"\xef\xbb\xbf" + text)),
        TextOfADict=in_json(written(lambda _, data: str(data).encode())),
        NotANumberWritten=in_json(not_a_number),
        YamlInJson=in_json(written(lambda right, data: right(data, "yaml").content)),
        JsonInYaml=in_yaml(written(lambda right, data: right(data, "json").content)),
        # Line breaks in text, written as they are.
        LineBreaksWritten=in_json(with_content(lambda text: re.sub(rb"\\[nr]", b"\n", text))),
    ),
    Mutant(
        "EncodedTwice",
        "FMT-03",
        convert=in_json(with_content(lambda text: json.dumps(text.decode()).encode())),
    ),
    Mutant(
        "PrettyJson",
        "EXT-ATHENA-01",
        convert=in_json(with_content(lambda text: json.dumps(json.loads(text), indent=2).encode())),
    ),
    # YAML that only some read.
    Mutant(
        "YamlWithTags",
        "FMT-01",
        convert=in_yaml(written(lambda _, data: yaml.dump(dict(data)).encode())),
    ),
    Mutant("YamlNameTwice", "FMT-01", convert=replaced_in_yaml(r"\A(.*\n)", r"\1\1")),
    Mutant("LongNamesImplicit", "FMT-01", convert=in_yaml(with_content(long_names_implicit))),
    *each(
        "FMT-03",
        "convert",
        YamlWithoutQuotes=in_yaml(with_content(without_quotes)),
        YamlNamesWithoutQuotes=replaced_in_yaml(r"^( *)'([\w~.+-]+)':", r"\1\2:"),
        # Some text is quoted for YAML 1.1 and some for YAML 1.2.
        YamlOfTwoVersions=replaced_in_yaml(r"^( *)- '(no|1e3|0o17)'$", r"\1- \2"),
        FewWordsQuoted=replaced_in_yaml(
            r"""['"](NULL|TRUE|[.]NaN|-[.]inf|-5|3[.]10|1[.]5e[+]3)['"]""", r"\1"
        ),
    ),
    # As npm's yaml writes them.
    Mutant("ControlsInQuotes", "FMT-06", convert=in_yaml(with_content(controls_in_quotes))),
    # The content type.
    Mutant("JsonAsText", "FMT-02", convert=in_json(of_type("text/plain"))),
    Mutant("YamlAsText", "FMT-02", convert=in_yaml(of_type("text/plain"))),
    Mutant(
        "ContentTypesSwapped",
        "FMT-02",
        convert=lambda right, data, form: right(data, form)._replace(content_type=_SWAPPED[form]),
    ),
    Mutant("NoContentType", "FMT-02", put=without("ContentType")),
    Mutant(
        "CharsetOfLatin1",
        "FMT-02",
        put=sending(ContentType=lambda given: f"{given['ContentType']}; charset=iso-8859-1"),
    ),
)
