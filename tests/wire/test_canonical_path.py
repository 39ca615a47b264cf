"""The wire signs a path as botocore does, whatever is in it."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from signed import presigned, refusal, signed

from s3_reporter_conformance.wire.sigv4 import canonical_request, signature_of

PREFIXES = (
    *"*!'&#?@$,; +=é~",
    "//",
    "/",
    "./..",
    "%20",
    "%C3%A9",
    "é+ß=✓",
    "%",
    '(1):[2]{3}|\\^`"<>',
)


def canonical_of_botocore(path: str) -> str:
    request = AWSRequest("PUT", f"http://127.0.0.1:4566{path}", {})
    request.context["timestamp"] = "20260115T103000Z"
    request.headers["X-Amz-Content-SHA256"] = "UNSIGNED-PAYLOAD"
    text = S3SigV4Auth(Credentials("a", "b"), "s3", "us-east-1").canonical_request(request)
    line: str = text.split("\n")[1]
    return line


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("safe", ["/~", "/~!*'()", "/~:@!$&'()*+,;="], ids=["SDK", "JS", "URL"])
def test_the_canonical_path_is_that_of_botocore(prefix: str, safe: str) -> None:
    key = f"scans{prefix}team/ash-report.json"
    # boto3 encodes all but slashes and tildes; others leave to the URL what a URL allows.
    usual, sent = f"/reports/{quote(key, safe='/~')}", f"/reports/{quote(key, safe=safe)}"
    request = signed(usual)
    signature = signature_of(request)
    assert signature
    assert canonical_request(request, signature).path == canonical_of_botocore(usual)
    assert refusal(request) is None
    assert refusal(presigned(usual)) is None
    assert (request.bucket, request.key) == ("reports", key)
    other = replace(request, target=sent)
    assert refusal(other) is None
    assert other.key == key
