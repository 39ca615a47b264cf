"""A run of a reporter that fails, for the tests of what is told of it."""

from pathlib import Path

import pytest
from running import run_here

SELECTED = "ERR-03 or ERR-05 or ERR-06 or FMT-01 or FMT-07 or EXT-SECRETS-01"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a reporter was verified in series and in parallel."""
    folder = tmp_path_factory.mktemp("reports")
    asked = ("verify", "python:mutants.retry:FirstRetryBelieved", "-k", SELECTED)
    declared = ("--features", "retry-options,no-secrets", "--max-retries", "2")
    files = {
        "--junitxml": "junit.xml",
        "--markdown": "summary.md",
        "--cucumber-messages": "messages.ndjson",
    }
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "step.md")}
    for name, more in (("series", ()), ("parallel", ("-n", "2"))):
        done = run_here(
            *(*asked, *declared, *more, "--report", f"{name}.json"),
            *(word for flag, file in files.items() for word in (flag, f"{name}-{file}")),
            folder=folder,
            environment=github,
        )
        (folder / f"{name}.txt").write_text(done.stdout)
        assert (done.returncode, done.stderr) == (1, ""), done.stdout
    return folder
