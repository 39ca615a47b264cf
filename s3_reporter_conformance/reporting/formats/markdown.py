"""A summary in Markdown, such as GitHub shows on the page of a run."""

import html
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ..report import title
from .common import BROKEN, WRONG, Report, name_of, together

_MARKS = {
    "passed": "passed",
    "failed": "failed",
    "known-deviation": "known",
    "unexpectedly-passed": "unexpectedly passed",
    BROKEN: "broken",
    "not-claimed": "not claimed",
    "not-run": "not run",
    "not-selected": "not selected",
}


def markdown(report: Report) -> str:
    """Put a report into Markdown: the conclusion, a table by feature file, and what is wrong."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    requirements = report["requirements"]
    word, _, reason = report["conclusion"].partition(": ")
    yield f"## {_escaped(word)}: {_escaped(title(report))}\n"
    yield f"{_escaped(reason)}.\n"
    if report["aborted"]:
        yield f"The run ended early: {_escaped(report['aborted'])}.\n"
    statuses = [status for status in _MARKS if report["summary"][status]]
    yield "| | " + " | ".join(_MARKS[status] for status in statuses) + " |"
    yield "|---|" + "---:|" * len(statuses)
    for name, here in _groups(requirements):
        counts = Counter(each["status"] for each in here)
        yield f"| {name} | " + " | ".join(str(counts[s] or "") for s in statuses) + " |"
    suite = report["suite"]
    features = ", ".join(report["reporter"]["features"]) or "none"
    yield f"\nDeclared features: {_escaped(features)}. {suite['name']} {suite['version']}.\n"
    for status in (*WRONG, BROKEN, "known-deviation"):
        for group in together(each for each in requirements if each["status"] == status):
            yield from _details(group)


def _groups(requirements: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    everything = list(requirements)
    for level in ("core", "extended"):
        of_level = [each for each in everything if each["level"] == level]
        yield f"**{level}**", of_level
        if level == "core":
            for diagram in dict.fromkeys(each["diagram"] for each in of_level):
                name = diagram.replace("_", " ")
                yield name, [each for each in of_level if each["diagram"] == diagram]


def _details(group: list[dict[str, Any]]) -> Iterator[str]:
    first = group[0]
    yield f"<details><summary>{_MARKS[first['status']]}: {_escaped(name_of(group))}</summary>\n"
    yield f"<pre>{html.escape(first['message'], quote=False)}</pre>"
    yield "</details>\n"


def _escaped(text: str) -> str:
    """Keep text from being taken for markup."""
    escaped = html.escape(text, quote=False)
    return "".join(f"\\{c}" if c in r"\`*_[]|~#" else c for c in escaped).replace("\n", " ")
