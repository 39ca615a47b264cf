"""What the tests of the site share."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, ViewportSize

AXE = Path(__file__).parent / "site" / "node_modules" / "axe-core" / "axe.min.js"
GONE = "ERR-60"
"""The requirement that only an old report has."""
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=390, height=800)


def violations(page: Page, *rules: str) -> str:
    """What axe finds; of all rules, or of some."""
    # It would fetch the style sheet anew, of which it needs no more than what is computed.
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
