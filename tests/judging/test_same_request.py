"""Attempts that would store something else are found; what an SDK says of itself may differ."""

from dataclasses import replace

import pytest

from s3_reporter_conformance.judging.same_request import departures
from s3_reporter_conformance.wire.exchange import Exchange

FIRST = Exchange(
    time=0,
    method="PUT",
    target="/bucket/scans/report.json?x-id=PutObject",
    headers=(
        ("Content-Type", "application/json"),
        ("x-amz-meta-tool", "ash"),
        ("amz-sdk-request", "attempt=1"),
        ("X-Amz-Date", "20260115T103000Z"),
        ("Content-Encoding", "aws-chunked"),
    ),
    body=b"{}",
    status=503,
    fault=None,
)


def headers(**changed: str) -> tuple[tuple[str, str], ...]:
    named = {name.replace("_", "-").lower(): value for name, value in changed.items()}
    merged = {**FIRST.header, **named}
    return tuple((name, value) for name, value in merged.items() if value)


@pytest.mark.parametrize(
    "same",
    [
        FIRST,
        replace(FIRST, target="/bucket/scans/report.json"),
        replace(FIRST, headers=headers(amz_sdk_request="attempt=2", x_amz_date="20260115T103001Z")),
        replace(FIRST, headers=headers(content_encoding="")),
    ],
)
def test_the_same_request(same: Exchange) -> None:
    assert list(departures([FIRST, same])) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(FIRST, headers=headers(content_type="")), "content-type is missing"),
        (replace(FIRST, headers=headers(x_amz_meta_tool="")), "x-amz-meta-tool is missing"),
        (replace(FIRST, headers=headers(content_encoding="gzip")), "content-encoding is gzip"),
        (replace(FIRST, headers=headers(x_amz_acl="public-read")), "x-amz-acl is public-read"),
        (replace(FIRST, target="/bucket/scans/other.json"), "the key is scans/other.json"),
        (replace(FIRST, target="/other/scans/report.json"), "the bucket is other"),
        (replace(FIRST, body=b""), "the content is 0 bytes instead of 2 bytes"),
        (replace(FIRST, body=b"[]"), "the content is 2 other bytes instead of 2 bytes"),
    ],
)
def test_another_request(other: Exchange, words: str) -> None:
    [found] = departures([FIRST, FIRST, other])
    assert found.startswith(f"in attempt 3, {words}")
