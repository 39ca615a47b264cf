"""The meaning of a request to S3."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from signed import presigned, refusal, signed

from s3_reporter_conformance.s3.request import CredentialScope, Request
from s3_reporter_conformance.s3.sigv4 import canonical_request, signature_of

CREDENTIAL = "AKIAEXAMPLE/20260115/eu-west-1/{service}/aws4_request"


def a_request(method: str, target: str, service: str = "s3", **headers: str) -> Request:
    authorization = f"AWS4-HMAC-SHA256 Credential={CREDENTIAL.format(service=service)}, Signature=a"
    return Request(method, target, (("Authorization", authorization), *headers.items()), b"")


@pytest.mark.parametrize(
    ("method", "target", "operation"),
    [
        ("PUT", "/bucket/key", "PutObject"),
        ("PUT", "/bucket/a/b%20c?x-id=PutObject&id=1", "PutObject"),
        ("PUT", "/bucket", "CreateBucket"),
        ("HEAD", "/bucket", "HeadBucket"),
        ("GET", "/bucket?list-type=2", "ListObjectsV2"),
        ("PUT", "/bucket/key?acl", "PutObjectAcl"),
        ("PUT", "/bucket?lifecycle", "PutBucketLifecycleConfiguration"),
        ("DELETE", "/bucket", "DeleteBucket"),
        ("POST", "/bucket?delete", "DeleteObjects"),
        ("POST", "/", "POST"),
        ("POST", "/bucket/key", "POST"),
        ("POST", "/bucket/key?uploads", "CreateMultipartUpload"),
        ("PUT", "/bucket/key?partNumber=1&uploadId=x", "UploadPart"),
        ("POST", "/bucket/key?uploadId=x", "CompleteMultipartUpload"),
        ("DELETE", "/bucket/key?uploadId=x", "AbortMultipartUpload"),
    ],
)
def test_operation(method: str, target: str, operation: str) -> None:
    assert a_request(method, target).operation == operation


def test_operations_that_headers_tell() -> None:
    copied = a_request("PUT", "/bucket/key", **{"x-amz-copy-source": "/other/key"})
    assert copied.operation == "CopyObject"
    assert a_request("POST", "/", service="sts").operation == "sts:POST"
    assert a_request("PUT", "/bucket/key", service="s3express").operation == "PutObject"
    request = a_request("PUT", "/a/b%20c", Host="reports.localhost:4566")
    assert (request.bucket, request.key, request.operation) == ("reports", "a/b c", "PutObject")
    assert a_request("PUT", "/bucket/key", Host="localhost:4566").bucket == "bucket"


def test_scope() -> None:
    expected = CredentialScope("AKIAEXAMPLE", "20260115", "eu-west-1", "s3")
    assert a_request("PUT", "/b/k").scope == expected
    credential = quote(CREDENTIAL.format(service="s3"), safe="")
    assert Request("PUT", f"/b/k?X-Amz-Credential={credential}", (), b"").scope == expected
    assert Request("PUT", "/b/k", (), b"").scope is None


PREFIXES = (*"*!'&#?@$,; +=é~", "//", "./..", "%C3%A9", "é+ß=✓", '(1):[2]{3}|\\^`"<>')


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("safe", ["/~", "/~!*'()", "/~:@!$&'()*+,;="], ids=["SDK", "JS", "URL"])
def test_the_canonical_path_is_that_of_botocore(prefix: str, safe: str) -> None:
    key = f"scans{prefix}team/ash-report.json"
    # boto3 encodes all but slashes and tildes; others leave to the URL what a URL allows.
    usual, sent = f"/reports/{quote(key, safe='/~')}", f"/reports/{quote(key, safe=safe)}"
    theirs = AWSRequest("PUT", f"http://127.0.0.1:4566{usual}", {})
    theirs.context["timestamp"] = "20260115T103000Z"
    text = S3SigV4Auth(Credentials("a", "b"), "s3", "us-east-1").canonical_request(theirs)
    request = signed(usual)
    assert canonical_request(request, signature_of(request)).split("\n")[1] == text.split("\n")[1]
    assert refusal(request) is None
    assert refusal(presigned(usual)) is None
    assert (request.bucket, request.key) == ("reports", key)
    other = replace(request, target=sent)
    assert refusal(other) is None
    assert other.key == key
