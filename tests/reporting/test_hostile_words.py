"""Words of a hostile reporter do nothing where they are shown, and nothing grows with them."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
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
HOSTILE = "python:hostile:Hostile"
ASKED = "KEY-01 or FMT-01 or ERR-01"
MEGABYTE = 1 << 20
FILES = ("report.json", "junit.xml", "summary.md", "badge.svg", "site")


class Written(NamedTuple):
    """The output of a run, and the folder of its files."""

    printed: str
    folder: Path

    def read(self, name: str) -> str:
        """A file, which must be of bounded size and hold no character that is obeyed."""
        text = (self.folder / name).read_bytes().decode()
        assert not NEVER.search(text), name
        assert len(text) < 4 * MEGABYTE, name
        return text


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
            Settings(HOSTILE),
            Selection(ASKED),
            Outputs(*(folder / name for name in FILES)),
            workers=0,
            echo=printed.append,
        )
    return Written("\n".join(printed), folder)


def expect_fit_for_a_terminal(printed: str) -> None:
    """Check that the words arrive, and no code but the colors of the suite."""
    assert "owned" in printed
    assert not NEVER.search(OURS.sub("", printed))
    assert len(printed) < MEGABYTE


def test_githubs_log_gets_no_code_and_no_command_but_those_of_the_suite(written: Written) -> None:
    assert OURS.search(written.printed)
    expect_fit_for_a_terminal(written.printed)
    token = re.match(r"::stop-commands::([0-9a-f]{64})\n", written.printed)
    assert token
    _, inside, after = re.split(rf"{token[1]}(?:::)?\n", written.printed)
    assert "owned" in inside
    commands = [line for line in after.split("\n") if re.match(r"\s*::|.*##", line)]
    assert commands
    assert all(line.startswith(("::error title=", "::warning title=")) for line in commands)


def test_xml_has_no_element_but_those_of_the_suite(written: Written) -> None:
    own = "testsuites testsuite testcase properties property failure error skipped system-out"
    for name, elements in (("junit.xml", own), ("badge.svg", "svg title rect text")):
        root = ET.fromstring(written.read(name))  # noqa: S314 -- the suite wrote it
        assert {each.tag.rpartition("}")[2] for each in root.iter()} <= set(elements.split())


def test_the_report_holds_the_words_without_control_characters(written: Written) -> None:
    dumped = json.dumps(json.loads(written.read("report.json")), ensure_ascii=False)
    assert "alert(1)" in dumped
    assert not NEVER.search(dumped)
    # Those below the space are escaped.
    assert not re.search(r"(?<!\\)(?:\\\\)*\\(?:u00|[bfr])", dumped)


def test_the_summary_has_no_markup_but_that_of_the_suite(written: Written) -> None:
    text = written.read("summary.md")
    assert text == written.read("step.md")
    page = Page(MarkdownIt("commonmark").enable("table").render(text))
    own = "h2 h3 p strong table thead tbody tr th td details summary pre"
    assert page.tags <= set(own.split())
    assert page.attributes <= {("th", "style"), ("td", "style")}
    # Outside of what is preformatted, GitHub makes links of addresses.
    assert f"://{HOST}" not in re.sub(r"(?s)<pre>.*?</pre>", "", text)


def test_the_site_runs_no_script_but_its_own(written: Written) -> None:
    told = 0
    for path in (written.folder / "site").rglob("*.html"):
        text = written.read(str(path))
        page = Page(text)
        told += "alert(1)" in text
        assert "Content-Security-Policy" in text, path
        assert not [each for each in page.attributes if each[1].startswith("on")], path
        assert page.tags.isdisjoint({"iframe", "object", "embed", "base", "img"}), path
        for script in page.scripts:
            own = re.fullmatch(r"(\.\./)?static/\w+\.js", script.get("src") or "")
            assert own or script == {"type": "application/json", "id": "played"}, path
        for address in page.addresses:
            assert HOST not in address, path
            assert not address.startswith("javascript:"), path
    assert told


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "python:hostile:raised", "-k", ASKED),
        ("call", HOSTILE, "KEY-01"),
        ("compare", "a.json", "b.json"),
    ],
)
def test_a_terminal_gets_no_code_but_the_colors_of_the_suite(
    written: Written, arguments: tuple[str, ...]
) -> None:
    document = json.loads(written.read("report.json"))
    document["reporter"]["name"] = "\x1b[35mnamed\n::error::owned"
    for name in ("a.json", "b.json"):
        (written.folder / name).write_text(json.dumps(document))
    environment = {**MUTANTS, "GITHUB_ACTIONS": "true"}
    ran = run_here(*arguments, folder=written.folder, environment=environment)
    expect_fit_for_a_terminal(ran.stdout)
    first, *_, last = re.findall(r"(?m)^::(?:stop-commands::)?([0-9a-f]{64})(?:::)?$", ran.stdout)
    assert first == last


class Page(HTMLParser):
    """The elements that a browser would find on a page."""

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
