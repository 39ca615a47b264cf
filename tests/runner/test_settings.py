"""The settings of a run, at every door."""

import re
from pathlib import Path

import click
import pytest
from msgspec import structs
from running import run_here

from s3_reporter_conformance import pytest_plugin
from s3_reporter_conformance.adapters.manifest import MAX_RETRIES
from s3_reporter_conformance.cli.main import main
from s3_reporter_conformance.runner.settings import OPTIONS, Settings
from s3_reporter_conformance.words.errors import UsageError

FLAGS = {option.flag for option in OPTIONS if not option.is_argument}
EVERYTHING = Settings(
    reporter="command:sh -c 'exit 1'",
    backend="http://127.0.0.1:9000",
    backend_name="MinIO",
    backend_profile="suite",
    backend_denied_profile="denied",
    backend_region="eu-west-1",
    yes=True,
    ca_bundle="ca.pem",
    allow_remote=True,
    features="no-secrets,preflight",
    timeout=1.5,
    max_retries=0,
    jitter="full",
    strict=True,
    in_process=True,
    seed="7",
)


def parsed(*arguments: str) -> Settings:
    """The settings that the plugin reads."""
    parser = pytest.Parser(_ispytest=True)
    pytest_plugin.pytest_addoption(parser)
    found = vars(parser.parse(list(arguments)))
    return Settings.of(lambda flag: found[flag.removeprefix("--").replace("-", "_")])


@pytest.mark.parametrize("name", ["verify", "smoke", "call"])
def test_every_command_that_runs_a_reporter_has_every_flag(name: str) -> None:
    flags = {flag for parameter in main.commands[name].params for flag in parameter.opts}
    assert flags >= FLAGS


def test_the_plugin_understands_what_the_command_line_was_told() -> None:
    assert all(getattr(EVERYTHING, each.name) != each.default for each in OPTIONS)
    assert parsed(*EVERYTHING.arguments) == EVERYTHING
    assert parsed() == Settings()


def test_the_line_that_repeats_a_run_says_the_same(tmp_path: Path) -> None:
    assert Settings().line("verify", "REPORTER") == "s3-reporter-conformance verify reference"
    assert EVERYTHING.line("call", "REPORTER", "a-json-report") == (
        "s3-reporter-conformance call 'command:sh -c '\"'\"'exit 1'\"'\"'' a-json-report "
        "--backend=http://127.0.0.1:9000 --backend-name=MinIO --backend-profile=suite "
        "--backend-region=eu-west-1 "
        "--backend-denied-profile=denied "
        "--ca-bundle=ca.pem --allow-remote "
        "--features=no-secrets,preflight --timeout=1.5 --max-retries=0 --jitter=full --strict "
        "--in-process"
    )
    # An empty list of features takes away those of a manifest.
    assert Settings(features="").line("verify").endswith(" verify --features=")
    assert run_here("verify", "--features=", "-k", "a-json-report", folder=tmp_path).returncode == 0


def test_the_help_says_what_counts_where_nothing_is_said(tmp_path: Path) -> None:
    shown = " ".join(run_here("verify", "--help", folder=tmp_path).stdout.split())
    for words in (
        "declares. [default: as in the manifest, or none]",
        f"retries. [default: as in the manifest, or {MAX_RETRIES}]",
        "retries. [default: as in the manifest, or none]",
        "or https://host:port. [default: moto]",
        "call of the reporter. [default: 60]",
        "[default: random]",
    ):
        assert words in shown
    path = tmp_path / "reporter.toml"
    path.write_text('name = "x"\nadapter = "command:x"\nmax_retries = 7\njitter = "equal"\n')
    assert (manifest := Settings(str(path)).manifest).max_retries == 7
    assert structs.replace(manifest, max_retries=2) == Settings(str(path), max_retries=2).manifest


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(timeout=0), "--timeout is 0; expected more than 0"),
        (Settings(max_retries=-1), "--max-retries is -1; expected at least 0"),
        (Settings("frob"), "'frob' is not a valid reporter"),
        (Settings(backend="floppy"), "unknown backend 'floppy'"),
        (Settings("command:true", in_process=True), "not for a command"),
    ],
)
def test_what_makes_no_sense_is_refused(settings: Settings, words: str) -> None:
    with pytest.raises(UsageError, match=re.escape(words)):
        settings.check()


def test_the_contract_names_the_flag_of_every_entry() -> None:
    contract = (Path(__file__).parents[2] / "docs" / "contract.md").read_text()
    for option in OPTIONS:
        if option.in_manifest:
            assert re.search(rf"^\| `{option.name}` \| `{option.flag}\b", contract, re.MULTILINE)


def test_a_flag_takes_nothing_else() -> None:
    """No flag of a run is declared beside `Settings`."""
    for name, more in (("smoke", set()), ("call", {"--whole", "--keep"})):
        options = [p for p in main.commands[name].params if isinstance(p, click.Option)]
        assert {flag for option in options for flag in option.opts} == FLAGS | more
