"""Mutants and variants in a sample of the runs; `python tests/kill_matrix.py` makes all runs."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from kill_matrix import Row, read_snapshot, run, sample_of
from mutants import CATALOGUE
from variants import VARIANTS

from s3_reporter_conformance.runner.session import Session
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.verdict.status import Status

SNAPSHOT = read_snapshot()
RULES = {rule.id: rule for rule in all_rules()}
PLACES = {rule.id: (rule.diagram, rule.node) for rule in all_rules()}

# A busy machine never makes waits look wrong, but can make wrong ones look right.
_ABOUT_WAITS, _LIMITS = 3, "time-limit"
_MOST_TRIES = 5
_RUNS_OF_A_VARIANT = 5
# The extra that its run needs is not installed with the others.
_NEED_SPARK = {"EXT-HADOOP-02"}


def mixed(names: Iterable[str]) -> list[str]:
    """Spread those over the workers that wait long: they stand together."""
    return Random(0).sample(list(names), len(list(names)))  # noqa: S311


@pytest.mark.parametrize("name", mixed(CATALOGUE))
def test_a_mutant_is_killed_by_its_aim(name: str) -> None:
    known, aim = SNAPSHOT[name], CATALOGUE[name].aim
    is_about_time = _ABOUT_WAITS in RULES[aim].interpretations or RULES[aim].feature == _LIMITS
    tries = _MOST_TRIES if is_about_time else 1
    for _ in range(tries):
        row = run(name, [known["run"], *sample_of(name)])
        if aim in row.broken:
            break
    assert aim in row.broken, row.complaints
    assert sorted(row.broken.keys() - known["breaks"].keys()) == []


@pytest.mark.parametrize("name", mixed(VARIANTS))
def test_a_variant_breaks_no_rule(name: str) -> None:
    assert run(name, sample_of(name, _RUNS_OF_A_VARIANT)).complaints == ()


def test_a_tool_that_scans_passes_the_live_scan() -> None:
    runs = [each.id for each in all_scenarios() if each.feature == "live-scan"]
    settings = Settings("python:variants.scanning:Scanner", features="live-scan", strict=True)
    verdict = Session(settings, all_rules(), all_scenarios(), selected=runs).run()
    statuses = {rule.status for rule in verdict.rules if rule.feature == "live-scan"}
    assert (statuses, verdict.wrong) == ({Status.PASSED}, ())


def test_a_slow_reporter_may_take_longer_to_end() -> None:
    # Not a variant, which would be asked for everything.
    settings = Settings("python:variants.retrying:SlowToBegin")
    runs = [each.id for each in all_scenarios() if each.rule == "ERR-08"]
    verdict = Session(settings, all_rules(), all_scenarios(), selected=runs).run()
    assert {rule.id: rule.status for rule in verdict.rules}["ERR-08"] is Status.PASSED


def test_the_snapshot_has_every_mutant_with_its_aim() -> None:
    assert SNAPSHOT.keys() == CATALOGUE.keys()
    assert [x for x in SNAPSHOT if CATALOGUE[x].aim not in SNAPSHOT[x]["breaks"]] == []


def test_every_rule_kills_a_mutant() -> None:
    killing = {rule for known in SNAPSHOT.values() for rule in known["breaks"]}
    assert RULES.keys() - killing - _NEED_SPARK == set()


def test_each_node_is_blamed_alone_for_some_mutant() -> None:
    blamed = [{PLACES[rule] for rule in known["breaks"]} for known in SNAPSHOT.values()]
    alone = {next(iter(places)) for places in blamed if len(places) == 1}
    # What reads reports breaks with them, and silence and a wrong folder break several rules.
    others = {"log_error", "log_permission", "make_folder"}
    found = set(PLACES.values()) - alone
    assert {node for diagram, node in found if diagram != "integrations"} <= others
    assert SNAPSHOT["CopyOnlyOnSuccess"]["breaks"].keys() == {"SEQ-06"}
    assert PLACES["SEQ-06"] == ("report_sequence", "write_local_copy")


def test_what_differs_from_the_declaration_is_reported() -> None:
    dead = run("NoSlash", ["a-json-report"])
    assert dead.complaints == ()
    assert replace(dead, broken={}).complaints == ("survives KEY-03",)
    missed = replace(dead, name="TwoSlashes")
    assert missed.complaints == ("breaks KEY-03, but survives KEY-05",)
    aim = replace(dead.broken["KEY-03"], whenever="file_format is json")
    found = Row("PublicYaml", {CATALOGUE["PublicYaml"].aim: aim}, is_whole=True)
    (complaint,) = found.complaints
    assert complaint.endswith("not whenever file_format is yaml")
