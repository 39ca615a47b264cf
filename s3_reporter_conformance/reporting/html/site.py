"""Writes the site: pages that work from a file and load nothing from a network."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from ... import __version__
from ...disk.documents import SCHEMAS, read_schema
from ...spec.coverage import coverage
from ...spec.diagrams import Diagram, all_diagrams
from ...spec.gherkin import all_features, all_rules, all_scenarios
from ...spec.interpretations import REASON as WHY
from ...spec.interpretations import all_interpretations
from ...spec.rules import MISTAKES, REASON, Level, Rule, Scenario
from ...verdict.report import Report
from ...words.errors import UsageError
from ..report import dump
from .colored import Colored, Mark
from .drawing import proportions
from .guides import all_guides
from .overview import groups, headline, tiles
from .playing import playable, played
from .reporters import LOOKS, Verified, circumstances, verified
from .timeline import timeline_of
from .versions import histories

# A drawing with a larger ratio of width to height leaves no room beside it.
_WIDE = 2.0
_STATIC = ("style.css", "switch.js", "play.js")


def build_site(reports: Sequence[Report], output: Path) -> int:
    """Write the site.

    Args:
        reports: The conformance reports to show, of one reporter or of many; of versions of
            one reporter, the start page and the diagrams show the newest.
        output: The folder to write it to; other files in it stay.

    Returns:
        The number of pages.

    Raises:
        UsageError: The folder cannot be written.
    """
    site = _Site(verified(reports))
    try:
        pages = 0
        for name, text in site.pages():
            path = output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            pages += name.endswith(".html")
        _copy_files(site.reports, output)
    except OSError as error:
        raise UsageError(f"the site cannot be written to {output}: {error.strerror}") from error
    return pages


def _copy_files(reports: Sequence[Verified], output: Path) -> None:
    for folder in ("schemas", "reports", "static"):
        (output / folder).mkdir(exist_ok=True)
    for name in SCHEMAS:
        text = json.dumps(read_schema(name), indent=2)
        (output / "schemas" / f"{name}.schema.json").write_text(text, encoding="utf-8")
    for each in reports:
        (output / "reports" / f"{each.slug}.json").write_text(dump(each.report), encoding="utf-8")
    static = resources.files(__package__) / "static"
    for name in _STATIC:
        with resources.as_file(static / name) as path:
            shutil.copyfile(path, output / "static" / name)


@dataclass(frozen=True)
class _Page:
    """The place of a page, and its parts."""

    name: str
    template: str
    title: str
    content: Mapping[str, Any]


class _Site:
    """Makes the pages of some reports."""

    def __init__(self, reports: Sequence[Verified]) -> None:
        self.reports = reports
        self._histories = histories(reports)
        older = {each.slug for history in self._histories for each in history.older}
        self._shown = [each for each in reports if each.slug not in older]
        self._rules = all_rules()
        self._scenarios = all_scenarios()
        self._guides = all_guides()
        self._environment = Environment(
            loader=PackageLoader("s3_reporter_conformance.reporting.html"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        markdown = MarkdownIt("commonmark", {"html": False})
        self._environment.filters["inline"] = lambda text: Markup(markdown.renderInline(text))
        self._environment.globals.update(
            version=__version__,
            description="; ".join(f"{each.name}: {each.conclusion}" for each in self._shown),
            shown=self._shown,
            reports=self.reports,
            histories=self._histories,
            rules=self._rules,
            rules_by_id={rule.id: rule for rule in self._rules},
            scenarios={scenario.id: scenario for scenario in self._scenarios},
            looks=LOOKS[:-1],
            levels=list(Level),
            circumstances=circumstances,
            timeline_of=timeline_of,
            diagrams=all_diagrams(),
            guides=self._guides,
            headings={"mistakes": MISTAKES, "reason": REASON, "why": WHY},
            words=lambda name: name.replace("_", " ").replace("-", " "),
        )

    def pages(self) -> Iterator[tuple[str, str]]:
        """The files of the site, and their texts."""
        for page in self._plan():
            template = self._environment.get_template(page.template)
            depth = page.name.count("/")
            text = template.render(root="../" * depth, title=page.title, **page.content)
            yield page.name, text

    def _plan(self) -> Iterator[_Page]:
        start = {
            "tiles": list(tiles(self._rules, self._shown)),
            "groups": list(groups(self._rules)),
        }
        title = headline(self._shown)
        yield _Page("index.html", "index.html", title, start)
        yield _Page("share.svg", "share.svg", title, start)
        for diagram in all_diagrams().values():
            yield self._diagram(diagram)
        for rule in self._rules:
            yield self._rule(rule)
        yield _Page("runs.html", "runs.html", "Runs", {})
        for scenario in self._scenarios:
            yield self._run(scenario)
        if self._histories:
            yield _Page("versions.html", "versions.html", "Versions", {})
        yield _Page("coverage.html", "coverage.html", "Coverage", self._coverage())
        for guide in self._guides:
            content = {"html": Markup(guide.html)}
            yield _Page(f"guides/{guide.name}.html", "guide.html", guide.title, content)

    def _diagram(self, diagram: Diagram) -> _Page:
        title = _title(diagram)
        described = f"{title}, with the results"
        colored = Colored(diagram, self._rules, self._shown)
        firsts, others = playable(diagram, self._scenarios, self._shown)
        content = {
            "diagram": diagram,
            "about": all_features()[diagram.name].description,
            "svg": Markup(colored.drawing(described)),
            # The script switches the one drawing; without it, the others are shown, too.
            "others": [
                (each, Markup(Colored(diagram, self._rules, [each]).drawing(described)))
                for each in self._shown[1:]
            ],
            "boxes": list(colored.boxes()),
            "mark": colored.mark,
            "wide": proportions(diagram) > _WIDE,
            "playable": {"One run of each route": firsts, "Other runs": others},
            "played": played(diagram, [*firsts, *others], self._shown),
            "marks": list(Mark),
        }
        return _Page(f"diagrams/{diagram.name}.html", "diagram.html", title, content)

    def _rule(self, rule: Rule) -> _Page:
        known = all_interpretations()
        content = {
            "rule": rule,
            "interpretations": [known[n] for n in rule.interpretations if n in known],
        }
        return _Page(f"rules/{rule.id}.html", "rule.html", f"{rule.id} {rule.name}", content)

    def _run(self, scenario: Scenario) -> _Page:
        content = {"scenario": scenario}
        return _Page(f"runs/{scenario.id}.html", "run.html", scenario.name, content)

    def _coverage(self) -> Mapping[str, Any]:
        given = [
            [run for each in self._shown if (run := each.runs.get(scenario.id))]
            for scenario in self._scenarios
        ]
        walks = {
            runs[0].id: {
                diagram: tuple(route for run in runs for route in run.paths.get(diagram, ()))
                for diagram in all_diagrams()
            }
            for runs in given
            if runs
        }
        return {"coverages": coverage(walks)}


def _title(diagram: Diagram) -> str:
    return diagram.name.replace("_", " ").capitalize()
