"""The hooks of pre-commit, for contributors and for users."""

import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from rooms import ROOT
from running import run_here
from tomlkit import parse

PYPROJECT = parse((ROOT / "pyproject.toml").read_text()).unwrap()
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


def own_hooks() -> list[Any]:
    [repository] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    hooks: list[Any] = repository["hooks"]
    return hooks


@pytest.mark.parametrize("hook", own_hooks(), ids=lambda hook: str(hook["id"]))
def test_a_hook_runs_the_version_that_lint_runs(hook: Any) -> None:
    lint = {str(Requirement(each)) for each in PYPROJECT["dependency-groups"]["lint"]}
    [needed] = map(Requirement, hook["additional_dependencies"])
    assert str(needed) in lint
    assert shlex.split(hook["entry"])[0] == needed.name


def test_the_hook_of_users_verifies_their_manifest(tmp_path: Path) -> None:
    command, *arguments = shlex.split(f"{HOOK['entry']} {shlex.join(HOOK['args'])}")
    assert command in PYPROJECT["project"]["scripts"]
    without = run_here(*arguments, folder=tmp_path)
    assert "reporter.toml cannot be read: No such file" in without.stderr
    assert without.returncode == 4
    manifest = 'name = "mine"\nadapter = "python:reporters:Broken"\n'
    (tmp_path / "reporter.toml").write_text(manifest)
    done = run_here(*arguments, "-k", "a-json-report", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    # pre-commit installs the repository, and this beside it, in its folder.
    [beside] = HOOK["additional_dependencies"]
    assert beside == ".[analysis]"
    assert "analysis" in PYPROJECT["project"]["optional-dependencies"]
