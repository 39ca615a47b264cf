"""Data that reporters lose or change: large, deep, or with unusual numbers, text, or names."""

from collections.abc import Callable, Mapping
from typing import Any

_FINDINGS = 20_000
_LEVELS = 100

_NUMBERS = {
    "beyond 2^53": 2**53 + 1,
    "below -2^53": -(2**53) - 1,
    "beyond 2^63": 2**63 + 1,
    "beyond 2^64": 2**64 + 1,
    "small": 1e-7,
    "large": 1e22,
    "negative zero": -0.0,
    "tenth": 0.1,
    "17 digits": 0.30000000000000004,
    "zero": 0,
}

_TEXTS = {
    "spaces around": "  between  ",
    "only spaces": "   ",
    "tabs": "\tbetween\t",
    "carriage returns": "one\rtwo\r\n",
    "empty lines around": "\n\nbetween\n\n",
    "NUL": "before\0after",
    "ESC": "\x1b[31mred\x1b[0m",
    "DEL": "before\x7fafter",
    "next line": "before\x85after",
    "line separators": "before\u2028between\u2029after",
    "byte order mark": "\ufeffafter",
    "astral": "\U0001f512 \U00020000",
    "composed": "\u00e9",
    "decomposed": "e\u0301",
    "combining alone": "\u0301",
    "long": "two  spaces between words  " * 200,
}

# Text that a YAML parser takes for something else where it has no quotes.
_LOOKALIKES = [
    *("no", "Off", "y", "True", "~", "null", "1_000", "0o17", "0x1F", "0123", "1:30", "1e3"),
    *(".5", ".inf", "+1", "2026-01-15", "2026-01-15T10:30:00Z", "=", "<<", "*a", "&a", "!a"),
    *("%x", "@x", "`x", "- x", "-", "? x", "?", "#x", "x #y", "key: value", "x:", ":"),
    *("{a}", "[a]", "|", ">", "'x", '"x', "---", "..."),
]

UNUSUAL_DATA: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "20,000 findings": lambda: {
        "metadata.findings": [
            {
                "rule": f"B{number % 900:03}",
                "line": number,
                "message": f"Finding {number}: the password in the configuration of service "
                f"{number % 77} is a constant, which everyone who can read the code can read, too",
            }
            for number in range(_FINDINGS)
        ]
    },
    "numbers of every size": lambda: {"metadata.numbers": _NUMBERS},
    "unusual characters": lambda: {"metadata.texts": _TEXTS},
    "unusual names": lambda: {
        "metadata.names": {name: text for text, name in _TEXTS.items() if text != "long"}
        | {"": "empty", "__proto__": "of JavaScript", "a.b": "a dot", "A": 1, "a": 2},
        "unknown_section": {"of": "a later version"},
    },
    "items that are repeated": lambda: {
        "metadata.items": ["b", "a", "b", 2, 2, [], [], None, None, {"a": 1}, {"a": 1}]
    },
    "100 levels": lambda: {"metadata.deep": _nested(_LEVELS)},
    "text and names that look like something else": lambda: {
        "metadata.texts": _LOOKALIKES,
        "metadata.names": {name: number for number, name in enumerate(_LOOKALIKES)},
    },
}
"""What Given sentences call it, and its values by their dotted paths in the scan results."""


def _nested(levels: int) -> Any:
    """An object in a list in an object, and so on."""
    value: Any = "the innermost"
    for level in range(levels):
        value = [value] if level % 2 else {"level": value}
    return value
