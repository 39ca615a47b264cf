"""The hooks of pre-commit, for contributors and for users."""

import shlex
from pathlib import Path

import yaml
from rooms import ROOT
from running import run_here
from tomlkit import parse

PYPROJECT = parse((ROOT / "pyproject.toml").read_text()).unwrap()


def test_the_hooks_run_the_versions_that_lint_runs() -> None:
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
