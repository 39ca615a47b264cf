"""The wire refuses the headers of an upload that S3 refuses, and no others."""

from urllib.parse import quote

import pytest
from signed import code, refusal, signed

from s3_reporter_conformance.wire.refusal import Aspect

SSE = "x-amz-server-side-encryption"
KMS_KEY = f"{SSE}-aws-kms-key-id"
TAGS = [f"key{number}=value" for number in range(11)]

WRONG = {
    "an encryption in lower case": ({SSE: "aes256"}, "InvalidArgument", "'aes256'"),
    "an empty encryption": ({SSE: ""}, "InvalidArgument", "''"),
    "a key of KMS without KMS": ({KMS_KEY: "alias/a"}, "InvalidArgument", "without"),
    "a key of KMS for AES256": (
        {SSE: "AES256", KMS_KEY: "alias/a"},
        "InvalidArgument",
        "without",
    ),
    "an unknown ACL": ({"x-amz-acl": "owner"}, "InvalidArgument", "'owner'"),
    "an unknown storage class": (
        {"x-amz-storage-class": "COLD"},
        "InvalidStorageClass",
        "'COLD'",
    ),
    "a tag twice": ({"x-amz-tagging": "a=1&b=2&a=3"}, "InvalidArgument", "'a' twice"),
    "too many tags": ({"x-amz-tagging": "&".join(TAGS)}, "BadRequest", "11 tags"),
    "a long key of a tag": (
        {"x-amz-tagging": f"{'k' * 129}=v"},
        "InvalidTag",
        "key of 129 characters",
    ),
    "a long value of a tag": (
        {"x-amz-tagging": f"k={'v' * 257}"},
        "InvalidTag",
        "value of 257 characters",
    ),
    "large metadata": (
        {"x-amz-meta-a": "v" * 1024, "x-amz-meta-b": "v" * 1023},
        "MetadataTooLarge",
        "2049 bytes",
    ),
    "an ETag that must not match": ({"If-None-Match": '"abc"'}, "NotImplemented", "abc"),
}

RIGHT = {
    **{f"the encryption {name}": {SSE: name} for name in ("AES256", "aws:kms:dsse", "aws:fsx")},
    "a key of KMS": {SSE: "aws:kms", KMS_KEY: "alias/a"},
    "an ACL": {"x-amz-acl": "bucket-owner-full-control"},
    "a storage class": {"x-amz-storage-class": "GLACIER_IR"},
    "ten tags": {"x-amz-tagging": "&".join(TAGS[:10])},
    "long tags": {"x-amz-tagging": f"{quote('é' * 128)}={quote('é' * 256)}&empty="},
    "metadata of 2 KB": {"x-amz-meta-a": "v" * 1024, "x-amz-meta-b": "v" * 1022},
    "no object there yet": {"If-None-Match": "*"},
    "an ETag that must match": {"If-Match": '"abc"'},
}


@pytest.mark.parametrize(("headers", "expected", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_header_is_refused(headers: dict[str, str], expected: str, words: str) -> None:
    found = refusal(signed(headers=headers))
    assert found
    assert (found.response.code, found.aspect) == (expected, Aspect.HEADERS)
    assert words in found.finding
    # A reporter hears the same where an upload begins in several parts, but for the condition.
    begun = code(signed("/reports/a?uploads", method="POST", headers=headers))
    assert begun == (None if expected == "NotImplemented" else expected)


@pytest.mark.parametrize("headers", RIGHT.values(), ids=RIGHT.keys())
def test_a_right_header_is_taken(headers: dict[str, str]) -> None:
    assert code(signed(headers=headers)) is None


def test_a_parameter_of_the_url_counts_as_a_header() -> None:
    assert code(signed("/reports/a?x-amz-acl=owner")) == "InvalidArgument"
    assert code(signed("/reports/a?x-amz-acl=private")) is None


def test_where_an_upload_of_parts_ends_the_condition_counts() -> None:
    headers = {"If-None-Match": '"abc"', "x-amz-acl": "owner"}
    assert code(signed("/reports/a?uploadId=1", method="POST", headers=headers)) == "NotImplemented"


def test_other_requests_may_have_conditions() -> None:
    assert code(signed(method="HEAD", content=b"", headers={"If-None-Match": '"abc"'})) is None
