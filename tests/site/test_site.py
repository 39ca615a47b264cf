"""The site in a real browser: every page, every link, both themes, wide and narrow, on paper."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from looking import AXE, GONE, NARROW, violations
from playwright.sync_api import Browser, Page

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_requirements

SAMPLE = (
    "index.html",
    "versions.html",
    "coverage.html",
    "kill-matrix.html",
    "guides/contract.html",
    "guides/interpretations.html",
    "guides/backends.html",
    "requirements/ERR-03.html",
    f"requirements/{GONE}.html",
    "requirements/FMT-06.html",
    "requirements/EXT-SECRETS-03.html",
    *(f"diagrams/{name}.html" for name in all_diagrams()),
)


def test_every_page_opens_in_silence(site: Path, page: Page) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 4 + len(all_diagrams()) + len(all_requirements()) + 1 + len(
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
            address, _, anchor = link.partition("#")
            # What is behind the question mark is for the scripts.
            file = address.partition("?")[0]
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), f"{path.name}: {link}"
            assert not anchor or anchor in pages[target].anchors, f"{path.name}: {link}"
    assert {link for link in outside if not link.startswith(("https://", "data:"))} == set()


def test_on_paper_everything_is_unfolded(site: Path, page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((site / "index.html").as_uri())
    assert page.locator(".matrix .asked:visible").count() == len(all_requirements()) + 1
    assert not page.locator("nav").is_visible()
    assert not page.locator(".filters").is_visible()
    # Nobody prints on black paper.
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    assert not page.locator(".player").is_visible()
    assert page.locator("#arrow-0").is_visible()


def test_a_picture_to_share(site: Path, page: Page) -> None:
    page.goto((site / "requirements" / "ERR-03.html").as_uri())
    image = page.locator("meta[property='og:image']").get_attribute("content")
    assert image == "../share.svg"
    page.goto((site / "share.svg").as_uri())
    size = page.evaluate(
        "['width', 'height'].map(each => Number(document.rootElement.getAttribute(each)))"
    )
    assert size == [1200, 630]
    assert page.locator("svg svg svg").count() == len(all_diagrams())
    beyond = page.evaluate(
        """[...document.querySelectorAll('text, .bar, svg svg')].filter(each => {
            const box = each.getBoundingClientRect();
            return box.right > 1200 || box.bottom > 630;
        }).length"""
    )
    assert beyond == 0


def test_without_scripts_everything_is_there(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator(".matrix .asked:visible").count() == len(all_requirements()) + 1
    for scripted in (".filters", ".switch", ".matrix button"):
        assert not page.locator(scripted).is_visible()
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    drawings = page.locator(".drawing:visible")
    assert drawings.count() == 4
    assert drawings.nth(1).locator(".edge.left").count() > 0
    assert page.locator(".caption:visible").nth(1).inner_text().endswith(")")
    assert not page.locator(".player").is_visible()
    context.close()


@pytest.mark.parametrize("name", SAMPLE)
def test_pages_are_accessible(site: Path, page: Page, name: str) -> None:
    page.goto((site / name).as_uri())
    # Not the menus, which cover what is behind them.
    page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true })")
    page.evaluate(AXE.read_text())
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
    assert "#arrow-" in page.url


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
    assert page.locator(".timeline").count() == 4
    assert page.locator(".drawing .edge.left").count() == 1
    first = page.locator(".timeline").first
    assert first.locator("circle.bad").count() == 2
    assert first.locator("circle.fine").count() >= 1
