"""Finds what a reporter changed besides its object and its copy (interpretation 15)."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from ..scenario.observation import Observation
from ..wire.exchange import UPLOADS, Exchange

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Actions of IAM that change nothing: IAM API Reference, "Actions".
_LOOKING = ("Get", "List", "Simulate", "Generate")
_OWN = UPLOADS | {"AbortMultipartUpload", "PutObjectTagging"}
_TAKES_HEADERS = frozenset({"PutObject", "CreateMultipartUpload"})
# Canned ACLs and groups: Amazon S3 User Guide, "Access control list (ACL) overview".
_PUBLIC = frozenset({"public-read", "public-read-write", "authenticated-read"})
_EVERYBODY = "acs.amazonaws.com/groups/global/"
_CUSTOMER_KEY = "x-amz-server-side-encryption-customer-algorithm"
# As much of a report in a file as no other file has by chance, in bytes.
_TELLING = 100


def changes_in_s3(observation: Observation) -> Iterator[Exchange]:
    """The requests that change something in S3, or permissions, besides writing the object.

    The object is the one that the first upload names.  Tags on it may come in a request of their
    own.  A request counts even if S3 refused it.
    """
    own = {(upload.bucket, upload.key) for upload in observation.uploads[:1]}
    for exchange in observation.exchanges:
        writes_the_object = exchange.operation in _OWN and (exchange.bucket, exchange.key) in own
        changes = exchange.method not in _READING and _is_s3(exchange)
        if (changes and not writes_the_object) or _changes_permissions(exchange):
            yield exchange


def grants_to_everybody(observation: Observation) -> Iterator[str]:
    """The headers of uploads that let others read the object than those who may read the bucket."""
    for upload in observation.uploads:
        for name, value in upload.header.items():
            granted = name.startswith("x-amz-grant-") and _EVERYBODY in value
            if granted or (name == "x-amz-acl" and value in _PUBLIC):
                yield f"{name}: {value}"


def obstacles_to_readers(observation: Observation) -> Iterator[str]:
    """The headers of uploads for which who reads the object does not get its bytes as they are."""
    for upload in observation.uploads:
        if upload.operation not in _TAKES_HEADERS:
            continue
        # S3 takes the framing of a signed body off, and does not store its name.
        encoding = upload.header.get("content-encoding", "").replace("aws-chunked", "").strip(", ")
        if encoding and encoding != "identity":
            yield f"content-encoding: {encoding}"
        if _CUSTOMER_KEY in upload.header:
            yield f"{_CUSTOMER_KEY}: {upload.header[_CUSTOMER_KEY]}"


def changes_on_disk(observation: Observation) -> Iterator[str]:
    """The files that the reporter added, changed, or removed, apart from one copy of the report."""
    before, after = observation.files_before, observation.files
    contents = {upload.payload for upload in observation.uploads}
    contents |= {stored.content for stored in observation.objects}
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    copies = [name for name in changed if after.get(name) in contents]
    own = [name for name in copies if name in observation.reports][:1]
    yield from (name for name in changed if name not in own)
    for name, content in observation.files_elsewhere.items():
        # Programs and SDKs keep caches, in folders of their own.
        in_a_cache = name.count("/") > 1 or name.startswith("HOME/")
        if not in_a_cache or any(_share(content, report) for report in contents):
            yield name


def _is_s3(exchange: Exchange) -> bool:
    return exchange.scope is None or exchange.scope.service.startswith("s3")


def _changes_permissions(exchange: Exchange) -> bool:
    """Whether it is a request to IAM that does more than look."""
    if exchange.scope is None or exchange.scope.service != "iam":
        return False
    action = dict(parse_qsl(exchange.payload.decode(errors="replace"))).get("Action", "")
    return bool(action) and not action.startswith(_LOOKING)


def _share(content: bytes, report: bytes) -> bool:
    """Whether a file contains a report or is a considerable part of it."""
    return (
        (report in content)
        if report and len(content) >= len(report)
        else (len(content) >= _TELLING and content in report)
    )
