"""A site of several reporters, and a browser to look at it."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from looking import GONE, WIDE
from playwright.sync_api import Browser, Page, sync_playwright
from running import MUTANTS, run

WRONG = "python:mutants.retry:FirstRetryBelieved"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a right reporter, a wrong one, one that cannot be asked, and of old reports."""
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
    old = json.loads((folder / "wrong.json").read_text())
    old["started"] = "2020-02-02T10:00:00+00:00"
    gone = next(each for each in old["requirements"] if each["id"] == "ERR-03")
    old["requirements"].append({**gone, "id": GONE, "name": "What nobody asks any more"})
    (folder / "old.json").write_text(json.dumps(old))
    drawn = run("docs", *asked, "older.json", "old.json", "--output", "site", folder=folder)
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
