"""A badge for the page of a reporter: JSON for a service that draws badges, or a picture.

The JSON has the form that shields.io's endpoint badge reads: https://shields.io/badges/endpoint-badge
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from ...verdict.report import Report
from ...verdict.status import Status
from ...words.errors import UsageError
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
_NARROW, _USUAL, _WIDE = 4.2, 7.0, 10.2
_PADDING = 6
_HEIGHT = 20


@dataclass(frozen=True)
class _Badge:
    message: str
    color: str
    about: str


def badge_json(report: Report) -> str:
    """Put a report into the JSON of a badge."""
    badge = _badge(report)
    document = {
        "schemaVersion": 1,
        "label": _LABEL,
        "message": badge.message,
        "color": badge.color,
        "labelColor": _LABEL_COLOR,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def badge_svg(report: Report) -> str:
    """Draw a badge, as SVG that loads nothing."""
    badge = _badge(report)
    left, right = (_width(text) + 2 * _PADDING for text in (_LABEL, badge.message))
    whole = f"{left + right:g}"
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": whole,
            "height": str(_HEIGHT),
            "role": "img",
            "aria-label": f"{_LABEL}: {badge.message}",
        },
    )
    ET.SubElement(svg, "title").text = badge.about
    font = {"fill": "#fff", "font-family": "Verdana,DejaVu Sans,sans-serif", "font-size": "11"}
    for text, begin, width, color in (
        (_LABEL, 0.0, left, _LABEL_COLOR),
        (badge.message, left, right, badge.color),
    ):
        place = {"x": f"{begin:g}", "width": f"{width:g}", "height": str(_HEIGHT)}
        ET.SubElement(svg, "rect", {**place, "fill": f"#{color}"})
        length = f"{width - 2 * _PADDING:g}"
        drawn = {"x": f"{begin + _PADDING:g}", "y": "14", "textLength": length, **font}
        ET.SubElement(svg, "text", drawn).text = text
    return ET.tostring(svg, encoding="unicode") + "\n"


_FORMS: dict[str, Callable[[Report], str]] = {".json": badge_json, ".svg": badge_svg}


def badge_form(path: Path) -> Callable[[Report], str]:
    """Find the form of a badge that the ending of a file asks for.

    Raises:
        UsageError: There is no such form.
    """
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"--badge {path} is of no known form: its name has to end in {' or '.join(_FORMS)}"
        )
    return form


def _badge(report: Report) -> _Badge:
    word, _, _ = report.conclusion.partition(": ")
    features = report.reporter.features
    decisive = [
        rule
        for rule in report.rules
        if rule.decides(strict=report.strict) and rule.feature in {None, *features}
    ]
    passed = sum(rule.status is Status.PASSED for rule in decisive)
    unmet = sum(rule.is_unmet(strict=report.strict) for rule in report.rules)
    counts = f"{passed} of {len(decisive)}"
    recommended = f", {count_of(unmet, 'recommendation')} not met" if unmet else ""
    strictly = " (strict)" if report.strict else ""
    day = report.started[: len("2026-11-22")]
    suite = f"{report.suite.name} {report.suite.version}"
    return _Badge(
        message=f"{word.lower()}{strictly}, {counts}{recommended}, {day}",
        color=_COLORS.get(word, _NO_VERDICT),
        about=(
            f"{word}{strictly}: {report.title}, {counts} rules passed{recommended} on {day}, "
            f"{suite}"
        ),
    )


def _width(text: str) -> float:
    return round(sum(_width_of(character) for character in text), 1)


def _width_of(character: str) -> float:
    if character in " ,.:;!|'()fijlrt":
        return _NARROW
    return _WIDE if character in "mwMW" else _USUAL
