"""The start page: the small pictures, the matrix, and what old reports add."""

import re
from pathlib import Path

import pytest
from looking import GONE, follow
from playwright.sync_api import Page

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_requirements


def test_the_start_page_is_a_picture_first(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    tiles = page.locator(".tiles a")
    assert tiles.count() == len(all_diagrams())
    errors = tiles.filter(has_text="Error handling")
    assert errors.locator(".left").count() == 0
    assert "5 of 5 passed" in errors.inner_text()
    page.get_by_role("radio", name=re.compile(r"FirstRetryBelieved \(.*-.*-.*\)$")).first.check()
    assert errors.locator(".edge.left").count() > 0
    assert "of 5 passed" in errors.inner_text()
    shown = page.locator(".caption strong").inner_text()
    follow(page, errors)
    assert "?of=python-mutants-retry-firstretrybelieved" in page.url
    assert page.locator(".caption strong").inner_text() == shown
    assert page.locator(".drawing .edge.left").count() > 0


def test_the_matrix_is_grouped(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    rows = page.locator(".matrix .asked:visible")
    assert rows.count() == 0
    naming = page.get_by_role("button", name="Object naming")
    assert naming.get_attribute("aria-expanded") == "false"
    naming.click()
    assert naming.get_attribute("aria-expanded") == "true"
    followers = [r for r in all_requirements() if r.diagram == "object_naming"]
    assert rows.count() == len(followers)
    rules = page.locator(".matrix .rule:visible").all_inner_texts()
    assert len(rules) == len({r.rule for r in followers})
    page.get_by_role("button", name="Close all").click()
    assert rows.count() == 0
    page.get_by_role("button", name="Open all").click()
    assert rows.count() == len(all_requirements()) + 1
    # The head stays, however far down the reader is.
    box = page.locator(".long")
    box.evaluate("each => each.scrollTo(0, 2000)")
    top = page.locator(".matrix thead th").first.bounding_box()
    around = box.bounding_box()
    assert top
    assert around
    assert top["y"] == pytest.approx(around["y"], abs=1)


def test_the_matrix_filters(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    rows = page.locator(".matrix .asked:visible")
    everything = len(all_requirements()) + 1
    page.get_by_label("Text").fill("err-05")
    assert rows.count() == 1
    assert page.locator(".matrix .rule:visible").count() == 1
    assert page.locator(".filters output").inner_text() == f"1 of {everything} requirements"
    page.get_by_label("Text").fill("")
    assert rows.count() == 0
    page.get_by_label("Level").select_option("extended")
    assert rows.count() == sum(r.level.value == "extended" for r in all_requirements())
    page.get_by_label("Level").select_option("")
    page.get_by_role("combobox", name="Result").select_option("failed")
    failed = rows.count()
    assert 0 < failed < 20
    page.get_by_role("combobox", name="Result").select_option("")
    page.get_by_role("combobox", name="Diagram").select_option("architecture")
    assert rows.count() == sum(r.diagram == "architecture" for r in all_requirements())
    page.get_by_role("combobox", name="Diagram").select_option("")
    page.get_by_label("only where they differ").check()
    assert failed < rows.count() <= everything
    follow(page, page.locator(".matrix a.cell.failed").first)
    assert "/requirements/" in page.url
    assert page.locator(":target").is_visible()


def test_what_only_an_old_report_has_is_shown_as_gone(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="Gone: only older reports have them").click()
    row = page.locator(".matrix .asked:visible")
    assert row.count() == 1
    assert row.locator(".cell.absent").count() == 3
    follow(page, row.locator(".cell.failed"))
    assert f"/requirements/{GONE}.html#" in page.url
    text = page.locator("main").inner_text()
    assert "Gone: this version of the suite does not have this requirement any more" in text
    assert "expected" in text.lower()
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    assert page.get_by_role("link", name=GONE).count() == 1


def test_reports_of_one_reporter_have_labels_that_tell_them_apart(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    names = page.locator(".matrix thead th").all_inner_texts()[1:]
    assert len(set(names)) == 4
    assert names[3] == "python:mutants.retry:FirstRetryBelieved (2020-02-02)"
    assert names[2] == "command:false"


def test_versions_are_a_row(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    assert page.locator(".matrix thead th").count() == 5
    follow(page, page.get_by_role("link", name="0.0.1"))
    table = page.get_by_role("region", name=re.compile("^Versions of")).locator("table")
    assert table.locator("thead th").all_inner_texts()[0] == "0.0.1"
    better = table.get_by_role("row", name="Became better")
    follow(page, better.get_by_role("link", name="ERR-03"))
    assert "ERR-03" in page.locator("h1").inner_text()
