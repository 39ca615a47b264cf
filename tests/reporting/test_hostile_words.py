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
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios

OURS = re.compile(r"\x1b\[(0|1|22|3[1-6])m")
NEVER = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
HOSTILE = "python:hostile:Hostile"
ASKED = "a-json-report or a-yaml-report or throttled-once-then-successful"
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


def test_the_site_runs_no_script_but_its_own_and_no_link_is_dead(written: Written) -> None:
    document = json.loads(written.read("report.json"))
    (written.folder / "new.json").write_text(json.dumps(document))
    # Another version of the suite had other rules and runs.
    document["reporter"]["version"] = "0"
    document["runs"][0]["id"] = "../../a-run-of-old"
    document["rules"][0] |= {"id": "KEY-99", "runs": ["../../a-run-of-old"]}
    (written.folder / "old.json").write_text(json.dumps(document))
    run_here("docs", "new.json", "old.json", "--output", "a/site", folder=written.folder)
    assert [path.name for path in (written.folder / "a").iterdir()] == ["site"]
    shared = ET.fromstring(written.read("a/site/share.svg"))  # noqa: S314 -- the suite wrote it
    drawn = {each.tag.rpartition("}")[2] for each in shared.iter()}
    assert drawn == {"svg", "title", "style", "rect", "text", "tspan"}
    paths = (written.folder / "a" / "site").rglob("*.html")
    pages = {path.resolve(): Page(written.read(str(path))) for path in paths}
    assert len(pages) == len(all_diagrams()) + len(all_rules()) + len(all_scenarios()) + 4
    for path, page in pages.items():
        assert "Content-Security-Policy" in path.read_text(), path
        assert not [each for each in page.attributes if each[1].startswith("on")], path
        assert page.tags.isdisjoint({"iframe", "object", "embed", "base", "img"}), path
        for script in page.scripts:
            own = re.fullmatch(r"(\.\./)?static/\w+\.js", script.get("src") or "")
            assert own or script == {"type": "application/json", "id": "played"}, path
        assert len(page.anchors) == len(set(page.anchors)), path
        for address in page.addresses:
            file, _, anchor = address.partition("#")
            target = (path.parent / file.partition("?")[0]).resolve() if file else path
            assert address == "data:," or target.is_file(), f"{path.name}: {address}"
            assert not anchor or anchor in pages[target].anchors, f"{path.name}: {address}"


def test_each_rule_has_a_row_and_a_page_with_its_evidence(written: Written) -> None:
    rows = re.findall(r'<tr class="rule">.*?rules/([\w-]+)\.html', written.read("site/index.html"))
    assert sorted(rows) == sorted(rule.id for rule in all_rules())
    text = written.read("site/rules/KEY-01.html")
    for words in ("Often wrong:", "The simplest run that breaks it", "Repeat it:", "alert(1)"):
        assert words in text, words


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
        self.anchors: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        if tag == "script":
            self.scripts.append(dict(attrs))
        self.anchors += [value or "" for name, value in attrs if name == "id"]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
