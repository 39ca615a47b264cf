import gzip
import json
from dataclasses import replace

import pytest
from made_runs import run_of

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.scan_results import sample_scan
from s3_reporter_conformance.judging.side_effects import (
    changes_in_s3,
    changes_on_disk,
    grants_to_everybody,
    obstacles_to_readers,
)
from s3_reporter_conformance.scenario.observation import Observation
from s3_reporter_conformance.wire.exchange import Exchange

CONTENT = b"{}" * 200
RESULTS = sample_scan()
SUMMARY = json.dumps(RESULTS.data["metadata"]).encode()
SIGNED = "AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-west-1/{}/aws4_request, Signature=0"


def request(method: str, target: str, service: str = "s3", **headers: str) -> Exchange:
    pairs = {"authorization": SIGNED.format(service)}
    pairs |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Exchange(method, target, tuple(pairs.items()), CONTENT, status=200)


PUT = request("PUT", "/bucket/scans/report.json")


def sent(*exchanges: Exchange) -> Observation:
    return Observation(Outcome(True), exchanges, (), {}, 1.0)


def written(
    after: dict[str, bytes],
    elsewhere: dict[str, bytes] | None = None,
    before: dict[str, bytes] | None = None,
) -> Observation:
    return Observation(
        Outcome(True),
        (PUT,),
        (),
        after,
        1.0,
        files_before=before or {},
        files_elsewhere=elsewhere or {},
    )


@pytest.mark.parametrize(
    "other",
    [
        request("GET", "/bucket?location"),
        request("HEAD", "/bucket"),
        request("PUT", "/bucket/scans/report.json"),
        request("DELETE", "/bucket/scans/report.json?uploadId=1"),
        request("POST", "/", "sts"),
        request("POST", "/", "iam"),
    ],
)
def test_reading_other_services_and_the_object_itself_are_no_change(other: Exchange) -> None:
    assert list(changes_in_s3(sent(PUT, other))) == []


def test_a_multipart_upload_has_to_end() -> None:
    begun = request("POST", "/bucket/scans/report.json?uploads")
    assert list(changes_in_s3(sent(PUT, begun))) == [begun]
    for method in ("POST", "DELETE"):
        ended = request(method, "/bucket/scans/report.json?uploadId=1")
        assert list(changes_in_s3(sent(PUT, begun, ended))) == []
    refused = replace(request("POST", "/bucket/scans/report.json?uploadId=1"), status=500)
    assert list(changes_in_s3(sent(PUT, begun, refused))) == [begun]
    assert list(changes_in_s3(sent(PUT, replace(begun, status=403)))) == []


@pytest.mark.parametrize(
    "other",
    [
        request("PUT", "/bucket"),
        request("PUT", "/bucket?policy"),
        request("PUT", "/bucket?publicAccessBlock"),
        request("DELETE", "/bucket?lifecycle"),
        request("POST", "/bucket?delete"),
        request("PUT", "/bucket/scans/report.json?acl"),
        request("PUT", "/bucket/scans/latest.json"),
        request("PUT", "/elsewhere/scans/report.json"),
        request("PUT", "/bucket/scans/report.json", x_amz_copy_source="/bucket/other"),
        request("DELETE", "/bucket/scans/report.json"),
        request("DELETE", "/bucket/scans/yesterday.json"),
    ],
)
def test_whatever_else_is_asked_of_s3_is_a_change(other: Exchange) -> None:
    assert list(changes_in_s3(sent(PUT, other))) == [other]


def test_without_an_upload_everything_is_a_change() -> None:
    created = request("PUT", "/bucket")
    assert list(changes_in_s3(sent(created))) == [created]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"x_amz_acl": "bucket-owner-full-control"}, 0),
        ({"x_amz_grant_read": 'id="79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7"'}, 0),
        ({"x_amz_acl": "public-read"}, 1),
        ({"x_amz_grant_read": 'uri="http://acs.amazonaws.com/groups/global/AllUsers"'}, 1),
    ],
)
def test_only_an_acl_for_everybody_makes_public(headers: dict[str, str], found: int) -> None:
    upload = request("PUT", "/bucket/key", **headers)
    assert len(list(grants_to_everybody(sent(upload)))) == found


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"content_encoding": "aws-chunked"}, 0),
        ({"x_amz_server_side_encryption": "aws:kms"}, 0),
        ({"content_encoding": "gzip"}, 1),
        ({"content_encoding": "aws-chunked,gzip"}, 1),
        ({"x_amz_server_side_encryption_customer_algorithm": "AES256"}, 1),
    ],
)
def test_an_encoding_and_a_key_of_ones_own_are_obstacles(
    headers: dict[str, str], found: int
) -> None:
    upload = request("PUT", "/bucket/key", **headers)
    assert len(list(obstacles_to_readers(sent(upload)))) == found


@pytest.mark.parametrize(
    "observation",
    [
        written({}),
        written({"reports/x.json": CONTENT}),
        # In another folder, which another rule is about.
        written({"x.json": CONTENT}),
        written({"reports/x.json": CONTENT}, before={"reports/x.json": b"earlier"}),
        written({"reports/x.json": CONTENT, "ash.html": b"1"}, before={"ash.html": b"1"}),
        written({}, {"HOME/.aws/cli/cache/1": b"{}" * 10, "TMPDIR/compiled/1": b"cached"}),
        written({}, {"HOME/.cache/log": RESULTS.data["name"].encode()}),
        written({}, {"HOME/.cache/config": json.dumps(RESULTS.data["ash_config"]).encode()}),
        written({}, {"HOME/.cache/1.gz": b"\x1f\x8b\x08 not gzip"}),
    ],
)
def test_one_copy_and_caches_are_no_change_on_disk(observation: Observation) -> None:
    assert list(changes_on_disk(run_of(observation))) == []


@pytest.mark.parametrize(
    ("observation", "name"),
    [
        (written({"reports/x.json": CONTENT, "reports/x.tmp": CONTENT}), "reports/x.tmp"),
        (written({"reports/x.json": CONTENT, "reports/note.txt": b""}), "reports/note.txt"),
        (written({}, before={"reports/ash.html": b"1"}), "reports/ash.html"),
        (written({"ash.html": b"2"}, before={"ash.html": b"1"}), "ash.html"),
        (written({}, {"TMPDIR/tmp1": b""}), "TMPDIR/tmp1"),
        (written({}, {"TMPDIR/folder/part": CONTENT[:150]}), "TMPDIR/folder/part"),
        (written({}, {"HOME/.ash/last": b"<" + CONTENT + b">"}), "HOME/.ash/last"),
        (written({}, {"beside.txt": b""}), "beside.txt"),
        (written({}, {"HOME/.aws/config": b""}), "HOME/.aws/config"),
        (written({}, {"HOME/.aws/credentials": b"[ash]"}), "HOME/.aws/credentials"),
        (written({}, {"HOME/.cache/last": SUMMARY}), "HOME/.cache/last"),
        (written({}, {"TMPDIR/ash/1.gz": gzip.compress(CONTENT)}), "TMPDIR/ash/1.gz"),
        (written({}, {"TMPDIR/ash/2.gz": gzip.compress(SUMMARY)}), "TMPDIR/ash/2.gz"),
    ],
)
def test_whatever_else_is_written_is_named(observation: Observation, name: str) -> None:
    assert list(changes_on_disk(run_of(observation))) == [name]


def test_without_an_upload_one_new_file_is_the_copy() -> None:
    observation = Observation(
        Outcome(True),
        (),
        (),
        {"reports/x.json": CONTENT, "reports/x.tmp": CONTENT, "reports/ash.html": b"2"},
        1.0,
        files_before={"reports/ash.html": b"1"},
        files_elsewhere={"HOME/.ash/last": CONTENT},
    )
    found = ["reports/ash.html", "reports/x.tmp", "HOME/.ash/last"]
    assert list(changes_on_disk(run_of(observation))) == found


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ({".": 0o755, "ash.html": 0o644, "reports/x.json": 0o600}, ""),
        ({".": 0o777, "ash.html": 0o644}, "the output folder has the permissions 0777"),
        ({".": 0o755, "ash.html": 0o666}, "ash.html has the permissions 0666 instead of 0644"),
        ({".": 0o755, "ash.html": 0o644, "reports/x.json": 0o200}, "its owner may not read it"),
    ],
)
def test_only_the_copy_gets_other_permissions(after: dict[str, int], found: str) -> None:
    observation = replace(
        written({"reports/x.json": CONTENT}, before={"reports/x.json": b"earlier"}),
        modes_before={".": 0o755, "ash.html": 0o644, "reports/x.json": 0o644},
        modes=after,
    )
    assert found in "; ".join(changes_on_disk(run_of(observation)))
    assert bool(found) == bool(list(changes_on_disk(run_of(observation))))
