"""A summary in Markdown, such as GitHub shows on the page of a run."""

import html
from collections import Counter
from collections.abc import Iterator, Sequence

from ...spec.requirements import Level
from ...verdict.report import Report, ReportedRequirement
from ...verdict.status import Status
from .common import name_of, together


def markdown(report: Report) -> str:
    """Put a report into Markdown: the conclusion, a table by feature file, and what is wrong."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    word, _, reason = report.conclusion.partition(": ")
    yield f"## {escaped(word)}: {escaped(report.title)}\n"
    yield f"{escaped(reason)}.\n"
    if report.aborted:
        yield f"The run ended early:\n\n<pre>{html.escape(report.aborted, quote=False)}</pre>\n"
    statuses = [status for status in Status if report.summary[status]]
    yield "| | " + " | ".join(status.words for status in statuses) + " |"
    yield "|---|" + "---:|" * len(statuses)
    for name, here in _groups(report.requirements):
        counts = Counter(each.status for each in here)
        yield f"| {name} | " + " | ".join(str(counts[s] or "") for s in statuses) + " |"
    features = ", ".join(report.reporter.features) or "none"
    suite = f"{report.suite.name} {report.suite.version}"
    yield f"\nDeclared features: {escaped(features)}. {suite}.\n"
    for status in (*(each for each in Status if each.failed), Status.KNOWN_DEVIATION):
        for group in together(each for each in report.requirements if each.status is status):
            yield from _details(group)


def _groups(
    requirements: Sequence[ReportedRequirement],
) -> Iterator[tuple[str, list[ReportedRequirement]]]:
    for level in Level:
        of_level = [each for each in requirements if each.level is level]
        yield f"**{level.value}**", of_level
        if level is Level.CORE:
            for diagram in dict.fromkeys(each.diagram for each in of_level if each.diagram):
                name = diagram.replace("_", " ")
                yield name, [each for each in of_level if each.diagram == diagram]


def _details(group: list[ReportedRequirement]) -> Iterator[str]:
    first = group[0]
    yield f"<details><summary>{first.status.words}: {escaped(name_of(group))}</summary>\n"
    yield f"<pre>{html.escape(first.message, quote=False)}</pre>"
    yield "</details>\n"


def escaped(text: str) -> str:
    """Keep text from being taken for markup."""
    safe = html.escape(text, quote=False)
    safe = "".join(f"\\{c}" if c in r"\`*_[]|~#@" else c for c in safe)
    # GitHub makes links of bare addresses.
    return safe.replace("://", ":\\//").replace("\n", " ")
