"""The pages of the diagrams: one drawing, a switch between reporters, and runs that are played."""

import re
from pathlib import Path

import pytest
from looking import AXE, RETRIED, route, violations
from playwright.sync_api import Page, expect

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_scenarios
from s3_reporter_conformance.spec.rules import Rule

FIRST = all_scenarios()[0]


def test_a_node_leads_to_its_rules(site: Path, page: Page, broken: Rule) -> None:
    page.goto((site / "diagrams" / "error_handling.html").as_uri())
    assert page.locator(".drawing").count() == 1
    node = page.locator(".drawing a[href='#node-backoff']")
    page.get_by_role("radio", name="right").check()
    assert (node.get_attribute("aria-label") or "").endswith(": the rules hold here")
    page.get_by_role("radio", name="wrong").check()
    label = node.get_attribute("aria-label") or ""
    assert label.endswith(": a rule fails here")
    assert node.locator("title").text_content() == label
    assert node.locator("text.sign").text_content() == "✗"
    signs = page.locator(".drawing text.sign").all_text_contents()
    assert {"✗", "≈", "✓"} <= set(signs)
    node.focus()
    page.keyboard.press("Enter")
    assert f"{broken.id} {broken.name}" in page.locator(":target").inner_text()
    page.get_by_role("radio", name="crashing").check()
    assert page.locator(".drawing .node:not(.plain)").count() == 0


def test_a_run_is_played(site: Path, page: Page, broken: Rule) -> None:
    page.goto((site / "diagrams" / "error_handling.html").as_uri() + f"?play={FIRST.id}")
    page.get_by_role("radio", name="wrong").check()
    player = page.get_by_role("form", name="Play a run")
    step = player.get_by_role("status")
    last = len(RETRIED)
    assert step.inner_text() == f"1 of {last}: Begin the API call"
    assert page.locator(".drawing .edge.lit").count() == 0
    for _ in range(3):
        player.get_by_role("button", name="Next").click()
    told = step.inner_text()
    assert told == f"4 of {last}: (Throttling) Back off exponentially; ✗ broken here: {broken.id}"
    assert page.locator(".drawing path.edge.lit").count() == 3
    assert page.locator(".drawing .node.off").count() == 2
    player.get_by_role("button", name="Play").click()
    # Not `wait_for_function`, which the content security policy of the page forbids.
    expect(step).to_have_text(re.compile(f"^{last} of {last}"), timeout=30_000)
    assert player.get_by_role("button", name="Next").is_disabled()
    page.evaluate(AXE.read_text())
    assert violations(page) == ""
    page.get_by_role("radio", name="right").check()
    player.get_by_role("button", name="End").click()
    assert page.locator(".drawing .off").count() == 0
    page.get_by_role("radio", name="crashing").check()
    assert "did not make this run" in player.inner_text()
    assert page.locator(".drawing .lit").count() == 0


@pytest.mark.parametrize("name", sorted(all_diagrams()))
def test_a_run_lights_up_its_whole_route(site: Path, page: Page, name: str) -> None:
    page.goto((site / "diagrams" / f"{name}.html").as_uri())
    page.get_by_label("Play the run").select_option(all_scenarios()[1].id)
    page.get_by_role("button", name="End").click()
    lit = page.locator(".drawing .lit[data-node]").evaluate_all(
        "all => all.map(each => each.dataset.node)"
    )
    expected = route(all_diagrams()[name])
    assert set(lit) == set(expected)
    if name != "report_sequence":
        assert page.locator(".drawing path.edge.lit").count() == len(expected) - 1
