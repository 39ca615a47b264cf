"""The environment of a call."""

import re
from pathlib import Path

from s3_reporter_conformance.scenario.environment import ALWAYS, environment_of

CONTRACT = Path(__file__).parents[2] / "docs" / "contract.md"


def test_the_contract_lists_what_every_call_gets() -> None:
    _, _, rest = CONTRACT.read_text().partition("| variable | value |\n|---|---|\n")
    table, _, _ = rest.partition("\n\n")
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == ALWAYS


def test_a_scenario_sets_and_takes_away(tmp_path: Path) -> None:
    alone = environment_of(tmp_path, "http://127.0.0.1:1", {})
    assert tuple(alone) == ALWAYS
    assert (alone["HOME"], alone["AWS_ENDPOINT_URL"]) == (str(tmp_path), "http://127.0.0.1:1")
    changes = {"AWS_MAX_ATTEMPTS": "3", "HOME": None, "AWS_REGION": "eu-west-1"}
    changed = environment_of(tmp_path, "http://127.0.0.1:1", changes)
    assert changed.items() >= {("AWS_MAX_ATTEMPTS", "3"), ("AWS_REGION", "eu-west-1")}
    assert changed.keys() == {*ALWAYS, "AWS_REGION"} - {"HOME"}
