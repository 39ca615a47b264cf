"""Nothing tells anybody to install the suite by its bare name, which a stranger could take.

It is installed from a checkout, or from a Git URL with a tag.
"""

import re
import subprocess

from rooms import ROOT

BARE = re.compile(
    r"\b(?:pip3?|pipx|uv|uvx|poetry)\b[^\n\\&|;]*?"
    r"[ '\"`]s3[-_.]reporter[-_.]conformance(?:\[[^\]\n]*\])?(?! @ )(?=[\s'\"`,;)=<>~!]|$)",
    re.IGNORECASE,
)


def test_nothing_installs_the_bare_name() -> None:
    assert BARE.search("uv tool install 's3_reporter_conformance[analysis]'")
    assert not BARE.search("pip install 's3-reporter-conformance @ git+https://example.org/a@v1'")
    listed = subprocess.run(
        ["git", "ls-files", "*.md", "*.yml", "*.yaml", "*.toml", "*Dockerfile", "*.html"],  # noqa: S607 -- git of the machine
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert len(listed) > 50
    found = {name: BARE.findall((ROOT / name).read_text("utf-8")) for name in listed}
    assert {name: told for name, told in found.items() if told} == {}
