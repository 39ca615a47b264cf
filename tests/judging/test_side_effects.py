"""A reporter changes nothing but its object and its copy (mutants change the rest)."""

import gzip
import json
from dataclasses import replace

import pytest
from made_runs import BUCKET, RESULTS, call, put, request, run_of

from s3_reporter_conformance.judging.side_effects import changes_in_s3, changes_on_disk
from s3_reporter_conformance.scenario.environment import OF_ANOTHER_REPORTER
from s3_reporter_conformance.scenario.observation import Observation
from s3_reporter_conformance.wire.exchange import Exchange

CONTENT = b"{}" * 200
SUMMARY = json.dumps(RESULTS.data["metadata"]).encode()
PUT = put(body=CONTENT)
OBJECT = f"/{BUCKET}/{PUT.key}"
BEGUN = request("POST", f"{OBJECT}?uploads")
ASHES = {"ash.html": b"1"}
OF_OTHERS = {"reports/ash.yaml": OF_ANOTHER_REPORTER}


def of(service: str) -> Exchange:
    signed = f"AWS4-HMAC-SHA256 Credential=A/20261123/eu-west-1/{service}/aws4_request, Signature=0"
    return replace(request("POST", "/"), headers=(("authorization", signed),))


def changes(*exchanges: Exchange) -> list[Exchange]:
    return list(changes_in_s3(call(*exchanges)))


@pytest.mark.parametrize(
    ("other", "is_change"),
    [
        *((request("GET", f"/{BUCKET}?location"), False), (PUT, False)),
        *((request("DELETE", f"{OBJECT}?uploadId=1"), False), (of("sts"), False)),
        *((request("PUT", f"/{BUCKET}{query}"), True) for query in ("", "?policy")),
        *((request("POST", f"/{BUCKET}?delete"), True), (request("PUT", f"{OBJECT}?acl"), True)),
        *((put(key="scans/latest.json"), True), (put(bucket="elsewhere"), True)),
        (put(headers={"x-amz-copy-source": "/bucket/other"}), True),
        (request("DELETE", OBJECT), True),
    ],
)
def test_whatever_is_asked_of_s3_but_the_object_itself_is_a_change(
    other: Exchange, is_change: bool
) -> None:
    assert changes(PUT, other) == [other] * is_change


def test_a_multipart_upload_has_to_end() -> None:
    assert changes(PUT, BEGUN) == [BEGUN]
    for method in ("POST", "DELETE"):
        assert changes(PUT, BEGUN, request(method, f"{OBJECT}?uploadId=1")) == []
    refused = request("POST", f"{OBJECT}?uploadId=1", "InternalError")
    assert changes(PUT, BEGUN, refused) == [BEGUN]
    assert changes(PUT, replace(BEGUN, status=403)) == []


def written(
    files: dict[str, bytes],
    elsewhere: dict[str, bytes] | None = None,
    before: dict[str, bytes] | None = None,
) -> Observation:
    return call(PUT, files=files, files_elsewhere=elsewhere or {}, files_before=before or {})


def found_on_disk(observation: Observation) -> list[str]:
    return list(changes_on_disk(run_of(observation)))


@pytest.mark.parametrize(
    ("observation", "names"),
    [
        # In another folder, which another rule is about.
        (written({"x.json": CONTENT}), []),
        (written({"reports/x.json": CONTENT}, before={"reports/x.json": b"earlier"}), []),
        (written({}, {"HOME/.aws/cli/cache/1": b"{}" * 10, "TMPDIR/compiled/1": b"cached"}), []),
        (written({}, {"HOME/.cache/log": RESULTS.data["name"].encode()}), []),
        (written({}, {"HOME/.cache/config": json.dumps(RESULTS.data["ash_config"]).encode()}), []),
        (written({}, {"HOME/.cache/1.gz": b"\x1f\x8b\x08 not gzip"}), []),
        (written({"reports/x.json": CONTENT, "reports/x.tmp": CONTENT}), ["reports/x.tmp"]),
        (
            written({"reports/ash.yaml": CONTENT}, before=OF_OTHERS),
            ["reports/ash.yaml, which another reporter wrote"],
        ),
        (written({}, before=ASHES), ["ash.html"]),
        (written({"ash.html": b"2"}, before=ASHES), ["ash.html"]),
        *(
            (written({}, {name: content}), [name])
            for name, content in (
                *(("TMPDIR/tmp1", b""), ("TMPDIR/folder/part", CONTENT[:150])),
                *(("HOME/.ash/last", b"<" + CONTENT + b">"), ("HOME/.aws/config", b"")),
                *(("HOME/.cache/last", SUMMARY), ("TMPDIR/ash/2.gz", gzip.compress(SUMMARY))),
            )
        ),
    ],
)
def test_whatever_is_written_but_one_copy_and_caches_is_named(
    observation: Observation, names: list[str]
) -> None:
    assert found_on_disk(observation) == names


def test_without_an_upload_one_new_file_is_the_copy() -> None:
    files = {"reports/x.json": CONTENT, "reports/x.tmp": CONTENT, "ash.html": b"2"}
    elsewhere = {"HOME/.ash/last": CONTENT}
    observation = call(files=files, files_before=ASHES, files_elsewhere=elsewhere)
    assert found_on_disk(observation) == ["ash.html", "reports/x.tmp", "HOME/.ash/last"]
