"""Then: what a tool that scans did besides its upload."""

from pytest_bdd import then

from ...errors import Nonconformance
from ...judging.documents import read_json
from ...judging.key_timestamp import timestamp_in
from ...judging.live_scan import departures, findings_in, is_within, other_reports
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import (
    FOREIGN_FILE_CHANGED,
    FURTHER_OBJECT,
    GONE,
    NOT_TOLD,
    WRONG_DATA,
    WRONG_TIMESTAMP,
)
from .common import listed


@then("the timestamp in the object's key is a time between the begin and the end of the scan")
def timestamp_is_within_the_scan(observation: Observation) -> None:
    key = observation.the_object.key
    timestamp = timestamp_in(key)
    if timestamp is None or not is_within(timestamp, observation):
        raise Nonconformance(
            f"a key with a time from {observation.began:%Y-%m-%dT%H:%M:%SZ} to "
            f"{observation.ended:.1f} s later",
            key,
            WRONG_TIMESTAMP,
        )


@then("the object contains the results that the tool wrote itself")
def object_holds_the_tools_results(observation: Observation, world: World) -> None:
    if found := list(departures(world.results, read_json(observation.the_object.content)))[:4]:
        raise Nonconformance(
            "the tool's own results: " + "; ".join(f"{d.path} is {d.expected}" for d in found),
            "; ".join(f"{d.path} is {d.found}" for d in found),
            WRONG_DATA,
        )


@then("the results count the findings")
def results_count_the_findings(world: World) -> None:
    if not findings_in(world.results):
        raise Nonconformance("a finding for the access key in settings.py", "none", WRONG_DATA)


@then("the exit code is that of the earlier scan")
def exit_code_is_the_same(observation: Observation, earlier_scan: Observation) -> None:
    before, after = earlier_scan.outcome.exit_code, observation.outcome.exit_code
    if before != after:
        raise Nonconformance(f"exit code {before}, as before", f"exit code {after}", NOT_TOLD)


@then("the other reports are those of the earlier scan")
def other_reports_are_the_same(observation: Observation, earlier_scan: Observation) -> None:
    before, after = other_reports(earlier_scan), other_reports(observation)
    # What is new may be the copy: without a request, there is nothing to compare it with.
    if changed := sorted(name for name, text in before.items() if after.get(name) != text):
        raise Nonconformance(
            f"the reports {', '.join(sorted(before)) or '(none)'}, apart from times as before",
            f"{', '.join(changed)} changed or missing",
            FOREIGN_FILE_CHANGED,
        )


@then("the bucket contains one object for each of the two scans")
def one_object_for_each_scan(observation: Observation) -> None:
    count = len(observation.objects)
    if not count:
        raise observation.without_object("two objects")
    if count != 2:  # noqa: PLR2004 -- as the sentence says
        symptom = FURTHER_OBJECT if count > 1 else GONE
        raise Nonconformance("two objects", listed(observation), symptom)
