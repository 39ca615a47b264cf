"""How the suite reads the diagrams where they are silent or can be read two ways."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_READING = re.compile(
    r"^## (?P<number>\d+)\. (?P<title>.+)\n+(?P<text>(?:(?!^## ).*\n?)*)", re.MULTILINE
)
_REASON = "*Why:* "
_REQUIREMENTS = "*Requirements:* "


@dataclass(frozen=True)
class Reading:
    """One reading, as `docs/readings.md` has it.

    Attributes:
        number: How features refer to it.
        title: What it is about.
        statement: What the suite takes for right.
        reason: Why.
        requirements: The ids of its requirements.
    """

    number: int
    title: str
    statement: str
    reason: str
    requirements: tuple[str, ...]


@cache
def all_readings() -> Mapping[int, Reading]:
    """The readings, by number."""
    page = resources.files("s3_reporter_conformance.docs") / "readings.md"
    matches = _READING.finditer(page.read_text(encoding="utf-8"))
    return {reading.number: reading for reading in map(_reading, matches)}


def _reading(match: re.Match[str]) -> Reading:
    paragraphs = [" ".join(part.split()) for part in match["text"].strip().split("\n\n")]
    statement = [p for p in paragraphs if not p.startswith((_REASON, _REQUIREMENTS))]
    reasons = [p.removeprefix(_REASON) for p in paragraphs if p.startswith(_REASON)]
    ids = [p.removeprefix(_REQUIREMENTS) for p in paragraphs if p.startswith(_REQUIREMENTS)]
    return Reading(
        int(match["number"]),
        match["title"],
        " ".join(statement),
        " ".join(reasons),
        tuple(re.findall(r"[A-Z][A-Z-]*-\d\d", " ".join(ids))),
    )
