"""Reads `docs/interpretations.md`, where the suite interprets silent or ambiguous diagrams."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_INTERPRETATION = re.compile(
    r"^## (?P<number>\d+)\. (?P<title>.+)\n+(?P<text>(?:(?!^## ).*\n?)*)", re.MULTILINE
)
REASON = "Why"
"""The heading of an interpretation's reason, on the page and wherever it is shown."""


@dataclass(frozen=True)
class Interpretation:
    """One interpretation: the reading of the suite, in paragraphs, and the reason for it."""

    number: int
    title: str
    statement: tuple[str, ...]
    reason: str


@cache
def all_interpretations() -> Mapping[int, Interpretation]:
    """The interpretations, by number."""
    page = resources.files("s3_reporter_conformance.docs") / "interpretations.md"
    found = {}
    for match in _INTERPRETATION.finditer(page.read_text(encoding="utf-8")):
        text, _, reason = match["text"].partition(f"*{REASON}:* ")
        statement = tuple(" ".join(part.split()) for part in text.strip().split("\n\n"))
        number, why = int(match["number"]), " ".join(reason.split())
        found[number] = Interpretation(number, match["title"], statement, why)
    return found
