"""The reporter that a user names, its manifest, and the ways to plug it in."""

import re
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.manifest import Jitter
from s3_reporter_conformance.adapters.manifest_template import manifest_template
from s3_reporter_conformance.adapters.python import PythonAdapter
from s3_reporter_conformance.adapters.registry import ADAPTERS, Kind, connect, find_reporter
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.features import extended_features
from s3_reporter_conformance.words.errors import UsageError

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
    path.write_text('name = "mine"\nadapter = "python:mine:Reporter"\n')
    manifest = find_reporter(str(path))
    assert (manifest.features, manifest.max_retries) == (frozenset(), 3)
    assert manifest.jitter is Jitter.NONE


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
        ('"mine"', '"reference"', "name: Expected `str` (The display name"),
        ('["retry-options"]', "3", "features: Expected `array`, got `int` (The extended feat"),
        ("command:node reporter.mjs", "docker:x", "adapter 'docker:x' is not a valid reporter"),
        ("command:node reporter.mjs", "command:'x", "cannot be split as a shell does: No closing"),
        ('name = "mine"', 'name = "mine"\nname = "x"', "is not valid TOML: "),
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
    assert max(map(len, text.splitlines())) <= 100


def test_an_entry_is_all_that_a_new_kind_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Far(PythonAdapter):
        def __init__(self, target: str, *_: Path) -> None:
            self.target = target

    kinds = {**ADAPTERS, "far": Kind("far:host:port", bool, Far)}
    monkeypatch.setattr("s3_reporter_conformance.adapters.registry.ADAPTERS", kinds)
    adapter = connect(find_reporter("far:away:1"), tmp_path)
    assert isinstance(adapter, Far)
    assert adapter.target == "away:1"
    with pytest.raises(UsageError, match="is not a valid reporter"):
        find_reporter("far:")
    with pytest.raises(UsageError, match="--in-process is for python:, not for far:"):
        Settings("far:away:1", in_process=True).check()


def test_documents_list_every_kind() -> None:
    contract, template = CONTRACT.read_text(), manifest_template()
    for scheme, kind in ADAPTERS.items():
        assert kind.form.startswith(f"{scheme}:")
        assert f"| `{kind.form}` |" in contract
        assert f"#   {kind.form} " in template
