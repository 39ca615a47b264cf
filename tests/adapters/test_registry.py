"""The reporter that a user names, its manifest, and the ways to plug it in."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.manifest_template import manifest_template
from s3_reporter_conformance.adapters.registry import ADAPTERS, connect, find_reporter
from s3_reporter_conformance.adapters.retries import Jitter
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.feature_files import extended_features
from s3_reporter_conformance.words.errors import AdapterError, UsageError

CONTRACT = Path(__file__).parents[2] / "docs" / "contract.md"
WHOLE = """
name = "mine"
version = "1.2"
url = "https://example.org"
adapter = "command:node reporter.mjs"
features = ["retry-options"]
max_retries = 5
jitter = "full"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "reporter.toml"
    path.write_text(WHOLE)
    return path


def test_a_manifest_says_all_that_flags_can(path: Path) -> None:
    manifest = find_reporter(str(path))
    assert (manifest.name, manifest.version, manifest.url) == ("mine", "1.2", "https://example.org")
    assert manifest.adapter == "command:node reporter.mjs"
    assert manifest.folder == path.parent
    assert manifest.features == {"retry-options"}
    assert (manifest.max_retries, manifest.jitter) == (5, Jitter.FULL)


def test_a_flag_counts_more_than_the_manifest(path: Path) -> None:
    manifest = Settings(
        str(path), features="preflight, no-secrets", max_retries=2, jitter="none"
    ).manifest
    assert manifest.features == {"preflight", "no-secrets"}
    assert (manifest.max_retries, manifest.jitter) == (2, Jitter.NONE)
    assert Settings(str(path), features="").manifest.features == frozenset()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("max_retries", "retries", "there is no key retries: did you mean max_retries?"),
        ('"retry-options"', '"frob"', "features: there is no feature frob: there are athena-"),
        ('["retry-options"]', "3", "features: Expected `array`, got `int` (The extended feat"),
        ("command:node reporter.mjs", "docker:x", "adapter 'docker:x' is not a valid reporter"),
        ("command:node reporter.mjs", "command:'x", "cannot be split as a shell does: No closing"),
        ("command:node reporter.mjs", "python:a\\u0000b:C", "is not a valid reporter"),
        ('name = "mine"', "", "name: missing (The display name of the reporter, one line; "),
    ],
)
def test_a_wrong_manifest_is_refused_in_words(
    path: Path, before: str, after: str, words: str
) -> None:
    path.write_text(WHOLE.replace(before, after))
    with pytest.raises(UsageError) as caught:
        find_reporter(str(path))
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("reporter", ["frob", "python:x", "python::x", "command: ", "ash:x", ""])
def test_what_names_no_reporter(reporter: str) -> None:
    with pytest.raises(UsageError, match="is not a valid reporter: expected"):
        find_reporter(reporter)


def test_the_template_is_a_manifest_and_lists_every_feature(path: Path) -> None:
    text = manifest_template()
    path.write_text(text)
    assert find_reporter(str(path)).name == "my-reporter"
    path.write_text(re.sub(r'^    # "', '    "', text, flags=re.MULTILINE))
    assert find_reporter(str(path)).features == extended_features()
    for kind in ADAPTERS.values():
        assert f"#   {kind.form} " in text
        assert f"| `{kind.form}` |" in CONTRACT.read_text()


@pytest.mark.skipif(bool(find_spec("automated_security_helper")), reason="ASH is installed")
@pytest.mark.parametrize("reporter", ["ash:", "ash-scan:"])
def test_an_ash_that_is_not_installed_is_said_to_be(tmp_path: Path, reporter: str) -> None:
    adapter = connect(find_reporter(reporter), tmp_path)
    with pytest.raises(AdapterError, match=r"^ASH is not installed; see docs/ash\.md$"):
        adapter.open()
