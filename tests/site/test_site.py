"""The site in a real browser: every kind of page, both themes, wide and narrow, on paper."""

from pathlib import Path

import pytest
from looking import AXE, NARROW, RETRIED, follow, violations
from playwright.sync_api import Browser, Page, expect

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.rules import Rule

SAMPLE = (
    *("index.html", "runs.html", "reporters/right.html", "reporters/wrong.html"),
    f"runs/{all_scenarios()[0].id}.html",
    f"rules/{all_rules()[0].id}.html",
    *(f"diagrams/{name}.html" for name in all_diagrams()),
)


@pytest.mark.parametrize("name", SAMPLE)
def test_pages_are_accessible(site: Path, page: Page, name: str) -> None:
    """By axe, in both color schemes, wide and narrow."""
    page.goto((site / name).as_uri())
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" - S3 reporter conformance")
    # Not the menus, which cover the page.
    page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true })")
    page.evaluate(AXE.read_text())
    assert violations(page) == ""
    page.emulate_media(color_scheme="dark")
    assert violations(page, "color-contrast", "link-in-text-block") == ""
    page.set_viewport_size(NARROW)
    assert violations(page, "scrollable-region-focusable", "target-size") == ""
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert beyond <= 0, "the page is wider than the window"


def test_on_paper_everything_is_unfolded(site: Path, page: Page, broken: Rule) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((site / "rules" / f"{broken.id}.html").as_uri())
    assert not page.locator("nav").is_visible()
    assert page.locator(".runs a").first.is_visible()
    # Nobody prints on black paper.
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    assert not page.locator(".player").is_visible()


def test_without_scripts_everything_is_there(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator(".matrix .rule:visible").count() == len(all_rules())
    assert not page.locator(".switch").is_visible()
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    assert page.locator(".drawing .node.passed").count()
    assert not page.locator(".player").is_visible()
    context.close()


def test_the_verdict_comes_first(site: Path, page: Page, broken: Rule, unmet: Rule) -> None:
    page.goto((site / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "1 of 3 reporters conforms"
    assert page.locator(".card .conclusion").all_inner_texts() == [
        "Does not conform",
        "No verdict",
        "Conforms",
    ]
    page.set_viewport_size(NARROW)
    expect(page.locator(".faults li").first).to_be_in_viewport()
    wrong = page.locator(".card").first
    assert wrong.locator("h3").all_inner_texts() == ["Faults: 1", "Recommendations not met: 1"]
    wrong.get_by_text("Recommendations not met: 1").click()
    faults = wrong.locator(".faults li").all_inner_texts()
    for rule, told in zip((broken, unmet), faults, strict=True):
        assert f"{rule.id} {rule.name}" in told
        assert "always" in told
    follow(page, wrong.get_by_role("link", name="wrong 1.0", exact=True))
    assert page.locator(".tiles .box.failed").count()
    follow(page, page.locator(".faults").get_by_role("link", name=broken.id))
    assert page.locator(":target").inner_text().startswith("wrong 1.0: ✗ failed")


def test_the_pictures_have_the_colors_of_the_chosen_reporter(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    tiles = page.locator(".tiles a")
    assert tiles.count() == len(all_diagrams())
    errors = tiles.filter(has_text="Error handling")
    page.get_by_role("radio", name="right 2.0").check()
    assert errors.locator(".node.failed, .box:visible").count() == 0
    page.get_by_role("radio", name="wrong 1.0").check()
    assert errors.locator(".node.failed").count() == 1
    assert errors.locator(".node.unmet").count() == 1
    assert errors.locator(".box:visible").count() == 2
    hero = page.locator(".hero")
    assert hero.locator(".node.lit, .node.off").count() == len(RETRIED)
    hero.get_by_role("button", name="Play").click()
    assert hero.get_by_role("status").inner_text().startswith("1 of ")
    follow(page, errors)
    assert "?of=wrong" in page.url
    assert page.locator(".caption strong").inner_text() == "wrong 1.0"
    assert page.locator(".drawing .node.failed").count() == 1


def test_a_reporter_has_a_history(site: Path, page: Page, broken: Rule) -> None:
    page.goto((site / "index.html").as_uri())
    follow(page, page.locator(".card").last.get_by_role("link", name="1.0"))
    table = page.get_by_role("region", name="Versions of right").locator("table")
    assert table.locator("thead th").all_inner_texts() == ["Rule", "right 1.0", "right 2.0"]
    signs = table.get_by_role("row", name=broken.id).locator(".cell [aria-hidden]")
    assert signs.all_inner_texts() == ["✗", "✓"]
