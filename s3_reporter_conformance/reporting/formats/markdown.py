"""A summary in Markdown, such as GitHub shows on the page of a run."""

import html
from collections.abc import Iterator

from ...spec.rules import Level
from ...verdict.report import Report
from ...verdict.status import Status
from ...words.names import count_of
from ..failure import causes_of, explain_rule, headline
from ..wrapping import wrapped


def markdown(report: Report) -> str:
    """Put a report into Markdown: the conclusion, a table by level, and what is wrong."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    word, _, reason = report.conclusion.partition(": ")
    yield f"## {escaped(word)}: {escaped(report.title)}\n"
    yield f"{escaped(reason[:1].upper() + reason[1:])}.\n"
    if report.aborted:
        yield f"The run ended early:\n\n<pre>{html.escape(report.aborted, quote=False)}</pre>\n"
    statuses = [status for status in Status if report.summary[status]]
    yield "| | " + " | ".join(status.words for status in statuses) + " |"
    yield "|---|" + "---:|" * len(statuses)
    for level in Level:
        counts = report.verdict.counts(level)
        yield f"| {level.value} | " + " | ".join(str(counts[s] or "") for s in statuses) + " |"
    features = ", ".join(report.reporter.features) or "none"
    yield f"\nDeclared features: {escaped(features)}.\n"
    verdict = report.verdict
    for title, rules in (
        ("Rules that are broken", verdict.wrong),
        ("Recommendations that are not met", verdict.unmet),
        ("Known deviations", [r for r in report.rules if r.status is Status.KNOWN_DEVIATION]),
    ):
        if rules:
            yield f"### {title}\n"
        for rule in rules:
            yield from _details(headline(rule), wrapped("\n".join(explain_rule(rule, report.runs))))
    causes = causes_of(verdict.broken_runs)
    if causes:
        yield "### Runs without a verdict\n"
    for problem, names in causes.items():
        yield from _details(count_of(len(names), "run"), f"{problem}\n{', '.join(names)}")


def _details(title: str, message: str) -> Iterator[str]:
    yield f"<details><summary>{escaped(title)}</summary>\n"
    yield f"<pre>{html.escape(message, quote=False)}</pre>"
    yield "</details>\n"


def escaped(text: str) -> str:
    """Keep text from being taken for markup."""
    safe = html.escape(text, quote=False)
    safe = "".join(f"\\{c}" if c in r"\`*_[]|~#@" else c for c in safe)
    # GitHub makes links of bare addresses.
    return safe.replace("://", ":\\//").replace("\n", " ")
