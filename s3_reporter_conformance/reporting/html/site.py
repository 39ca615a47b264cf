"""Writes the site: pages that work from a file, with nothing to fetch."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from ... import __version__
from ...errors import UsageError
from ...schemas import SCHEMAS, read_schema
from ...spec.coverage import coverage
from ...spec.diagrams import Diagram, all_diagrams
from ...spec.gherkin import all_requirements, feature_descriptions
from ...spec.interpretations import REASON, all_interpretations
from ...spec.requirements import MISTAKES, Requirement
from ...verdict.report import Report, ReportedRequirement
from ...verdict.status import Status
from ..report import dump
from .colored import Colored
from .drawing import Look, draw, proportions
from .gone import gone
from .guides import all_guides
from .overview import groups, tiles
from .results import Mark, Verified, arrows_left, as_shown, verified
from .runs import runs
from .timeline import timeline_of
from .versions import histories

# A drawing that is so many times as wide as high has no room for anything beside it.
_WIDE = 2.0
_STATIC = ("style.css", "filter.js", "switch.js", "play.js")


def build_site(reports: Sequence[Report], output: Path) -> int:
    """Write the site.

    Args:
        reports: The conformance reports to show, of one reporter or of many; of versions of
            one reporter, the matrix and the diagrams show the newest.
        output: The folder to write it to; what else is in it stays.

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
    """Where a page is and what it is made of."""

    name: str
    template: str
    title: str
    content: Mapping[str, Any]


class _Site:
    """Makes the pages of some reports."""

    def __init__(self, reports: Sequence[Verified]) -> None:
        self.reports = reports
        self._histories = histories(reports)
        older = [each.slug for history in self._histories for each in history.older]
        self._shown = [each for each in reports if each.slug not in older]
        self._requirements = all_requirements()
        self._gone = gone(reports, self._requirements)
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
            description=", ".join(
                f"{each.name}: {each.passed(self._requirements)}" for each in self._shown
            ),
            shown=self._shown,
            histories=self._histories,
            statuses=list(Status),
            as_shown=as_shown,
            timeline_of=timeline_of,
            diagrams=all_diagrams().values(),
            guides=self._guides,
            headings={"mistakes": MISTAKES, "reason": REASON},
            words=lambda name: name.replace("_", " ").replace("-", " "),
        )

    def pages(self) -> Iterator[tuple[str, str]]:
        """The files of the site and what is in them."""
        for page in self._plan():
            template = self._environment.get_template(page.template)
            depth = page.name.count("/")
            text = template.render(root="../" * depth, title=page.title, **page.content)
            yield page.name, text

    def _plan(self) -> Iterator[_Page]:
        title = "S3 reporters on the diagrams"
        requirements = self._requirements
        start = {
            "requirements": requirements,
            "tiles": list(tiles(requirements, self._shown)),
            "groups": list(groups(requirements, self._gone)),
        }
        yield _Page("index.html", "index.html", title, start)
        yield _Page("share.svg", "share.svg", title, start)
        for diagram in all_diagrams().values():
            yield self._diagram(diagram)
        for requirement in requirements:
            yield self._requirement(requirement)
        for requirement in self._gone:
            yield self._gone_requirement(requirement)
        if self._histories:
            every = {"requirements": [*requirements, *self._gone]}
            yield _Page("versions.html", "versions.html", "Versions", every)
        covered = {"coverages": coverage(requirements)}
        yield _Page("coverage.html", "coverage.html", "What the requirements cover", covered)
        caught = {"matrix": _kill_matrix(), "requirements": requirements}
        yield _Page("kill-matrix.html", "kill_matrix.html", "What the suite catches", caught)
        for guide in self._guides:
            content = {"html": Markup(guide.html)}
            yield _Page(f"guides/{guide.name}.html", "guide.html", guide.title, content)

    def _diagram(self, diagram: Diagram) -> _Page:
        following = [r for r in self._requirements if r.diagram == diagram.name]
        title = f"{_title(diagram)}, with the results"
        colored = Colored(diagram, following, self._shown)
        content = {
            "diagram": diagram,
            "about": feature_descriptions()[diagram.name],
            "requirements": following,
            "rules": [(rule, list(of)) for rule, of in groupby(following, key=lambda r: r.rule)],
            "gone": [r for r in self._gone if r.diagram == diagram.name],
            "svg": Markup(colored.drawing(title)),
            # The script switches the one drawing; without it, the others are shown, too.
            "others": [
                (each, Markup(Colored(diagram, following, [each]).drawing(title)))
                for each in self._shown[1:]
            ],
            "arrows": list(colored.arrows()),
            "wide": proportions(diagram) > _WIDE,
            "runs": runs(diagram, following, self._shown),
            "marks": list(Mark),
        }
        return _Page(f"diagrams/{diagram.name}.html", "diagram.html", _title(diagram), content)

    def _requirement(self, requirement: Requirement) -> _Page:
        results = [(each, each.requirements.get(requirement.id)) for each in self.reports]
        content = {
            "requirement": requirement,
            "results": results,
            "interpretations": [
                all_interpretations()[number] for number in requirement.interpretations
            ],
            "path": self._path(requirement, [result for _, result in results if result]),
            "kills": [m for m in _kill_matrix()["mutants"] if requirement.id in m["killed_by"]],
        }
        title = f"{requirement.id} {requirement.name}"
        return _Page(f"requirements/{requirement.id}.html", "requirement.html", title, content)

    def _gone_requirement(self, requirement: Requirement) -> _Page:
        results = [(each, each.requirements.get(requirement.id)) for each in self.reports]
        title = f"{requirement.id} {requirement.name}"
        content = {"requirement": requirement, "results": results}
        return _Page(f"requirements/{requirement.id}.html", "gone.html", title, content)

    def _path(
        self, requirement: Requirement, results: Sequence[ReportedRequirement]
    ) -> Markup | None:
        """The diagram with the path of a requirement lit up, and where it was left."""
        if requirement.diagram is None:
            return None
        diagram = all_diagrams()[requirement.diagram]
        left = arrows_left(diagram, results)
        looks = {edge: Look("on-path", f"{edge}: on the path") for edge in requirement.arrows}
        looks |= {edge: Look("left", f"{edge}: left here", sign=Mark.LEFT.sign) for edge in left}
        nodes = {
            node: Look("on-path", f"{diagram.nodes[node]}: on the path")
            for node in requirement.route
        }
        for edge in left:
            nodes[edge.target] = Look(
                "left", f"{diagram.nodes[edge.target]}: not reached", sign="✗"
            )
        title = f"{_title(diagram)}, with the path of {requirement.id}"
        return Markup(draw(diagram, looks, nodes, title))


def _title(diagram: Diagram) -> str:
    return diagram.name.replace("_", " ").capitalize()


@cache
def _kill_matrix() -> Any:
    file = resources.files("s3_reporter_conformance.docs") / "kill-matrix.json"
    return json.loads(file.read_text(encoding="utf-8"))
