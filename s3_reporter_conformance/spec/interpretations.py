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
_REASON = f"*{REASON}:* "
_RULES = "*Rules:* "


@dataclass(frozen=True)
class Interpretation:
    """One interpretation in `docs/interpretations.md`.

    Attributes:
        number: The number that features refer to it by.
        title: Its title.
        statement: The reading of the suite, in paragraphs.
        reason: The reason for it.
    """

    number: int
    title: str
    statement: tuple[str, ...]
    reason: str


@cache
def all_interpretations() -> Mapping[int, Interpretation]:
    """The interpretations, by number."""
    page = resources.files("s3_reporter_conformance.docs") / "interpretations.md"
    matches = _INTERPRETATION.finditer(page.read_text(encoding="utf-8"))
    return {
        interpretation.number: interpretation for interpretation in map(_interpretation, matches)
    }


def _interpretation(match: re.Match[str]) -> Interpretation:
    paragraphs = [" ".join(part.split()) for part in match["text"].strip().split("\n\n")]
    statement = [p for p in paragraphs if not p.startswith((_REASON, _RULES))]
    reasons = [p.removeprefix(_REASON) for p in paragraphs if p.startswith(_REASON)]
    return Interpretation(int(match["number"]), match["title"], tuple(statement), " ".join(reasons))
