"""A badge for the page of a reporter: JSON for a service that draws badges, or a picture.

The JSON has the form that shields.io's endpoint badge reads: https://shields.io/badges/endpoint-badge
"""

import json
from html import escape

from ...verdict.report import Report
from ...verdict.status import Status
from ...words.names import count_of

_LABEL = "S3 reporter"
_LABEL_COLOR = "444444"
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
_PADDING = 6
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img"\
 aria-label="{label}: {message}"><title>{title}</title>
<rect width="{left}" height="20" fill="#{label_color}"/>
<rect x="{left}" width="{right}" height="20" fill="#{color}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="{padding}" y="14" textLength="{label_length}">{label}</text>
<text x="{begin}" y="14" textLength="{length}">{message}</text>
</g></svg>
"""


def badge_json(report: Report) -> str:
    """Put a report into the JSON of a badge."""
    document = {
        "schemaVersion": 1,
        "label": _LABEL,
        "message": _message(report),
        "color": _color(report),
        "labelColor": _LABEL_COLOR,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def badge_svg(report: Report) -> str:
    """Draw a badge, as SVG that loads nothing."""
    message = _message(report)
    label_length, length = (len(text) * _GLYPH for text in (_LABEL, message))
    left, right = (each + 2 * _PADDING for each in (label_length, length))
    return _SVG.format(
        whole=left + right,
        label=_LABEL,
        message=escape(message),
        title=escape(f"{report.title}: {message}"),
        left=left,
        right=right,
        label_color=_LABEL_COLOR,
        color=_color(report),
        padding=_PADDING,
        begin=left + _PADDING,
        label_length=label_length,
        length=length,
    )


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
