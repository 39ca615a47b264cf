"""The commands about what there is."""

import json
import re
from pathlib import Path

import pytest
from running import REFERENCE_COMMAND, run_here

from s3_reporter_conformance.adapters.finding import find_reporter
from s3_reporter_conformance.spec.gherkin import all_requirements


def test_list_shows_what_there_is(tmp_path: Path) -> None:
    done = run_here("list", folder=tmp_path)
    assert done.returncode == 0
    for requirement in all_requirements():
        assert re.search(
            rf"^  {requirement.id} +{re.escape(requirement.name)}", done.stdout, re.MULTILINE
        )
    assert run_here("list", "--feature", "preflight", folder=tmp_path).stdout.count("EXT-") == 3
    assert "KEY-" not in run_here("list", "--diagram", "configuration", folder=tmp_path).stdout
    assert "EXT-" not in run_here("list", "--level", "core", folder=tmp_path).stdout


def test_list_speaks_json(tmp_path: Path) -> None:
    done = run_here("list", "--json", folder=tmp_path)
    listed = {each["id"]: each for each in json.loads(done.stdout)}
    assert list(listed) == [requirement.id for requirement in all_requirements()]
    assert listed["KEY-03"]["diagram"] == "object_naming"
    assert listed["EXT-PREFLIGHT-05"]["feature"] == "preflight"
    assert listed["EXT-PREFLIGHT-05"]["examples"] == 2


def test_explain_tells_all_of_a_requirement(tmp_path: Path) -> None:
    done = run_here("explain", "err-07", folder=tmp_path)
    assert "\nBackground\n  Given a configured reporter\n\nScenario\n" in done.stdout
    assert done.returncode == 0
    for words in (
        "ERR-07  Exponential backoff\n",
        "Rule\n  The waits between attempts grow\n",
        "Often wrong\n  every wait is as long as the first",
        "    Then the waits between the attempts grow\n",
        "Path retries-exhausted through the diagram error_handling\n  S3 throttles every attempt",
        "\n\n  Begin the API call\n",
        "  Max retries reached?\n    | Yes\n  Return an error status\n",
        "Interpretation 3: Exponential backoff\n",
        "-k ERR-07\n",
    ):
        assert words in done.stdout


def test_explain_tells_what_a_feature_asks_for(tmp_path: Path) -> None:
    done = run_here("explain", "Local_Name", folder=tmp_path)
    for words in (
        "local-name\nFor a reporter whose local copy is called s3-report, whatever the key.\n",
        "\nRule\n  The copy is called s3-report\n\nOften wrong\n  the extension does not follow",
        "\nRequirements\n  EXT-NAME-01         The name follows the format\n",
        "verify REPORTER --features local-name -m local-name\n",
    ):
        assert words in done.stdout


def test_what_explain_says_to_run_can_run(tmp_path: Path) -> None:
    said = run_here("explain", "EXT-NAME-01", folder=tmp_path).stdout.splitlines()[-1]
    assert said.endswith("verify REPORTER -k EXT-NAME-01 --features local-name")
    arguments = said.replace("REPORTER", REFERENCE_COMMAND.replace(" ", "+")).split()
    command = [each.replace("+", " ") for each in arguments[arguments.index("verify") :]]
    assert run_here(*command, folder=tmp_path).returncode == 0


def test_one_of_a_kind_is_singular(tmp_path: Path) -> None:
    done = run_here("list", "--feature", "local-name", folder=tmp_path)
    assert "\n1 requirement; 'explain ID' explains one\n" in done.stdout


@pytest.mark.parametrize("requirement", [r.id for r in all_requirements() if r.examples > 3])
def test_explain_explains_every_kind(tmp_path: Path, requirement: str) -> None:
    done = run_here("explain", requirement, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_coverage_is_complete(tmp_path: Path) -> None:
    done = run_here("coverage", folder=tmp_path)
    assert done.returncode == 0
    assert "error_handling        22 of 22       11 of 11       10 of 10\n" in done.stdout
    assert "Every edge and every prime path is covered." in done.stdout
    details = run_here("coverage", "--details", folder=tmp_path).stdout
    assert "  edge error_type - Throttling -> backoff\n    ERR-02" in details
    assert "  named path one-retry-exhausted\n    EXT-RETRY-01\n" in details


def test_init_fills_the_manifest_in(tmp_path: Path) -> None:
    given = ("--name", 'Grüße "S3"', "--adapter", "command:./mine 'a b'")
    done = run_here("init", *given, "mine.toml", folder=tmp_path)
    assert "Wrote mine.toml. Check that the reporter runs:\n" in done.stdout
    manifest = find_reporter(str(tmp_path / "mine.toml"))
    assert (manifest.name, manifest.adapter) == ('Grüße "S3"', "command:./mine 'a b'")
    # Nothing that the user did not say is claimed of the reporter.
    assert (manifest.version, manifest.url, manifest.features) == ("", "", frozenset())


def test_init_writes_a_manifest_and_never_over_another(tmp_path: Path) -> None:
    done = run_here("init", folder=tmp_path)
    assert "s3-reporter-conformance smoke reporter.toml" in done.stdout
    text = (tmp_path / "reporter.toml").read_text()
    (tmp_path / "reporter.toml").write_text(
        text.replace('"command:node reporter.mjs"', '"python:reporters:Broken"')
    )
    again = run_here("init", folder=tmp_path)
    assert "reporter.toml is there already" in again.stderr
    assert again.returncode == 4
    assert "python:reporters:Broken" in (tmp_path / "reporter.toml").read_text()
    assert run_here("init", "nosuch/reporter.toml", folder=tmp_path).returncode == 4
