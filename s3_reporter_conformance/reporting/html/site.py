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
from .drawing import Look, draw
from .guides import all_guides
from .results import Mark, Verified, arrows_left, as_shown, verified
from .timeline import timeline_of
from .versions import histories

_STATIC = ("style.css", "filter.js")


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
            pages += 1
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
        yield _Page("index.html", "index.html", title, {"requirements": self._requirements})
        for diagram in all_diagrams().values():
            yield self._diagram(diagram)
        for requirement in self._requirements:
            yield self._requirement(requirement)
        if self._histories:
            yield _Page(
                "versions.html", "versions.html", "Versions", {"requirements": self._requirements}
            )
        covered = {"coverages": coverage(self._requirements)}
        yield _Page("coverage.html", "coverage.html", "What the requirements cover", covered)
        caught = {"matrix": _kill_matrix(), "requirements": self._requirements}
        yield _Page("kill-matrix.html", "kill_matrix.html", "What the suite catches", caught)
        for guide in self._guides:
            content = {"html": Markup(guide.html)}
            yield _Page(f"guides/{guide.name}.html", "guide.html", guide.title, content)

    def _diagram(self, diagram: Diagram) -> _Page:
        following = [r for r in self._requirements if r.diagram == diagram.name]
        content = {
            "diagram": diagram,
            "about": feature_descriptions()[diagram.name],
            "requirements": following,
            "rules": [(rule, list(of)) for rule, of in groupby(following, key=lambda r: r.rule)],
            "views": [self._view(diagram, each, following) for each in self._shown],
            "marks": list(Mark),
        }
        return _Page(f"diagrams/{diagram.name}.html", "diagram.html", _title(diagram), content)

    def _view(
        self, diagram: Diagram, each: Verified, following: Sequence[Requirement]
    ) -> dict[str, Any]:
        """A diagram in the light of one report."""
        arrows = []
        looks = {}
        for number, edge in enumerate(diagram.edges):
            taking = [r for r in following if edge in r.arrows]
            mark = each.arrow(edge, taking)
            anchor = f"{each.slug}-arrow-{number}"
            names = ", ".join(r.id for r in taking)
            title = f"{edge}: {mark.words} ({names})"
            looks[edge] = Look(mark.css, title, f"#{anchor}", mark.sign)
            arrows.append({"edge": edge, "anchor": anchor, "mark": mark, "requirements": taking})
        nodes = {}
        for node, text in diagram.nodes.items():
            mark = each.node(node, following)
            first = next(i for i, e in enumerate(diagram.edges) if node in {e.source, e.target})
            coming = [i for i, e in enumerate(diagram.edges) if e.target == node]
            anchor = f"#{each.slug}-arrow-{coming[0] if coming else first}"
            nodes[node] = Look(mark.css, f"{text}: {mark.words}", anchor, mark.sign)
        title = f"{_title(diagram)}, with the results of {each.name}"
        svg = Markup(draw(diagram, looks, nodes, title))
        return {"verified": each, "svg": svg, "arrows": arrows}

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
