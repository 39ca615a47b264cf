"""Attempts that would store something else are told in words (more in `fuzz`)."""

import pytest
from made_runs import put

from s3_reporter_conformance.judging.same_request import changes_between
from s3_reporter_conformance.wire.exchange import Exchange


def attempt(**changes: object) -> Exchange:
    given = {"x-amz-meta-tool": "ash", "x-amz-date": "1", "content-encoding": "aws-chunked"}
    headers = {**given, **changes.pop("headers", {})}  # type: ignore[dict-item]
    kept = {name: value for name, value in headers.items() if value}
    return put(**{"key": "a.json", "body": b"{}", **changes}, headers=kept)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"headers": {"x-amz-date": "2", "content-encoding": ""}}, ""),
        ({"headers": {"x-amz-meta-tool": ""}}, "x-amz-meta-tool is missing"),
        ({"headers": {"content-encoding": "gzip"}}, "content-encoding is gzip"),
        ({"headers": {"x-amz-acl": "public-read"}}, "x-amz-acl is public-read"),
        ({"bucket": "other"}, "the bucket is other"),
        ({"region": "us-west-2"}, "the region is us-west-2"),
        ({"body": b"[]"}, "the content is 2 other bytes instead of 2 bytes"),
    ],
)
def test_another_request(changes: dict[str, object], words: str) -> None:
    found = list(changes_between([attempt(), attempt(), attempt(**changes)]))
    assert len(found) == bool(words)
    assert not words or found[0].startswith(f"in attempt 3, {words}")
