"""The action and the template, run as by their runners."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from running import MUTANTS

from s3_reporter_conformance.spec.gherkin import rule_called

ROOT = Path(__file__).parents[2]
WRONG = "python:reporters:Broken"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of its own, for pip builds where the sources are."""
    copy = tmp_path_factory.mktemp("suite") / "checkout"
    unwanted = shutil.ignore_patterns(".*", "build", "*.egg-info", "node_modules", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=unwanted)
    return copy


def shell(script: str, folder: Path, environment: dict[str, str]) -> int:
    """Run a script as both services run one; pip need not fetch what is here anyway."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    # Like what a user installed: found after the suite, and before what the system has.
    base = folder / "user"
    site = Path(sysconfig.get_path("purelib", "posix_user", {"userbase": str(base)}))
    if not site.exists():
        site.parent.mkdir(parents=True)
        site.symlink_to(sysconfig.get_path("purelib"))
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command,
        cwd=folder,
        env={**clean, **MUTANTS, "PYTHONUSERBASE": str(base), "PIP_NO_DEPS": "1", **environment},
        check=False,
    ).returncode


class GitHub:
    """A runner of GitHub Actions."""

    @property
    def outputs(self) -> set[str]:
        return set(self._action["outputs"])

    def __init__(self, suite: Path, temporary: Path) -> None:
        self._action: dict[str, Any] = yaml.safe_load((suite / "action.yml").read_text())
        self._suite = suite
        self._temporary = temporary
        for name in ("Name the cache", "Install the suite"):
            assert self.step(name, temporary, reporter="reference", python=sys.executable) == 0
        assert re.fullmatch(r"key=[\w-]+-[0-9a-f]{64}\n", (temporary / "output").read_text())

    def verify(self, folder: Path, **inputs: str) -> int:
        """Run the step that verifies."""
        return self.step("Verify", folder, **inputs)

    def step(self, name: str, folder: Path, **inputs: str) -> int:
        declared = self._action["inputs"]
        values = {name: given.get("default", "") for name, given in declared.items()}
        assert set(inputs) <= set(values)
        contexts = {f"inputs.{name}": value for name, value in {**values, **inputs}.items()}
        contexts["github.action_path"] = str(self._suite)
        [step] = (each for each in self._action["runs"]["steps"] if each["name"] == name)
        assert "${{" not in step["run"], "an input in a script is a way in for its author"
        environment = {
            name: re.sub(r"\$\{\{ (.*?) \}\}", lambda match: contexts[match[1]], value)
            for name, value in step["env"].items()
        }
        runner = {
            "RUNNER_TEMP": str(self._temporary),
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_OUTPUT": str(folder / "output"),
        }
        return shell(step["run"], folder, {**environment, **runner})


@pytest.fixture(scope="module")
def github(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> GitHub:
    return GitHub(suite, tmp_path_factory.mktemp("runner"))


def gitlab(folder: Path, **inputs: str) -> int:
    """Run the template's job."""
    head, body = (ROOT / "ci" / "gitlab.yml").read_text().split("\n---\n")
    declared = yaml.safe_load(head)["spec"]["inputs"]
    values = {name: given.get("default", "") for name, given in declared.items()}
    assert set(inputs) <= set(values)
    values |= inputs
    given = re.sub(r"\$\[\[ inputs\.(.*?) \]\]", lambda match: json.dumps(values[match[1]]), body)
    job: dict[str, Any] = yaml.safe_load(given)["s3-reporter-conformance"]
    return shell("\n".join(job["script"]), folder, job["variables"])


@pytest.mark.parametrize(
    ("reporter", "code"), [("reference", 0), (WRONG, 1), ("python:nosuch:Reporter", 3), ("no", 4)]
)
def test_the_action_is_as_red_as_the_reporter_is_wrong(
    github: GitHub, tmp_path: Path, reporter: str, code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    # Not all features: it takes long enough.
    assert github.verify(tmp_path, reporter=reporter, features="retry-options") == code
    said = capfd.readouterr().out
    assert (f"::error title=SEQ-01 {rule_called('SEQ-01').name}::" in said) is (code == 1)
    if code in {0, 1}:
        report = json.loads((tmp_path / "conformance-report.json").read_text())
        assert (report["summary"]["failed"] > 0) is (code == 1)
        assert (tmp_path / "conformance-junit.xml").exists()
        assert reporter in (tmp_path / "summary.md").read_text()
        assert (tmp_path / "conformance-site" / "index.html").exists()
        told = dict(line.split("=", 1) for line in (tmp_path / "output").read_text().splitlines())
        assert told.keys() == github.outputs - {"report"}
        assert told["conclusion"] == report["conclusion"]
        assert (int(told["broken"]) > 0) is (code == 1)


def test_the_action_passes_on_what_it_is_told(github: GitHub, tmp_path: Path) -> None:
    (tmp_path / "base.json").write_text("{}")
    for name, value in {
        "baseline": "base.json",
        "features": "nosuch",
        "known-deviations": "nosuch",
        "backend": "nosuch",
        "options": "--yes --backend-profile",
        "report": "nosuch/report.json",
        "junitxml": "nosuch/report.xml",
        "strict": "nosuch",
        "workers": "nosuch",
    }.items():
        assert github.verify(tmp_path, reporter="reference", **{name: value}) == 4, name


def test_the_template_is_as_red_as_the_reporter_is_wrong(suite: Path, tmp_path: Path) -> None:
    given = {"suite": str(suite)}
    assert gitlab(tmp_path, reporter=WRONG, features="retry-options", **given) == 1
    report = json.loads((tmp_path / "conformance-report.json").read_text())
    assert report["reporter"]["features"] == ["retry-options"]
    assert "SEQ-01" in (tmp_path / "conformance.md").read_text()
    # A URL, as users give one.
    given = {"suite": suite.as_uri()}
    assert gitlab(tmp_path, reporter="reference", options="-k nosuch --quiet", **given) == 4
    assert gitlab(tmp_path, reporter="reference", baseline="nosuch.json", **given) == 4
