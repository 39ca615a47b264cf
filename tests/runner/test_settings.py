"""The settings of a run, on the command line and under pytest."""

import shlex

import pytest

from s3_reporter_conformance import pytest_plugin
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.words.option import options_of

FLAGS = {option.flag for option in options_of(Settings) if option.name != "reporter"}
EVERYTHING = Settings(
    reporter="command:sh -c 'exit 1'",
    backend="http://127.0.0.1:9000",
    backend_name="MinIO",
    backend_profile="suite",
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


def test_pytest_and_the_command_line_take_what_the_line_that_repeats_a_run_says() -> None:
    line = EVERYTHING.line("call", "REPORTER", "a-json-report")
    words = shlex.split(line)
    assert words[:4] == ["s3-reporter-conformance", "call", EVERYTHING.reporter, "a-json-report"]
    # Neither what was agreed to, nor the seed, is repeated.
    assert {word.partition("=")[0] for word in words[4:]} == FLAGS - {"--yes", "--seed"}
    assert Settings().line("verify", "REPORTER") == "s3-reporter-conformance verify reference"
    # An empty list of features takes away those of a manifest.
    none = Settings(features="")
    assert none.line("verify", "REPORTER").endswith(" verify reference --features=")
    assert none.line("explain", "KEY-03") == "s3-reporter-conformance explain KEY-03"
    parser = pytest.Parser(_ispytest=True)
    pytest_plugin.pytest_addoption(parser)
    said = line
    for flag in ("features", "timeout"):
        said = said.replace(f"--{flag}=", f"--reporter-{flag}=")
    said = said.replace("--strict", "--conformance-strict")
    found = vars(parser.parse(shlex.split(said)[4:]))
    assert (found["backend_name"], found["reporter_timeout"]) == ("MinIO", 1.5)
    assert (found["max_retries"], found["jitter"], found["in_process"]) == (0, "full", True)
    assert (found["conformance_strict"], found["conformance_seed"]) == (True, None)
