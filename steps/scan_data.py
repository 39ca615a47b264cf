"""Scan results with data that reporters lose or change, by the words of the Given sentences."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from ..adapters.scan_results import Severity

# YAML 1.2.2, section 7.4.2: an implicit key has at most 1,024 characters.
_LONG_NAME = 1_100
_LEVELS = 100

_NUMBERS = {
    "beyond 2^53": 2**53 + 1,
    "below -2^53": -(2**53) - 1,
    "beyond 2^63": 2**63 + 1,
    "beyond 2^70": 2**70 + 1,
    "small": 1e-7,
    "large": 1e22,
    "negative zero": -0.0,
    "tenth": 0.1,
    "17 digits": 0.30000000000000004,
    "smallest": 5e-324,
    "largest": 1.7976931348623157e308,
}

UNUSUAL_TEXTS = {
    "spaces around": "  between  ",
    "only spaces": "   ",
    "tabs": "\tbetween\t",
    "carriage returns": "one\rtwo\r\n",
    "empty lines around": "\n\nbetween\n\n",
    "spaces before a line break": "one  \ntwo\t\nthree",
    "zero width": "before\u200bafter\u200d",
    "direction": "before\u202eafter\u202c",
    "private use": "before\ue000after",
    "entities": "&amp; &lt; &#65; %41 \\u0041",
    "path": "/home/runner/app/app.py",
    "controls": "\0, \x0b, \x1b[31mred\x1b[0m, \x7f, \x85",
    "line separators": "before\u2028between\u2029after",
    "byte order mark": "\ufeffafter",
    "astral": "\U0001f512 \U00020000",
    "composed": "\u00e9",
    "decomposed": "e\u0301",
    "long": "two  spaces between words  " * 4000,
}

# A YAML parser takes them for something else where they have no quotes.
LOOKALIKES = [
    *("no", "Off", "y", "True", "~", "null", "1_000", "0o17", "0x1F", "0123", "1:30", "1e3"),
    *("NULL", "TRUE", "FALSE", ".NaN", "-.inf", "-5", "3.10", "1.5e+3", "6.", "1E3"),
    *(".5", ".inf", "+1", "2026-01-15", "2026-01-15T10:30:00Z", "=", "<<", "*a", "&a", "!a"),
    *("%x", "@x", "`x", "- x", "-", "? x", "?", "#x", "x #y", "key: value", "x:", ":"),
    *("{a}", "[a]", "|", ">", "'x", '"x', "---", "..."),
    # Text that is JSON, and what languages take for no value.
    *("true", "false", "[1]", '{"a": 1}', '"x"', "0", "-0", "NaN", "None", "undefined"),
]

_VALUES = {
    "text": "finding",
    "empty text": "",
    "whole number": 18,
    "negative number": -3,
    "fraction": 75.676856,
    "true": True,
    "false": False,
    "null": None,
    "list": [1, "two", [3.5], {"four": None}],
    "empty list": [],
    "empty object": {},
}

_COMMON_TEXTS = [
    *("Grüße, Łódź", "報告書", "🔒 locked", "say \"no\" \\ 'yes'", "two\nlines", "</script>"),
    *("key: value # comment", "- item", "true", "null", "1.5", "2026-01-15", "no", "0123"),
]

_UNTYPED = {
    "date and time": datetime(2026, 1, 15, 10, 30, 0, 250_000, timezone(timedelta(hours=-5))),
    "path": PurePosixPath("src/app.py"),
    "enumeration": Severity.HIGH,
    "date": date(2026, 1, 15),
    "UUID": UUID("4f0c1d2e-7a5b-4c6d-8e9f-0a1b2c3d4e5f"),
}


def _findings(count: int) -> Mapping[str, Any]:
    message = "the password in the configuration is a constant, which everyone can read"
    findings = [
        {"rule": f"B{number % 900:03}", "line": number, "message": f"Finding {number}: {message}"}
        for number in range(count)
    ]
    printed = "A line of what a scanner printed.\n" * (4 * count)
    return {"metadata.findings": findings, "metadata.output": printed}


def _unusual() -> Mapping[str, Any]:
    return {
        "metadata.numbers": _NUMBERS,
        "metadata.texts": UNUSUAL_TEXTS,
        "metadata.named": {name: text for text, name in UNUSUAL_TEXTS.items() if text != "long"}
        | {"": "empty", "__proto__": "of JavaScript", "a.b": "a dot", "A": 1, "a": 2, "$a": 3},
        # Lists, for languages that have one type for both.
        "metadata.counted": {"0": "zero", "1": "one"},
        "metadata.sized": {"length": 0, "of": "an object"},
        # Of findings, not credentials.
        "metadata.rules": {"password": "B105", "token": "B106", "secret": "B107", "api_key": 1},
        "unknown_section": {"of": "a later version"},
        "metadata.items": ["b", "a", "b", 2, 2, [], [], None, None, {"a": 1}, {"a": 1}],
        "metadata.lines": [10, 9, 100, 9],
        "metadata.deep": _nested(_LEVELS),
        "metadata.lookalikes": LOOKALIKES,
        "metadata.names": {name: number for number, name in enumerate(LOOKALIKES)},
    }


def _nested(levels: int) -> Any:
    """An object in a list in an object, and so on."""
    value: Any = "the innermost"
    for level in range(levels):
        value = [value] if level % 2 else {"level": value}
    return value


DATA: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "findings": dict,
    "no findings": lambda: {"scanner_results": {}},
    "common values": lambda: {"metadata.values": _VALUES, "metadata.texts": _COMMON_TEXTS},
    "a project whose name has line breaks": lambda: {
        "metadata.project_name": "one\ntwo\r\nthree\rfour"
    },
    "values for which JSON has no type": lambda: {"metadata.untyped": _UNTYPED},
    "20,000 findings": lambda: _findings(20_000),
    "2,000 findings": lambda: _findings(2_000),
    "unusual numbers, characters, and names": _unusual,
    "names of more than 1,024 characters": lambda: {
        "metadata.names": {
            "n" * _LONG_NAME: "text",
            'two "words" ' * (_LONG_NAME // 12 + 1): {"n": 1},
            "é" * _LONG_NAME: ["an item", {"m" * _LONG_NAME: None}],
        }
    },
}
"""The values by their dotted paths in the scan results, by the words of the Given sentences."""
