"""Scan results with data that reporters lose or change, by the words of the Given sentences."""

import json
import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from importlib import resources
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from ..adapters.scan_results import Severity, Uncopyable, Unprintable

# YAML 1.2.2, section 7.4.2: an implicit key has at most 1,024 characters.
_LONG_NAME = 1_100
_LEVELS = 100

_UNTYPED = {
    "date and time": datetime(2026, 1, 15, 10, 30, 0, 250_000, timezone(timedelta(hours=-5))),
    "path": PurePosixPath("src/app.py"),
    "enumeration": Severity.HIGH,
    "date": date(2026, 1, 15),
    "UUID": UUID("4f0c1d2e-7a5b-4c6d-8e9f-0a1b2c3d4e5f"),
}
_LONG_NAMES = {
    "n" * _LONG_NAME: "text",
    'two "words" ' * (_LONG_NAME // 12 + 1): {"n": 1},
    "é" * _LONG_NAME: ["an item", {"m" * _LONG_NAME: None}],
}
_SEVERITIES = ("suppressed", "critical", "high", "medium", "low", "info")
_WITHOUT_FILE: Mapping[str, Mapping[str, Any]] = {
    "findings": {},
    "no findings": {
        "scanner_results": {},
        "metadata.summary_stats.total": 0,
        "metadata.summary_stats.actionable": 0,
        "metadata.summary_stats.severity_counts": dict.fromkeys(_SEVERITIES, 0),
    },
    "values for which JSON has no type": {"metadata.untyped": _UNTYPED},
    "values that cannot be written": {"metadata.odd": [Decimal("0.1"), b"\xff", Unprintable()]},
    "values that cannot be JSON": {"metadata.odd": [math.nan, math.inf, -math.inf]},
    "values that cannot be copied": {"metadata.odd": Uncopyable()},
    "empty metadata": {"metadata": {}},
    "a list as their start": {"metadata.summary_stats.start": [2026, 1, 15]},
    "names of more than 1,024 characters": {"metadata.names": _LONG_NAMES},
}

HARD_VALUES: Mapping[str, Mapping[str, Any]] = json.loads(
    (resources.files("s3_reporter_conformance.samples") / "hard_values.json").read_text("utf-8")
)
"""Values that JSON can hold, by the same words, and their dotted paths in the scan results."""

DRAWN = "the JSON value "
"""The words before a value of any kind."""

UNUSUAL = HARD_VALUES["unusual numbers, characters, and names"]
"""The most unusual of them."""


def data_of(words: str) -> Mapping[str, Any]:
    """The values by their dotted paths in the scan results."""
    if words.startswith(DRAWN):
        return {"metadata.drawn": json.loads(words.removeprefix(DRAWN))}
    count = words.removesuffix(" findings").replace(",", "")
    if count.isdigit():
        return _findings(int(count))
    if HARD_VALUES.get(words) is UNUSUAL:
        return _unusual()
    return {**HARD_VALUES, **_WITHOUT_FILE}[words]


def _findings(count: int) -> Mapping[str, Any]:
    # As large as it must be to tell.  12,000 in JSON, 8.5 MB: a list of more than 10,000 items, a
    # text of more than a million characters, and 8 MiB, from which on boto3 uploads in parts.
    # 1,200 in YAML, 0.8 MB: a text of more than 64 KiB, where a megabyte may take seconds.
    message = "a constant password"
    findings = [
        {"rule": f"B{number % 900:03}", "line": number, "message": f"Finding {number}: {message}"}
        for number in range(count)
    ]
    printed = "A line of what a scanner printed.\n" * (18 * count)
    return {"metadata.findings": findings, "metadata.output": printed}


def _unusual() -> Mapping[str, Any]:
    texts, lookalikes = UNUSUAL["metadata.texts"], UNUSUAL["metadata.lookalikes"]
    deep: Any = "the innermost"
    for level in range(_LEVELS):
        deep = [deep] if level % 2 else {"level": deep}
    return {
        **UNUSUAL,
        "metadata.texts": {**texts, "long": "two  spaces between words  " * 4000},
        "metadata.named": {text: name for name, text in texts.items()} | UNUSUAL["metadata.named"],
        "metadata.names": {name: number for number, name in enumerate(lookalikes)},
        "metadata.deep": deep,
    }
