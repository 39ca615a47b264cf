"""The container image of the suite is built, and verifies a reporter.

Needs a Docker engine; `tox -e servers` runs it.  Without an image registry, it builds on the
Debian that `docker/localstack/build.sh` imported, which gets what python:3.13-slim has besides.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pip
import pytest

ROOT = Path(__file__).parent.parent.parent
DEBIAN = "localstack-base:trixie"
IMAGE = "s3-reporter-conformance:tested"
PLAIN_BASE = "s3-reporter-conformance-base:tested"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
# Debian's engine comes without BuildKit.
DOCKER = {**os.environ, "DOCKER_BUILDKIT": "0"}

BASE = f"""
FROM {DEBIAN}
COPY pip /usr/local/lib/python3.13/dist-packages/pip
COPY certificates.crt /etc/certificates.crt
ENV PIP_BREAK_SYSTEM_PACKAGES=1 PIP_CERT=/etc/certificates.crt
"""


def run(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env=DOCKER, capture_output=True, text=True, check=False, timeout=600
    )


def succeed(*command: str | Path) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The image, but for the extra `analysis`, which would take half of the time."""
    folder = tmp_path_factory.mktemp("image")
    # A wheel is built from a copy, for pip builds where the sources are.
    unwanted = shutil.ignore_patterns(".*", "build", "*.egg-info", "node_modules", "__pycache__")
    shutil.copytree(ROOT, folder / "checkout", ignore=unwanted)
    pip_wheel = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps")
    succeed(*pip_wheel, "--wheel-dir", folder / "dist", folder / "checkout")
    build = ("docker", "build", "--quiet", "--build-arg", "EXTRAS=localstack", "--tag", IMAGE)
    if run("docker", "image", "inspect", DEBIAN).returncode == 0:
        base = folder / "base"
        shutil.copytree(Path(pip.__file__).parent, base / "pip")
        shutil.copy(CERTIFICATES, base / "certificates.crt")
        (base / "Dockerfile").write_text(BASE)
        succeed("docker", "build", "--quiet", "--tag", PLAIN_BASE, base)
        build = (*build, "--network", "host", "--build-arg", f"BASE={PLAIN_BASE}")
    succeed(*build, "--file", ROOT / "docker" / "suite" / "Dockerfile", folder / "dist")
    yield IMAGE
    run("docker", "rmi", IMAGE, PLAIN_BASE)


def in_container(folder: Path, image: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the image as its page says, as a user that it does not know."""
    # The folder is that of the user who runs the tests.
    folder.chmod(0o777)
    user = ("--user", "1234:1234", "--volume", f"{folder}:/work")
    return run("docker", "run", "--rm", "--network", "none", *user, image, *arguments)


def test_a_reporter_is_verified_without_a_network(tmp_path: Path, image: str) -> None:
    shutil.copy(ROOT / "examples" / "python-plain" / "reporter.py", tmp_path)
    manifest = 'name = "mine"\nadapter = "command:python3 reporter.py"\n'
    (tmp_path / "reporter.toml").write_text(manifest)
    some = ("verify", "reporter.toml", "-k", "a-json-report", "-n", "0")
    done = in_container(tmp_path, image, *some, "--report", "report.json")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["summary"]["failed"] == 0
    assert [run["id"] for run in report["runs"] if run["status"] == "passed"] == ["a-json-report"]
    assert report["reporter"]["name"] == "mine"
    assert (tmp_path / "report.json").stat().st_uid == 1234


def test_what_is_wrong_is_the_exit_code_of_the_container(tmp_path: Path, image: str) -> None:
    done = in_container(tmp_path, image, "verify", "nosuch.toml")
    assert "nosuch.toml cannot be read" in done.stderr
    assert done.returncode == 4
