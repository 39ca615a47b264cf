"""Helpers of the tests of the site."""

import json
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, ViewportSize

from s3_reporter_conformance.spec.diagrams import Diagram, all_diagrams
from s3_reporter_conformance.verdict.runs import Routes

AXE = Path(__file__).parent / "site" / "node_modules" / "axe-core" / "axe.min.js"
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=390, height=800)
RETRIED = (
    *("begin", "call_successful", "error_type", "backoff", "retry", "retry_successful"),
    *("process_response", "make_url", "return_url", "done"),
)


def routes(number: int) -> Mapping[str, Routes]:
    """A route through each diagram; the first run is retried, the others are not."""
    found = {name: (route(diagram),) for name, diagram in all_diagrams().items()}
    return found if number else {**found, "error_handling": (RETRIED,)}


def route(diagram: Diagram) -> tuple[str, ...]:
    """The first path from the begin of a diagram to an end."""
    return next(
        path
        for path in diagram.prime_paths()
        if path[0] == diagram.begin and not diagram.leaving(path[-1])
    )


def violations(page: Page, *rules: str) -> str:
    """The findings of axe, of all its rules or of some."""
    # It would fetch the style sheet anew, although it needs only the computed styles.
    only = {"preload": False, **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("only => axe.run(document, only).then(found => found.violations)", only)
    told = [
        (each["id"], [node["target"] for node in each["nodes"]][:3], each["help"]) for each in found
    ]
    return json.dumps(told, indent=1) if told else ""


def follow(page: Page, link: Locator) -> None:
    """Click on a link, and wait until the scripts of the page behind it have run."""
    with page.expect_navigation(wait_until="load"):
        link.click()
