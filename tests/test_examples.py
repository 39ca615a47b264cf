"""The examples conform, with every feature that they declare."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
PYTHON = str(Path(sys.executable).parent)


def need(what: str, *, present: bool) -> None:
    """Skip where a tool is missing, but not where all of them have to be there."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI has to have it")
    pytest.skip(f"{what} is missing")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["node", "shell", "python-plain"])
def test_an_example_conforms(tmp_path: Path, name: str) -> None:
    match name:
        case "node":
            need("node", present=shutil.which("node") is not None)
            modules = EXAMPLES / name / "node_modules"
            need("what 'npm install --prefix examples/node' installs", present=modules.is_dir())
        case "shell":
            for tool in ("bash", "curl", "jq"):
                need(tool, present=shutil.which(tool) is not None)
        case _:
            pass
    done = subprocess.run(
        [
            *(sys.executable, "-m", "s3_reporter_conformance", "verify"),
            str(EXAMPLES / name / "reporter.toml"),
        ],
        cwd=tmp_path,
        # The Python of a manifest is the first on the PATH.
        env={**os.environ, "PATH": f"{PYTHON}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Conforms: every core requirement passed" in done.stdout, done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/reporter.*")), ids=str)
def test_an_example_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 160
