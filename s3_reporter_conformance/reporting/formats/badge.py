"""A badge for the page of a reporter: JSON for a service that draws badges, or a picture.

The JSON has the form that shields.io's endpoint badge reads: https://shields.io/badges/endpoint-badge
"""

import json
from html import escape

from ...verdict.report import Report
from ...verdict.status import Status
from ...words.names import count_of

_LABEL = "S3 reporter"
# White text on each of them is readable: WCAG 2 asks for a contrast of 4.5.
_COLORS = {
    "Conforms": "2a7d2e",
    "Partial": "8f6400",
    "Deviates as known": "8f6400",
    "Does not conform": "b3261e",
}
_NO_VERDICT = "666666"

# Pixels of a glyph in Verdana of 11 px, roughly; `textLength` does the rest.
_GLYPH = 6.5
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img"\
 aria-label="{text}"><title>{title}</title>
<rect width="{width}" height="20" fill="#{color}"/>
<text x="6" y="14" textLength="{length}" fill="#fff" font-size="11"\
 font-family="Verdana,DejaVu Sans,sans-serif">{text}</text></svg>
"""


def badge_json(report: Report) -> str:
    """Put a report into the JSON of a badge."""
    document = {
        "schemaVersion": 1,
        "label": _LABEL,
        "message": _message(report),
        "color": _color(report),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def badge_svg(report: Report) -> str:
    """Draw a badge, as SVG that loads nothing."""
    message = _message(report)
    text = f"{_LABEL}: {message}"
    length = len(text) * _GLYPH
    title = escape(f"{report.title}: {message}")
    color = _color(report)
    return _SVG.format(width=length + 12, length=length, text=text, title=title, color=color)


def _color(report: Report) -> str:
    return _COLORS.get(report.conclusion.partition(": ")[0], _NO_VERDICT)


def _message(report: Report) -> str:
    word = report.conclusion.partition(": ")[0].lower()
    asked = {None, *report.reporter.features}
    decisive = [rule for rule in report.verdict.decisive if rule.feature in asked]
    passed = sum(rule.status is Status.PASSED for rule in decisive)
    parts = [f"{word} (strict)" if report.strict else word, f"{passed} of {len(decisive)}"]
    if unmet := report.verdict.unmet:
        parts.append(f"{count_of(len(unmet), 'recommendation')} not met")
    return ", ".join([*parts, report.started[: len("2026-11-22")]])
