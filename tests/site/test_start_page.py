"""The start page: the verdict, the small pictures, and the rules."""

from pathlib import Path

from looking import follow
from playwright.sync_api import Page

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.rules import Rule


def test_the_verdict_comes_first(site: Path, page: Page, broken: Rule, unmet: Rule) -> None:
    page.goto((site / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "1 of 3 reporters conforms"
    assert page.locator(".card .conclusion").all_inner_texts() == [
        "Conforms",
        "Does not conform",
        "No verdict",
    ]
    wrong = page.locator(".card").nth(1)
    assert wrong.locator("h3").all_inner_texts() == ["Faults: 1", "Recommendations not met: 1"]
    faults = wrong.locator(".faults li").all_inner_texts()
    for rule, told in zip((broken, unmet), faults, strict=True):
        assert f"{rule.id} {rule.name}" in told
        assert "always" in told
    follow(page, wrong.get_by_role("link", name=broken.id))
    assert page.locator(":target").inner_text().startswith("wrong 1.0: ✗ failed")


def test_the_pictures_have_the_colors_of_the_chosen_reporter(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    tiles = page.locator(".tiles a")
    assert tiles.count() == len(all_diagrams())
    errors = tiles.filter(has_text="Error handling")
    assert errors.locator(".failed").count() == 0
    page.get_by_role("radio", name="wrong 1.0").check()
    assert errors.locator(".node.failed").count() == 1
    assert errors.locator(".node.unmet").count() == 1
    follow(page, errors)
    assert "?of=wrong" in page.url
    assert page.locator(".caption strong").inner_text() == "wrong 1.0"
    assert page.locator(".drawing .node.failed").count() == 1


def test_versions_are_a_row(site: Path, page: Page, broken: Rule) -> None:
    page.goto((site / "index.html").as_uri())
    follow(page, page.locator(".card").first.get_by_role("link", name="1.0"))
    table = page.get_by_role("region", name="Versions of right on moto").locator("table")
    assert table.locator("thead th").all_inner_texts() == ["1.0", "2.0"]
    better = table.get_by_role("row", name="Became better")
    follow(page, better.get_by_role("link", name=broken.id))
    assert broken.id in page.locator("h1").inner_text()
