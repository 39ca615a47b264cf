"""The pages of the diagrams: one drawing, a switch between reporters, and runs that are played."""

import re
from pathlib import Path

import pytest
from looking import AXE, NARROW, follow, violations
from playwright.sync_api import Page, expect

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_requirements


def test_bars_are_as_long_as_there_are_results(site: Path, page: Page) -> None:
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    bar = page.locator(".bars li").nth(1).locator(".bar")
    failed, passed = (bar.locator(f".{each}").bounding_box() for each in ("failed", "passed"))
    assert failed
    assert passed
    told = page.locator(".bars li").nth(1).inner_text()
    counts = [int(re.findall(rf"{each}: (\d+)", told)[0]) for each in ("failed", "passed")]
    assert failed["width"] / passed["width"] == pytest.approx(counts[0] / counts[1], rel=0.1)


def test_an_arrow_leads_to_its_requirements(site: Path, page: Page) -> None:
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    assert page.locator(".drawing").count() == 1
    arrow = page.locator(".drawing a[aria-label^='retry_successful - No -> max_reached']")
    assert "every requirement that came by passed" in (arrow.get_attribute("aria-label") or "")
    page.get_by_role("radio").nth(1).check()
    label = arrow.get_attribute("aria-label") or ""
    assert label.endswith(": a requirement failed here")
    assert "ERR-03" in label
    assert arrow.locator("title").text_content() == label
    assert "left" in (arrow.locator(".edge").get_attribute("class") or "").split()
    # In the middle of the line, where a reader would.
    arrow.locator(".hit").dispatch_event("click")
    assert re.search(r"#arrow-\d+$", page.url)
    row = page.locator(":target")
    assert row.is_visible()
    cell = row.locator("td").nth(1)
    assert "a requirement failed here" in cell.inner_text()
    follow(page, cell.get_by_role("link", name="ERR-03"))
    assert "/requirements/ERR-03.html#" in page.url
    assert "expected" in page.locator("main").inner_text().lower()


def test_arrows_differ_in_more_than_color(site: Path, page: Page) -> None:
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    dashes = {}
    for state in ("passed", "left", "touched", "broken", "unknown", "differs"):
        sample = page.locator(f".legend .edge.{state}")
        style = sample.evaluate(
            "e => getComputedStyle(e).strokeDasharray + getComputedStyle(e).strokeWidth"
        )
        dashes[state] = style
    assert len(set(dashes.values())) == 6
    page.get_by_role("radio").nth(1).check()
    signs = page.locator(".drawing text.sign").all_text_contents()
    assert {"✗", "≈", "✓"} <= set(signs)


def test_two_reporters_are_compared_on_one_drawing(site: Path, page: Page) -> None:
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    page.get_by_label("where two differ").check()
    arrow = page.locator(".drawing a[aria-label^='retry_successful - No -> max_reached']")
    assert "differs" in (arrow.locator(".edge").get_attribute("class") or "").split()
    label = arrow.get_attribute("aria-label") or ""
    assert re.search(r"reference .*: every .* passed; python:.*: a requirement failed here$", label)
    assert page.locator(".legend .differing").is_visible()
    page.get_by_label("second").select_option(index=0)
    assert page.locator(".drawing .differs").count() == 0
    assert "0 arrows and boxes differ" in page.locator(".caption").inner_text()
    page.get_by_role("radio").first.check()
    assert page.locator(".drawing .same").count() == 0
    assert page.locator(".drawing .edge.passed").count() > 0


def test_a_run_is_played(site: Path, page: Page) -> None:
    page.goto((site / "requirements" / "ERR-03.html").as_uri())
    follow(page, page.get_by_role("link", name="Play it on the diagram"))
    page.get_by_role("radio").nth(1).check()
    player = page.get_by_role("form", name="Play a run")
    step = player.get_by_role("status")
    assert step.inner_text() == "1 of 7: Begin the API call"
    assert re.search(r"FirstRetryBelieved .*: ✗ failed", player.inner_text())
    assert "expected: 3 PutObject requests" in player.inner_text()
    assert page.locator(".drawing .edge.lit").count() == 0
    requests = player.locator(".requests li")
    sent = player.locator(".requests .sent")
    # The second upload is sent where the diagram retries, not before.
    assert sent.count() == requests.count() - 1
    for _ in range(4):
        player.get_by_role("button", name="Next").click()
    assert step.inner_text() == "5 of 7: Retry the API call"
    assert page.locator(".drawing .edge.lit").count() == 4
    assert sent.count() == requests.count()
    player.get_by_role("button", name="Play").click()
    # Not `wait_for_function`, which the content security policy of the page forbids.
    expect(step).to_have_text(re.compile("^7 of 7"), timeout=30_000)
    assert "✗ left here, not reached: (No) Max retries reached?" in step.inner_text()
    assert page.locator(".drawing .edge.off").count() == 1
    assert player.get_by_role("button", name="Next").is_disabled()
    assert player.get_by_role("button", name="Play").is_visible()
    page.evaluate(AXE.read_text())
    assert violations(page) == ""
    # The right reporter goes on to the end of the path.
    page.get_by_role("radio").first.check()
    player.get_by_role("button", name="End").click()
    assert step.inner_text().endswith(": End")
    assert page.locator(".drawing .off").count() == 0


def test_a_run_that_is_played_stays_in_sight(site: Path, page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto((site / "diagrams" / "error_handling.html").as_uri() + "?play=ERR-08")
    step = page.get_by_role("form", name="Play a run").get_by_role("button", name="Next")
    while step.is_enabled():
        step.click()
        expect(page.locator(".drawing .now[data-at]")).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("name", sorted(all_diagrams()))
def test_every_run_lights_up_its_whole_path(site: Path, page: Page, name: str) -> None:
    page.goto((site / "diagrams" / f"{name}.html").as_uri())
    choice = page.get_by_label("Play the run of")
    for requirement in all_requirements():
        if requirement.diagram == name:
            choice.select_option(requirement.id)
            page.get_by_role("button", name="End").click()
            lit = page.locator(".drawing .lit[data-at]").evaluate_all(
                "all => all.map(each => each.dataset.at)"
            )
            assert set(lit) == set(requirement.route), requirement.id
            if name != "report_sequence":
                paths = page.locator(".drawing path.edge.lit").count()
                assert paths == len(set(requirement.arrows)), requirement.id


def test_a_reporter_that_cannot_be_asked_is_no_failure(site: Path, page: Page) -> None:
    page.goto((site / "diagrams" / "architecture.html").as_uri())
    page.get_by_role("radio", name="command:false").check()
    broken = page.locator(".drawing")
    assert broken.locator(".edge.broken").count() == 9
    assert broken.locator(".edge.left").count() == 0
