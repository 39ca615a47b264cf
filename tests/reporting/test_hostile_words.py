"""What a hostile reporter says does nothing where it is shown, and nothing grows with it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hostile import HOST
from markdown_it import MarkdownIt
from running import MUTANTS, run_here

from s3_reporter_conformance.reporting.outputs import Outputs
from s3_reporter_conformance.runner.selection import Selection
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.runner.verify import verify

OURS = re.compile(r"\x1b\[(0|1|22|3[1-6])m")
NEVER = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
ASKED = "KEY-01 or FMT-01 or ERR-01"
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Written:
    """What a run printed and wrote."""

    printed: str
    folder: Path

    def read(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A run in GitHub Actions, at a terminal with colors, that writes all that there is."""
    folder = tmp_path_factory.mktemp("hostile")
    printed: list[str] = []
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("GITHUB_ACTIONS", "true")
        changed.setenv("GITHUB_STEP_SUMMARY", str(folder / "step.md"))
        changed.chdir(MUTANTS["PYTHONPATH"])
        verify(
            Settings("python:hostile:Hostile"),
            Selection(ASKED),
            Outputs(
                report=folder / "report.json",
                junitxml=folder / "junit.xml",
                markdown=folder / "summary.md",
                badge=folder / "badge.svg",
                html=folder / "site",
            ),
            workers=0,
            echo=printed.append,
        )
    return Written("\n".join(printed), folder)


def test_the_words_arrive(written: Written) -> None:
    assert "owned" in written.printed
    assert "alert(1)" in written.read("report.json")


def test_a_terminal_gets_no_code_but_the_colors_of_the_suite(written: Written) -> None:
    assert OURS.search(written.printed)
    assert not NEVER.search(OURS.sub("", written.printed))
    assert len(written.printed) < MEGABYTE


def test_what_ends_a_run_is_fit_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(MUTANTS["PYTHONPATH"])
    printed: list[str] = []
    verify(Settings("python:hostile:raised"), Selection(ASKED), workers=0, echo=printed.append)
    assert "owned" in "".join(printed)
    assert not NEVER.search(OURS.sub("", "".join(printed)))
    assert len("".join(printed)) < MEGABYTE


def test_githubs_log_gets_no_command_but_those_of_the_suite(written: Written) -> None:
    lines = iter(written.printed.split("\n"))
    told = next(lines)
    assert re.fullmatch(r"::stop-commands::[0-9a-f]{64}", told)
    again = f"::{told.rpartition(':')[2]}::"
    inside = []
    for line in lines:
        if line == again:
            break
        inside.append(line)
    after = list(lines)
    assert any("owned" in line for line in inside)
    commands = [line for line in after if line.lstrip().startswith("::") or "##" in line]
    assert commands
    assert all(line.startswith(("::error title=", "::warning title=")) for line in commands)
    assert again not in after


def test_the_report_is_json_of_bounded_size(written: Written) -> None:
    text = written.read("report.json")
    for each in texts(json.loads(text)):
        assert not NEVER.search(each), each
    assert len(text) < MEGABYTE


def test_junit_is_xml(written: Written) -> None:
    text = written.read("junit.xml")
    root = ET.fromstring(text)  # noqa: S314 -- the suite wrote it
    assert {each.tag for each in root.iter()} <= {
        *("testsuites", "testsuite", "testcase", "properties", "property"),
        *("failure", "error", "skipped", "system-out"),
    }
    assert not NEVER.search(text)
    assert len(text) < MEGABYTE


def test_the_badge_is_a_picture_that_loads_nothing(written: Written) -> None:
    root = ET.fromstring(written.read("badge.svg"))  # noqa: S314 -- the suite wrote it
    assert {each.tag.partition("}")[2] for each in root.iter()} == {
        *("svg", "title", "rect", "g", "text")
    }


def test_the_summary_has_no_markup_but_that_of_the_suite(written: Written) -> None:
    text = written.read("summary.md")
    assert text == written.read("step.md")
    assert not NEVER.search(text)
    page = Page(MarkdownIt("commonmark").enable("table").render(text))
    assert page.tags <= {
        *("h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"),
        *("details", "summary", "pre"),
    }
    assert page.attributes <= {("th", "style"), ("td", "style")}
    # Outside of what is preformatted, GitHub makes links of addresses.
    assert f"://{HOST}" not in re.sub(r"(?s)<pre>.*?</pre>", "", text)
    assert len(text) < MEGABYTE


def test_the_site_runs_no_script_but_its_own(written: Written) -> None:
    pages = sorted((written.folder / "site").rglob("*.html"))
    assert pages
    told = 0
    for path in pages:
        text = path.read_bytes().decode()
        page = Page(text)
        told += "alert(1)" in text
        assert "Content-Security-Policy" in text, path
        assert not NEVER.search(text), path
        assert not [each for each in page.attributes if each[1].startswith("on")], path
        assert page.tags.isdisjoint({"iframe", "object", "embed", "base"}), path
        assert "img" not in page.tags or path.parent.name == "guides", path
        for script in page.scripts:
            own = re.fullmatch(r"(\.\./)?static/\w+\.js", script.get("src") or "")
            assert own or script == {"type": "application/json", "id": "played"}, path
        for address in page.addresses:
            assert HOST not in address, path
            assert not address.startswith("javascript:"), path
        assert len(text) < 4 * MEGABYTE
    assert told


@pytest.mark.parametrize("command", ["smoke", "call"])
def test_what_is_shown_of_calls_is_fit_for_a_terminal(command: str) -> None:
    arguments = ("KEY-01",) if command == "call" else ()
    ran = run_here(
        command,
        "python:hostile:Hostile",
        *arguments,
        folder=Path(MUTANTS["PYTHONPATH"]),
        environment={"GITHUB_ACTIONS": "true"},
    )
    assert "owned" in ran.stdout
    assert not NEVER.search(OURS.sub("", ran.stdout))
    assert len(ran.stdout) < MEGABYTE
    first, *_, last = [
        line for line in ran.stdout.split("\n") if re.match(r"::[0-9a-f]{64}::|::stop", line)
    ]
    assert first.startswith("::stop-commands::")
    assert last == f"::{first.rpartition(':')[2]}::"


def test_a_report_that_somebody_else_wrote_is_shown_as_harmlessly(
    written: Written, tmp_path: Path
) -> None:
    document = json.loads(written.read("report.json"))
    document["reporter"]["name"] = "\x1b[35mnamed\n::error::owned"
    (tmp_path / "a.json").write_text(json.dumps(document))
    ran = run_here("compare", "a.json", "a.json", folder=tmp_path)
    assert "named" in ran.stdout
    assert not NEVER.search(ran.stdout)


def texts(document: Any) -> Iterator[str]:
    """All texts in a parsed document."""
    match document:
        case str():
            yield document
        case list():
            for each in document:
                yield from texts(each)
        case dict():
            for name, value in document.items():
                yield name
                yield from texts(value)


class Page(HTMLParser):
    """What a browser would find on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.scripts: list[dict[str, str | None]] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        if tag == "script":
            self.scripts.append(dict(attrs))
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
