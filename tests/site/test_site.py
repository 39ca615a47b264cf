"""The site in a real browser: every page, every link, both themes, wide and narrow."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from running import MUTANTS, run

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_requirements

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
WRONG = "python:mutants.retry:FirstRetryBelieved"
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=390, height=800)
SAMPLE = (
    "index.html",
    "versions.html",
    "coverage.html",
    "kill-matrix.html",
    "guides/contract.html",
    "guides/interpretations.html",
    "requirements/ERR-03.html",
    "requirements/FMT-06.html",
    "requirements/EXT-SECRETS-03.html",
    *(f"diagrams/{name}.html" for name in all_diagrams()),
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a right reporter, of a wrong one, and of one that cannot be asked."""
    folder = tmp_path_factory.mktemp("site")
    errors = "ERR-01 or ERR-03 or ERR-05 or ERR-07 or ERR-08"
    asked = {
        "right.json": ("reference", "-k", f"{errors} or FMT-06"),
        "wrong.json": (WRONG, "-k", f"{errors} or KEY-03"),
        "broken.json": ("command:false", "-m", "architecture"),
    }
    for file, arguments in asked.items():
        run("verify", *arguments, "--quiet", "--report", file, folder=folder, environment=MUTANTS)
    older = json.loads((folder / "wrong.json").read_text())
    right = json.loads((folder / "right.json").read_text())
    older["reporter"] = {**right["reporter"], "version": "0.0.1"}
    (folder / "older.json").write_text(json.dumps(older))
    drawn = run("docs", *asked, "older.json", "--output", "site", folder=folder)
    assert drawn.returncode == 0, drawn.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that says when it is not silent: in the console, or by asking a network."""
    context = browser.new_context(viewport=WIDE, offline=True)
    page = context.new_page()
    noise: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("requestfailed", lambda request: noise.append(f"failed: {request.url}"))
    page.on("request", lambda request: requests.append(request.url))
    yield page
    context.close()
    assert noise + [url for url in requests if not url.startswith(("file:", "data:"))] == []


def test_every_page_opens_in_silence(site: Path, page: Page) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 4 + len(all_diagrams()) + len(all_requirements()) + len(
        list((site / "guides").iterdir())
    )
    for path in pages:
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1, path
        assert page.title().endswith(" - S3 reporter conformance")
        assert path.stat().st_size < 1_000_000, path


class _Links(HTMLParser):
    """The links of a page and the anchors in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if identifier := given.get("id"):
            assert identifier not in self.anchors, f"{identifier} twice"
            self.anchors.add(identifier)
        for name in ("href", "src"):
            if value := given.get(name):
                self.links.append(value)


def test_every_link_leads_somewhere(site: Path) -> None:
    pages = {path.resolve(): _Links(path.read_text()) for path in site.rglob("*.html")}
    outside = set()
    for path, found in pages.items():
        for link in found.links:
            if re.match(r"[a-z]+:", link):
                outside.add(link)
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), f"{path.name}: {link}"
            assert not anchor or anchor in pages[target].anchors, f"{path.name}: {link}"
    assert {link for link in outside if not link.startswith(("https://", "data:"))} == set()


def test_an_arrow_leads_to_its_requirements(site: Path, page: Page) -> None:
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    drawing = page.locator(".drawing").nth(1)
    arrow = drawing.locator("a[aria-label^='retry_successful - No -> max_reached']")
    label = arrow.get_attribute("aria-label") or ""
    assert "a requirement failed here" in label
    assert "ERR-03" in label
    assert "left" in (arrow.locator(".edge").get_attribute("class") or "").split()
    # In the middle of the line, where a reader would.
    arrow.locator(".hit").dispatch_event("click")
    assert re.search(r"#python-mutants-retry-firstretrybelieved-arrow-\d+$", page.url)
    row = page.locator(":target")
    assert row.is_visible()
    assert "a requirement failed here" in row.inner_text()
    row.get_by_role("link", name="ERR-03").click()
    assert "/requirements/ERR-03.html#" in page.url
    assert "expected" in page.locator("main").inner_text().lower()


def test_arrows_differ_in_more_than_color(site: Path, page: Page) -> None:
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    dashes = {}
    for state in ("passed", "left", "touched", "broken", "unknown"):
        sample = page.locator(f".legend .edge.{state}")
        style = sample.evaluate(
            "e => getComputedStyle(e).strokeDasharray + getComputedStyle(e).strokeWidth"
        )
        dashes[state] = style
    assert len(set(dashes.values())) == 5
    signs = page.locator(".drawing").nth(1).locator("text.sign").all_text_contents()
    assert {"✗", "≈", "✓"} <= set(signs)


def test_the_matrix_filters(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    rows = page.locator(".matrix tbody tr:visible")
    everything = len(all_requirements())
    assert rows.count() == everything
    page.get_by_label("Text").fill("err-05")
    assert rows.count() == 1
    assert page.get_by_role("status").inner_text() == f"1 of {everything} requirements"
    page.get_by_label("Text").fill("")
    page.get_by_label("Level").select_option("extended")
    assert rows.count() == sum(r.level.value == "extended" for r in all_requirements())
    page.get_by_label("Level").select_option("")
    page.get_by_label("Result").select_option("failed")
    failed = rows.count()
    assert 0 < failed < 20
    page.get_by_label("Result").select_option("")
    page.get_by_label("Diagram").select_option("architecture")
    assert rows.count() == sum(r.diagram == "architecture" for r in all_requirements())
    page.get_by_label("Diagram").select_option("")
    page.get_by_label("only where they differ").check()
    assert failed < rows.count() <= everything
    page.locator(".matrix a.cell.failed").first.click()
    assert "/requirements/" in page.url
    assert page.locator(":target").is_visible()


def test_versions_are_a_row(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    assert page.locator(".matrix thead th").count() == 4
    page.get_by_role("link", name="0.0.1").click()
    table = page.get_by_role("region", name=re.compile("^Versions of")).locator("table")
    assert table.locator("thead th").all_inner_texts()[0] == "0.0.1"
    better = table.get_by_role("row", name="Became better")
    better.get_by_role("link", name="ERR-03").click()
    assert "ERR-03" in page.locator("h1").inner_text()


def test_without_scripts_everything_is_there(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator(".matrix tbody tr").count() == len(all_requirements())
    assert not page.locator(".filters").is_visible()
    context.close()


def violations(page: Page, *rules: str) -> str:
    """What axe finds; of all rules, or of some."""
    # It would fetch the style sheet anew, of which it needs no more than what is computed.
    only = {"preload": False, **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("only => axe.run(document, only).then(found => found.violations)", only)
    told = [
        (each["id"], [node["target"] for node in each["nodes"]][:3], each["help"]) for each in found
    ]
    return json.dumps(told, indent=1) if told else ""


@pytest.mark.parametrize("name", SAMPLE)
def test_pages_are_accessible(site: Path, page: Page, name: str) -> None:
    page.goto((site / name).as_uri())
    # Not the menus, which cover what is behind them.
    page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true })")
    page.add_script_tag(path=AXE)
    assert violations(page) == ""
    page.emulate_media(color_scheme="dark")
    assert violations(page, "color-contrast", "link-in-text-block") == ""
    page.set_viewport_size(NARROW)
    assert violations(page, "scrollable-region-focusable", "target-size") == ""
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert beyond <= 0, "the page is wider than the window"


def test_everything_is_reached_by_keyboard(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.goto((site / "diagrams" / "local_output.html").as_uri())
    arrow = page.locator(".drawing a").first
    arrow.focus()
    page.keyboard.press("Enter")
    assert "-arrow-" in page.url


def test_a_requirement_has_what_was_seen(site: Path, page: Page) -> None:
    page.goto((site / "requirements" / "ERR-03.html").as_uri())
    text = page.locator("main").inner_text()
    for words in (
        "Expected: 3 PutObject requests. Seen: 2",
        "Then S3 sees max_retries attempts",
        "reports/scans/ash-report-",
        "s3-reporter-conformance verify python:mutants.retry:FirstRetryBelieved -k ERR-03",
        "FirstRetryBelieved",
        "Interpretation 1",
    ):
        assert words in text, words
    assert page.locator(".timeline").count() == 3
    assert page.locator(".drawing .edge.left").count() == 1
    first = page.locator(".timeline").first
    assert first.locator("circle.bad").count() == 2
    assert first.locator("circle.fine").count() >= 1


def test_a_reporter_that_cannot_be_asked_is_no_failure(site: Path, page: Page) -> None:
    page.goto((site / "diagrams" / "architecture.html").as_uri())
    broken = page.locator(".drawing").nth(2)
    assert broken.locator(".edge.broken").count() == 9
    assert broken.locator(".edge.left").count() == 0
