"""Timestamps in keys that denote the start of a scan, and others."""

from contextlib import nullcontext
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from made_runs import a_run, put
from s3_reporter_conformance.steps.then.key import no_second_slash_follows

from s3_reporter_conformance.adapters.processes import LOCAL_ZONE
from s3_reporter_conformance.judging.key_timestamp import (
    denotes,
    denotes_roughly,
    is_placeholder,
    meant_by,
    mistaken_for,
    timestamp_in,
)
from s3_reporter_conformance.words.errors import Nonconformance

START = "2026-01-15T11:30:00+01:00"
FINE = "2026-01-15T11:30:00.250000+01:00"


@pytest.mark.parametrize(
    "text",
    [
        *(START, "2026-01-15T10:30:00.000000+00:00", "20260115T053000--0500", "20260115103000"),
        *("2026-01-15T10-30-00-00-00", "2026-01-15 at 10h30m00", "2026-01-15T05h30m00s UTC-05:00"),
        *("20260115T053000 GMT-05:00", "2026年01月15日10時30分00秒"),
        *(
            "2026-01-15T10.30.00.000_UTC",
            "2026-01-15 10:30:00\u00a0--UTC",
            "2026-01-15T16-15-00+05-45",
            f"{START}[CET]",
        ),
    ],
)
def test_an_instant_has_many_names(text: str) -> None:
    assert denotes(text, START)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-01-15", "2026-01-15T10:30", "2026-01-15T11:30:00Z", "2026/01/15T10:30:00Z"),
        *("15-01-2026T10:30:00Z", "26-01-15T10:30:00Z", "2026-01-15T10:30:00Z-1a2b3c"),
        *("2026-01-15T10:30:00-", "scan-20260115T103000Z", "1768473000", "0001-01-01T00:00:00+23"),
    ],
)
def test_other_texts_denote_other_instants_or_none(text: str) -> None:
    assert not denotes(text, START)


@pytest.mark.parametrize("start", ["1972-01-01T00:00:00", datetime(1972, 1, 1)])  # noqa: DTZ001
def test_a_start_without_a_zone_is_in_utc_or_in_local_time(start: str | datetime) -> None:
    local = datetime(1972, 1, 1, tzinfo=ZoneInfo(LOCAL_ZONE))
    texts = ("1972-01-01T00:00:00Z", local.isoformat(), f"{local.astimezone(timezone.utc)}")
    for text in texts:
        assert any(denotes(text, each) for each in meant_by(start))
    assert not any(denotes("1971-12-31T23:30:00Z", each) for each in meant_by(start))
    assert [*meant_by(START)] == [START]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        *((FINE, True), ("20260115T103000.25Z", True), ("20260115T103000.250Z", True)),
        *(("20260115T103000.250000000Z", True), ("20260115T103000-250-0000", True)),
        *(("20260115103000250000", True), ("20260115T103000Z", False)),
        *(("20260115T103000.2Z", False), ("20260115T103000.2500001Z", False)),
    ],
)
def test_the_fraction_of_a_second_counts(text: str, right: bool) -> None:
    assert denotes(text, FINE) is right
    assert denotes_roughly(text, FINE) or text.endswith("1Z")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        *(("20260115T113000Z", True), ("20260115T123000.9Z", False), ("20260115T103000Z", True)),
        *(("20260115T103001Z", False), ("20260115T001500Z", False), ("20260115", False)),
        *(("1768473000", False), ("20261122T103000Z", False)),
    ],
)
def test_a_start_without_its_fraction_or_its_zone_is_rough(text: str, right: bool) -> None:
    assert denotes_roughly(text, FINE) is right


def test_the_start_is_denoted_by_its_text_whatever_it_is() -> None:
    moment = datetime(2026, 1, 15, 5, 30, 0, 250_000, timezone(timedelta(hours=-5)))
    assert denotes(str(moment), moment)
    assert denotes("yesterday", "yesterday")
    assert not denotes("20260115T103000Z", "yesterday")


@pytest.mark.parametrize(
    ("key", "timestamp"),
    [
        *(("ash-report-1.json", "1"), ("ash-report-old/ash-report-1.5.yaml", "1.5")),
        *(("ash-report-1/2.json", "2"), ("ash-report-1.json.gz", "1")),
        *(("ash-report-.json", None), ("my-ash-report-1.json", "1"), ("ash-report-1.yml", "1")),
        *(("ash-report-1", "1"), ("ash-report", None), ("1-ash-report.json", "1")),
        *(("ASH-report-1.JSON", "1"), ("ash-report-.json.gz", None)),
    ],
)
def test_the_timestamp_is_in_the_last_part_of_the_key(key: str, timestamp: str | None) -> None:
    assert timestamp_in(key) == timestamp


@pytest.mark.parametrize(
    ("stamp", "is_one"),
    [
        *((each, True) for each in ("None", "%!s(<nil>)", "undefined", "NaNTNaNZ")),
        *((each, True) for each in ("Invalid Date", "1970-01-01T00:00:00Z", "00010101T000000Z")),
        *((each, False) for each in ("20260115T103000Z", "finance", "vanilla", "nonesuch", "x")),
    ],
)
def test_a_missing_value_has_many_names(stamp: str, is_one: bool) -> None:
    assert is_placeholder(f"ash-report-{stamp}.json") is is_one


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("20260115T103000", "2026-01-15T22:30:00Z", "by a clock of 12 hours"),
        ("20251231T235959Z", "2025-12-31T23:59:59-05:00", "without its zone and called UTC"),
        ("20251231T235959", "2025-12-31T23:59:59-05:00", "without its zone"),
        ("20260115T103000Z", "2026-01-15T10:30:00.5Z", "but for its fraction"),
        ("20260115T103001Z", "2026-01-15T10:30:00Z", ""),
    ],
)
def test_a_mistake_is_named(text: str, start: str, words: str) -> None:
    assert mistaken_for(text, start).endswith(words)


@pytest.mark.parametrize(
    ("prefix", "key", "is_right"),
    [("/", "/", True), ("/", "//", False), ("a/", "a//", False), ("", "/", False), ("", "", True)],
)
def test_a_slash_that_the_prefix_has_is_no_second_one(
    prefix: str, key: str, *, is_right: bool
) -> None:
    run = a_run(put(key=f"{key}ash-report-20260115T103000Z.json"), options={"key_prefix": prefix})
    with nullcontext() if is_right else pytest.raises(Nonconformance):
        no_second_slash_follows(run)
