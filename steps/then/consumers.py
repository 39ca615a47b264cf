"""Then: what other services see."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pytest_bdd import parsers, then

from ...adapters.scan_results import ScanResults
from ...errors import Nonconformance
from ...judging.consumers import (
    expect_quicksight,
    flattened_by_spark,
    query,
    quicksight_manifest,
    told_by_events,
)
from ...judging.documents import expect_data, read_json
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import (
    FURTHER_OBJECT,
    NOT_ACCEPTED,
    NOT_TOLD,
    NOT_USABLE,
    WRITTEN_TWICE,
    Symptom,
)
from .common import listed


@then("the queue contains one event, which names the object")
def queue_holds_one_event(observation: Observation, world: World) -> None:
    stored = observation.the_object
    events = [event for event in observation.events if event.name.startswith("ObjectCreated:")]
    if [(event.bucket, event.key) for event in events] != [(stored.bucket, stored.key)]:
        raise Nonconformance(
            f"one event that names {stored.bucket}/{stored.key}",
            "; ".join(f"{event.bucket}/{event.key}" for event in events) or "none",
            *_wrong_in_bucket(observation, world),
            NOT_TOLD,
        )


@then(parsers.parse('the JSON documents under "{prefix}" add up to the scan\'s severities'))
def documents_count_severities(observation: Observation, world: World, prefix: str) -> None:
    counted: Counter[str] = Counter()
    expected = world.results.data["metadata"]["summary_stats"]["severity_counts"]
    with _bucket_first(observation, world):
        for statistics in _statistics(observation, prefix):
            numbers = statistics["severity_counts"].items()
            counted.update({name: count for name, count in numbers if isinstance(count, int)})
        if counted != expected:
            raise Nonconformance(f"the counts {dict(expected)}", f"{dict(counted)}", NOT_USABLE)


@then("a Lambda function that gets the event finds the scan's severities")
def lambda_function_finds_severities(observation: Observation, world: World) -> None:
    expected = _severities(world.results)
    with _bucket_first(observation, world):
        found = list(told_by_events(observation, world.backend))
        if [dict(each) for each in found] != [expected]:
            symptom = NOT_USABLE if found else NOT_TOLD
            raise Nonconformance(f"the counts {expected}, once", f"{found or 'nothing'}", symptom)


@then(parsers.parse('SQL over the reports under "{prefix}" counts both scans\' findings'))
def sql_counts_findings(observation: Observation, world: World, prefix: str) -> None:
    _expect_query(observation, world, prefix, lines=False)


@then(
    parsers.parse('SQL over the lines of the reports under "{prefix}" counts the scan\'s findings')
)
def sql_counts_lines(observation: Observation, world: World, prefix: str) -> None:
    _expect_query(observation, world, prefix, lines=True)


@then(parsers.parse('QuickSight can import what a manifest for "{prefix}" lists'))
def quicksight_can_take_it(observation: Observation, world: World, prefix: str) -> None:
    objects = [stored for stored in observation.readable_objects if stored.key.startswith(prefix)]
    if not observation.objects:
        raise observation.without_object(f"an object under {prefix}")
    if not objects:
        raise Nonconformance(f"an object under {prefix}", listed(observation), NOT_ACCEPTED)
    expect_quicksight(quicksight_manifest(objects), world.backend)


@then("Spark flattens the findings of each scanner into Parquet")
def spark_flattens_findings(observation: Observation, world: World) -> None:
    expected = _scanners(world.results)
    with _bucket_first(observation, world):
        found = flattened_by_spark(observation.readable_objects, world.folder / "spark")
        if found != expected:
            raise Nonconformance(f"the counts {expected}", f"{dict(found)}", NOT_USABLE)


@then(parsers.parse('there is one JSON document under "{prefix}" for each of the two scans'))
def documents_are_the_two_scans(observation: Observation, world: World, prefix: str) -> None:
    _expect_scans(observation, world, prefix, 2)


@then(parsers.parse('there is one JSON document under "{prefix}" for the scan'))
def documents_are_the_scan(observation: Observation, world: World, prefix: str) -> None:
    _expect_scans(observation, world, prefix, 1)


def _expect_query(observation: Observation, world: World, prefix: str, *, lines: bool) -> None:
    reports = f"s3://{observation.bucket_names['reports']}/{prefix}*.json"
    counts = {"severities": _severities, "scanners": _scanners}
    with _bucket_first(observation, world):
        found = query(world.backend, reports, *counts, lines=lines)
        for name, count in counts.items():
            expected: Counter[str] = Counter()
            for results in (*world.earlier, world.results):
                expected.update(count(results))
            if found[name] != expected:
                raise Nonconformance(
                    f"{name} {dict(expected)}", f"{dict(found[name]) or 'none'}", NOT_USABLE
                )


def _severities(results: ScanResults) -> dict[str, int]:
    return dict(results.data["metadata"]["summary_stats"]["severity_counts"])


def _scanners(results: ScanResults) -> dict[str, int]:
    scanners = results.data["scanner_results"].items()
    return {name: scanner["finding_count"] for name, scanner in scanners}


def _statistics(observation: Observation, prefix: str) -> list[Any]:
    """The statistics in each document under a prefix, as who counts there finds them."""
    found = []
    for stored in observation.readable_objects:
        if not stored.key.startswith(prefix):
            continue
        match read_json(stored.content):
            case {"metadata": {"summary_stats": {"severity_counts": {}, "start": _} as statistics}}:
                found.append(statistics)
            case _:
                raise Nonconformance(
                    "metadata.summary_stats with severity_counts and start in every document",
                    f"something else in {stored.key}",
                    NOT_USABLE,
                )
    return found


def _expect_scans(observation: Observation, world: World, prefix: str, count: int) -> None:
    with _bucket_first(observation, world):
        found = _statistics(observation, prefix)
        starts = {str(statistics["start"]) for statistics in found}
        if (len(found), len(starts)) != (count, count):
            raise Nonconformance(
                f"{count} documents, each of another scan",
                f"{len(found)} documents of {len(starts)} scans",
                NOT_USABLE,
            )


@contextmanager
def _bucket_first(observation: Observation, world: World) -> Iterator[None]:
    """Let a finding about a service name first what is wrong in the bucket that it reads."""
    try:
        yield
    except Nonconformance as finding:
        finding.symptoms = (*_wrong_in_bucket(observation, world), *finding.symptoms)
        raise


def _wrong_in_bucket(observation: Observation, world: World) -> Iterator[Symptom]:
    try:
        expect_data(world.results, observation.the_object, world.options["file_format"])
    except Nonconformance as finding:
        yield from finding.symptoms
    written = [(each.bucket, each.key) for each in observation.attempts if each.succeeded]
    if len(written) > len(set(written)):
        yield WRITTEN_TWICE
    scans = {str(scan.start) for scan in (world.results, *world.earlier)}
    if len(observation.objects) > len(scans):
        yield FURTHER_OBJECT
