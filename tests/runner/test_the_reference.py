"""One run of the whole suite on the reference, which conforms as the documents say."""

from collections.abc import Iterator
from itertools import chain

import pytest
from walks import FILE, walks

from s3_reporter_conformance.backends.base import Backend, StoredObject
from s3_reporter_conformance.runner.selection import Selection
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.runner.verify import Completed, verify
from s3_reporter_conformance.scenario.world import World
from s3_reporter_conformance.spec.coverage import coverage
from s3_reporter_conformance.verdict.status import Status

_MOST_CALLS = 160
_LEAST_JUDGMENTS = 4000


@pytest.fixture(scope="module")
def completed() -> Iterator[Completed]:
    from_memory = World.objects

    def from_both(world: World) -> Iterator[StoredObject]:
        found = [*from_memory(world)]
        listed = [Backend.objects(world.backend, name) for name in world.buckets.values()]
        assert found == [*chain(*listed)]
        yield from found

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(World, "objects", from_both)
        yield verify(Settings(strict=True), echo=lambda _: None)


# In each run, moto's memory, or that nobody is asked, is what its S3 API says.
def test_every_rule_holds_even_if_recommendations_decide(completed: Completed) -> None:
    # Spark needs Java, and only a tool scans.
    expected = {Status.PASSED, Status.NOT_CLAIMED, Status.NOT_INSTALLED}
    assert {rule.status for rule in completed.verdict.rules} <= expected
    assert completed.verdict.conformant


def test_the_runs_that_a_rule_selects_can_judge_it(completed: Completed) -> None:
    runs = {run.id: run for run in completed.verdict.runs}
    for rule in completed.verdict.rules:
        if rule.status is Status.PASSED:
            selected = Selection(rule.id).scenarios()
            assert any(rule.id in runs[each].kept for each in selected), rule.id


def test_its_walks_are_those_that_coverage_shows(completed: Completed) -> None:
    assert FILE.read_text(encoding="utf-8") == walks(completed.report.runs)


def test_its_runs_cover_every_edge_and_every_prime_path(completed: Completed) -> None:
    covered = coverage({run.id: run.paths for run in completed.report.runs})
    assert [each.diagram.name for each in covered if not each.complete] == []


def test_it_is_called_seldom_and_judged_often(completed: Completed) -> None:
    runs = completed.report.runs
    # A busy machine may cost further calls for waits.
    waiting = sum(run.calls - 1 for run in runs if run.facts.get("calls"))
    assert sum(run.calls for run in runs) - waiting <= _MOST_CALLS
    assert sum(len(run.kept) for run in runs) >= _LEAST_JUDGMENTS
