"""Nothing tells anybody to install the suite by its bare name, which a stranger could take.

It is installed from a checkout, or from a Git URL with a tag.
"""

import re
import subprocess

import pytest
import yaml
from rooms import ROOT

INSTALLER = (
    r"\b(?:(?:pip3?|pipx|uv|poetry|pdm)\b[^\n\\&|;]*?\b(?:install|add|download|wheel)"
    r"|uvx|pipx run)\b"
)
BARE = re.compile(
    INSTALLER + r"[^\n\\&|;]*?[ '\"`]s3[-_.]reporter[-_.]conformance(?:\[[^\]\n]*\])?(?! @ )"
    r"(?=[\s'\"`,;)=<>~!]|$)",
    re.IGNORECASE | re.MULTILINE,
)
SAFE = (
    "pip install . && s3-reporter-conformance verify",
    "pip install 's3-reporter-conformance[analysis] @ git+https://example.org/a/b@v0.1.0'",
    "pip install git+https://example.org/OWNER/s3-reporter-conformance@v0.1.0",
    "After pip install, a reporter is verified.\ns3-reporter-conformance verify",
)
UNSAFE = (
    "pip install s3-reporter-conformance",
    "Run `pip install --quiet S3_reporter_conformance`.",
    ".venv/bin/pip install 's3-reporter-conformance[analysis]'",
    "python -m pip install pytest s3-reporter-conformance==0.1.0",
    "uv tool install s3-reporter-conformance, then",
    "uvx s3-reporter-conformance verify",
    "\"pip install 's3-reporter-conformance[localstack]'\"",
)


@pytest.mark.parametrize("text", SAFE)
def test_where_it_comes_from_may_be_named(text: str) -> None:
    assert not BARE.search(text)


@pytest.mark.parametrize("text", UNSAFE)
def test_a_bare_name_is_noticed(text: str) -> None:
    assert BARE.search(text)


def test_nothing_installs_the_bare_name() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 -- git of the machine
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = {name for name in listed.stdout.split("\0") if name} - {"tests/project/test_install.py"}
    assert len(names) > 400
    found = {}
    for name in names:
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            # A picture, or deleted and not committed yet.
            continue
        if match := BARE.search(text):
            found[name] = match[0]
    assert found == {}


def test_the_template_does_not_guess_where_the_suite_comes_from() -> None:
    head = next(yaml.safe_load_all((ROOT / "ci" / "gitlab.yml").read_text()))
    assert "default" not in head["spec"]["inputs"]["suite"]
