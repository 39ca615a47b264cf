"""Writes the site: pages that work from a file and load nothing from a network."""

import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ... import __version__
from ...spec.diagrams import all_diagrams
from ...spec.gherkin import all_features, all_rules, all_scenarios
from ...spec.interpretations import REASON as WHY
from ...spec.interpretations import all_interpretations
from ...spec.rules import MISTAKES, REASON, Level
from ...verdict.report import Report
from ...verdict.status import totals
from ...words.errors import UsageError
from ..report_files import dump
from ..transcript import timeline
from .drawing import Drawing, Mark
from .playing import most_telling, played
from .verified import LOOKS, Verified, headline, verified, worst_first
from .versions import changing, histories


def build_site(reports: Sequence[Report], output: Path) -> str:
    """Write the site into a folder, in which other files stay, and say where it is.

    Raises:
        UsageError: The folder cannot be written.
    """
    given = verified(reports)
    pages = dict(_pages(given))
    files = {f"reports/{each.slug}.json": dump(each.report) for each in given}
    for static in (resources.files(__package__) / "static").iterdir():
        files[f"static/{static.name}"] = static.read_text("utf-8")
    try:
        for name, text in {**pages, **files}.items():
            path = output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the site cannot be written to {output}: {error.strerror}") from error
    return f"Wrote {len(pages)} pages to {output}: open {output / 'index.html'}"


def _pages(reports: Sequence[Verified]) -> Iterator[tuple[str, str]]:
    """The pages of the site, and their texts."""
    found = histories(reports)
    older = {each.slug for versions in found for each in versions[:-1]}
    shown = sorted((each for each in reports if each.slug not in older), key=worst_first)
    rules = all_rules()
    scenarios = {scenario.id: scenario for scenario in all_scenarios()}
    drawings = [Drawing(diagram, rules, shown) for diagram in all_diagrams().values()]
    seen = {each.look(rule) for each in shown for rule in rules}
    seen |= {each.run_look(run) for each in shown for run in scenarios}
    environment = _environment(
        shown=shown,
        reports=[*shown, *(each for each in reports if each.slug in older)],
        histories=found,
        looks=[look for look in LOOKS if look in seen],
        rules=rules,
        rules_by_id={rule.id: rule for rule in rules},
        scenarios=scenarios,
        drawings=drawings,
        interpretations=all_interpretations(),
    )

    def page(name: str, title: str, template: str = "", **content: Any) -> tuple[str, str]:
        found = environment.get_template(template or name)
        return name, found.render(root="../" * name.count("/"), title=title, **content)

    def hero(drawings: Sequence[Drawing]) -> dict[str, Any]:
        """The attempts of a run, which can be played on the diagram of error handling."""
        drawing = next(each for each in drawings if each.diagram.name == "error_handling")
        return {"drawing": drawing, "played": played(drawing, most_telling(drawing, scenarios))}

    yield page("index.html", headline(shown), **hero(drawings))
    yield page("share.svg", headline(shown))
    for drawing in drawings:
        name = drawing.diagram.name
        yield page(
            f"diagrams/{name}.html",
            name.replace("_", " ").capitalize(),
            "diagram.html",
            drawing=drawing,
            about=all_features()[name].description,
            played=played(drawing, scenarios),
        )
    for rule in rules:
        yield page(f"rules/{rule.id}.html", f"{rule.id} {rule.name}", "rule.html", rule=rule)
    for each in reports:
        own = [Drawing(drawing.diagram, rules, [each]) for drawing in drawings]
        name = f"reporters/{each.slug}.html"
        yield page(name, each.name, "reporter.html", each=each, own=own, **hero(own))
    yield page("runs.html", "Runs")
    for scenario in scenarios.values():
        yield page(f"runs/{scenario.id}.html", scenario.name, "run.html", scenario=scenario)


def _environment(**content: Any) -> Environment:
    environment = Environment(
        loader=PackageLoader("s3_reporter_conformance.reporting.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline"] = _inline
    environment.filters["words"] = lambda name: name.replace("_", " ").replace("-", " ")
    environment.globals.update(
        version=__version__,
        levels=list(Level),
        marks=list(Mark),
        timeline=timeline,
        totals=totals,
        changing=changing,
        headings={"mistakes": MISTAKES, "reason": REASON, "why": WHY},
        **content,
    )
    return environment


def _inline(text: str) -> Markup:
    """A paragraph of Markdown, of which only code and emphasis are marked."""
    code = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(re.sub(r"\*(\b[^*<>]+)\*", r"<em>\1</em>", code))
