"""A site of several reporters, and a browser to look at it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from looking import WIDE, routes
from playwright.sync_api import Browser, Page, sync_playwright
from results import a_finding, a_report, a_reporter, a_run, a_verdict

from s3_reporter_conformance.reporting.html.site import build_site
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.rules import Level, Rule
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status


def first_rule(level: Level, node: str) -> Rule:
    """The first rule of a level at a node of the diagram of errors."""
    return next(
        each
        for each in all_rules()
        if (each.diagram, each.node, each.level) == ("error_handling", node, level)
    )


@pytest.fixture(scope="session")
def broken() -> Rule:
    """The core rule that the wrong reporter breaks, in all runs."""
    return first_rule(Level.CORE, "backoff")


@pytest.fixture(scope="session")
def unmet() -> Rule:
    """The recommendation that the wrong reporter does not meet, in all runs."""
    return first_rule(Level.RECOMMENDED, "error_type")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, broken: Rule, unmet: Rule) -> Path:
    """A site of two versions of a right reporter, a wrong one, and one that always crashes."""
    folder = tmp_path_factory.mktemp("site")
    reports = [
        a_report_on("right", "2.0"),
        a_report_on("wrong", "1.0", broken, unmet),
        a_report_on("crashing", "1.0", status=Status.ADAPTER_ERROR),
        a_report_on("right", "1.0", broken),
    ]
    build_site(reports, folder)
    return folder


def a_report_on(name: str, version: str, *broken: Rule, status: Status | None = None) -> Report:
    """A report with a run of every scenario, all of which break some rules."""
    rules = all_rules()
    findings = [
        a_finding(each.id, diagram=each.diagram, node=each.node, seen="another thing")
        for each in broken
    ]
    kept = [rule.id for rule in rules if rule not in broken and not rule.feature]
    runs = [
        a_run(scenario.id, status=status, problem="it crashed")
        if status
        else a_run(scenario.id, keeps=kept, breaks=findings, paths=routes(number))
        for number, scenario in enumerate(all_scenarios())
    ]
    verdict = a_verdict(*runs, rules=rules)
    return a_report(verdict.rules, runs, reporter=a_reporter(name=name, version=version))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must be silent: no message in the console, no request to a network."""
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
