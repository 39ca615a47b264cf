"""The meaning of a request to S3."""

import pytest

from s3_reporter_conformance.wire.exchange import CredentialScope, Exchange

SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260115/eu-west-1/{service}/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=abc"
)


def exchange(method: str, target: str, service: str = "s3", **headers: str) -> Exchange:
    return Exchange(
        time=0.0,
        method=method,
        target=target,
        headers=(("Authorization", SIGNATURE.format(service=service)), *headers.items()),
        body=b"",
        status=200,
        fault=None,
    )


@pytest.mark.parametrize(
    ("method", "target", "operation"),
    [
        ("PUT", "/bucket/key", "PutObject"),
        ("PUT", "/bucket/a/b%20c?x-id=PutObject", "PutObject"),
        ("PUT", "/bucket", "CreateBucket"),
        ("PUT", "/bucket/", "CreateBucket"),
        ("HEAD", "/bucket", "HeadBucket"),
        ("HEAD", "/bucket/key", "HeadObject"),
        ("GET", "/bucket?list-type=2", "ListObjects"),
        ("PUT", "/bucket/key?acl", "PutObjectAcl"),
        ("PUT", "/bucket/key?tagging=", "PutObjectTagging"),
        ("PUT", "/bucket?policy", "PutBucketPolicy"),
        ("PUT", "/bucket?lifecycle", "PutBucketLifecycleConfiguration"),
        ("PUT", "/bucket/?acl", "PutBucketAcl"),
        ("DELETE", "/bucket", "DeleteBucket"),
        ("POST", "/bucket?delete", "DeleteObjects"),
        ("POST", "/", "POST"),
        ("POST", "/bucket/key?uploads", "CreateMultipartUpload"),
        ("PUT", "/bucket/key?partNumber=1&uploadId=x", "UploadPart"),
        ("POST", "/bucket/key?uploadId=x", "CompleteMultipartUpload"),
        ("DELETE", "/bucket/key?uploadId=x", "AbortMultipartUpload"),
        ("DELETE", "/bucket/key", "DeleteObject"),
    ],
)
def test_operation(method: str, target: str, operation: str) -> None:
    assert exchange(method, target).operation == operation


def test_a_copy_is_no_upload() -> None:
    copied = exchange("PUT", "/bucket/key", **{"x-amz-copy-source": "/other/key"})
    assert copied.operation == "CopyObject"


def test_another_service_is_no_s3() -> None:
    assert exchange("POST", "/", service="sts").operation == "sts:POST"
    assert exchange("PUT", "/bucket/key", service="s3express").operation == "PutObject"


def test_bucket_and_key_are_decoded() -> None:
    request = exchange("PUT", "/bucket/a%2Bb/%C3%A9%20x?x-id=PutObject")
    assert (request.bucket, request.key) == ("bucket", "a+b/é x")


def test_bucket_and_key_of_a_virtual_host() -> None:
    request = exchange("PUT", "/a/b%20c", Host="reports.localhost:4566")
    assert (request.bucket, request.key, request.operation) == ("reports", "a/b c", "PutObject")
    assert exchange("PUT", "/bucket/key", Host="localhost:4566").bucket == "bucket"


def test_scope_of_a_signed_request() -> None:
    assert exchange("PUT", "/b/k").scope == CredentialScope("AKIAEXAMPLE", "eu-west-1", "s3")


def test_scope_of_a_presigned_url() -> None:
    credential = "AKIAEXAMPLE%2F20260115%2Feu-west-1%2Fs3%2Faws4_request"
    request = Exchange(0.0, "PUT", f"/b/k?X-Amz-Credential={credential}", (), b"", 200, None)
    assert request.scope == CredentialScope("AKIAEXAMPLE", "eu-west-1", "s3")


def test_an_unsigned_request_has_no_scope() -> None:
    assert Exchange(0.0, "PUT", "/b/k", (), b"", 200, None).scope is None
