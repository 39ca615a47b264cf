"""The published project: its version, where it may come from, its hooks, and its guarantees."""

import re
import shlex
import subprocess
from pathlib import Path

import yaml
from packaging.specifiers import SpecifierSet
from rooms import ROOT
from running import run_here
from tomlkit import parse

from s3_reporter_conformance import __version__
from s3_reporter_conformance.verdict.exit_code import ExitCode
from s3_reporter_conformance.verdict.report import SCHEMA_VERSION

PYPROJECT = parse((ROOT / "pyproject.toml").read_text()).unwrap()
GUARANTEES = (ROOT / "docs" / "guarantees.md").read_text()
NAMED = re.compile(r"OWNER/s3-reporter-conformance(?:@v|:)(\d[\d.]*\d)|\brev: v(\d[\d.]*\d)")
# A stranger could take it on the index.
BARE_NAME = re.compile(
    r"\b(?:pip3?|pipx|uv|uvx|poetry)\b[^\n\\&|;]*?"
    r"[ '\"`]s3[-_.]reporter[-_.]conformance(?:\[[^\]\n]*\])?(?! @ )(?=[\s'\"`,;)=<>~!]|$)",
    re.IGNORECASE,
)


def test_the_documents_name_the_current_version() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {one or other for page in pages for one, other in NAMED.findall(page.read_text())}
    assert named == {__version__}
    assert f"\n## {__version__} (" in (ROOT / "CHANGELOG.md").read_text()


def test_nothing_installs_the_bare_name() -> None:
    assert BARE_NAME.search("uv tool install 's3_reporter_conformance[analysis]'")
    assert not BARE_NAME.search("pip install 's3-reporter-conformance @ git+https://a.example/b'")
    listed = subprocess.run(
        ["git", "ls-files", "*.md", "*.y*ml", "*.toml", "*Dockerfile"],  # noqa: S607 -- git of the machine
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert len(listed) > 40
    assert [name for name in listed if BARE_NAME.search((ROOT / name).read_text("utf-8"))] == []


def test_the_hooks_of_contributors_run_the_versions_that_lint_runs() -> None:
    [repository] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repository["hooks"]:
        assert set(hook["additional_dependencies"]) <= set(PYPROJECT["dependency-groups"]["lint"])


def test_the_hook_of_users_verifies_their_manifest(tmp_path: Path) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    command, *arguments = shlex.split(f"{hook['entry']} {shlex.join(hook['args'])}")
    assert command in PYPROJECT["project"]["scripts"]
    manifest = 'name = "mine"\nadapter = "python:reporters:Broken"\n'
    (tmp_path / "reporter.toml").write_text(manifest)
    done = run_here(*arguments, "-k", "a-json-report", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_exit_codes_and_the_number_of_the_report_are_the_current_ones() -> None:
    _, _, codes = GUARANTEES.partition("\n## Exit codes\n")
    listed = re.findall(r"^\| (\d+) \|", codes.partition("\n## ")[0], re.MULTILINE)
    assert [int(code) for code in listed] == [*ExitCode]
    assert f"`schema_version` is {SCHEMA_VERSION}." in GUARANTEES


def test_every_promised_python_is_tested() -> None:
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())["jobs"]["tox"]
    tested = job["strategy"]["matrix"]["python"]
    promised = [c.rpartition(" ")[2] for c in PYPROJECT["project"]["classifiers"] if ":: 3." in c]
    assert tested == promised
    assert f"Python: {tested[0]} to {tested[-1]} " in GUARANTEES
    assert tested[0] in SpecifierSet(PYPROJECT["project"]["requires-python"])
