"""Finds what a reporter changed besides its object and its copy (interpretation 15)."""

import gzip
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from stat import S_IRUSR
from typing import Any
from urllib.parse import parse_qsl

from ..adapters.scan_results import ScanResults
from ..s3.operations import UPLOADS
from ..scenario.observation import Observation
from ..scenario.run import Run
from ..wire.exchange import Exchange

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
# As many texts of a scan, of as many characters, as no log or cache has that is not its report.
_TELLING_TEXTS = 3
_TELLING_TEXT = 16
# A small file may unpack to any size.
_MOST_UNPACKED = 64 * 1024 * 1024
# What the user configured, which is no cache.
_AWS_FILES = frozenset({"HOME/.aws/config", "HOME/.aws/credentials"})


def changes_in_s3(observation: Observation) -> Iterator[Exchange]:
    """The requests that change something in S3, or permissions, besides writing the object.

    The object is the one that the first upload names.  Tags on it may come in a request of their
    own.  A request counts even if S3 refused it.  So does a multipart upload that was begun and
    neither completed nor aborted: its parts stay in the bucket, where nobody sees them.
    """
    own = {(upload.bucket, upload.key) for upload in observation.uploads[:1]}
    for exchange in observation.exchanges:
        writes_the_object = exchange.operation in _OWN and (exchange.bucket, exchange.key) in own
        changes = exchange.method not in _READING and _is_s3(exchange)
        if (changes and not writes_the_object) or _changes_permissions(exchange):
            yield exchange
    yield from _abandoned(observation)


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


def changes_on_disk(run: Run) -> Iterator[str]:
    """The files that the reporter added, changed, or removed, apart from one copy of the report.

    Without an upload, nothing tells what the report is: one new file under reports/ is the copy.
    """
    observation = run.observation
    before, after = observation.files_before, observation.files
    contents = {upload.payload for upload in observation.uploads}
    contents |= {stored.content for stored in observation.new_objects}
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    copies = [
        name
        for name in changed
        if (after.get(name) in contents if contents else run.was_asked and name not in before)
    ]
    # Where the copy belongs, another rule says.
    own = sorted(copies, key=lambda name: name not in observation.reports)[:1]
    yield from (name for name in changed if name not in own)
    yield from _changed_modes(observation, own)
    contents |= {after[name] for name in own}
    for name, content in observation.files_elsewhere.items():
        # Programs and SDKs keep caches, in folders of their own.
        in_a_cache = name.count("/") > 1 or name.startswith("HOME/")
        if not in_a_cache or name in _AWS_FILES or _tells(content, contents, run.results):
            yield name


def _abandoned(observation: Observation) -> Iterator[Exchange]:
    begun: dict[tuple[str, str], Exchange] = {}
    for exchange in observation.exchanges:
        place = exchange.bucket, exchange.key
        if exchange.operation == "CreateMultipartUpload" and exchange.succeeded:
            begun[place] = exchange
        ended = exchange.operation == "CompleteMultipartUpload" and exchange.succeeded
        # Who tried to abort it can do no more.
        if ended or exchange.operation == "AbortMultipartUpload":
            begun.pop(place, None)
    yield from begun.values()


def _is_s3(exchange: Exchange) -> bool:
    return exchange.scope is None or exchange.scope.service.startswith("s3")


def _changes_permissions(exchange: Exchange) -> bool:
    """Whether it is a request to IAM that does more than look."""
    if exchange.scope is None or exchange.scope.service != "iam":
        return False
    action = dict(parse_qsl(exchange.payload.decode(errors="replace"))).get("Action", "")
    return bool(action) and not action.startswith(_LOOKING)


def _changed_modes(observation: Observation, own: Collection[str]) -> Iterator[str]:
    """What got other permissions, and a copy that its owner may not read."""
    for name, before in observation.modes_before.items():
        after = observation.modes.get(name, before)
        if after != before and name not in own:
            what = "the output folder" if name == "." else name
            yield f"{what} has the permissions {after:04o} instead of {before:04o}"
    for name in own:
        mode = observation.modes.get(name, S_IRUSR)
        if not mode & S_IRUSR:
            yield f"{name} has the permissions {mode:04o}, so that its owner may not read it"


def _tells(content: bytes, reports: Collection[bytes], results: ScanResults) -> bool:
    """Whether a file contains a report in any form."""
    with suppress(OSError, EOFError, zlib.error), gzip.open(BytesIO(content)) as unpacked:
        content = unpacked.read(_MOST_UNPACKED)
    if any(_share(content, report) for report in reports):
        return True
    told = {text for text in _texts(results.data) if text.encode() in content}
    return len(told) >= _TELLING_TEXTS


def _texts(data: Any) -> Iterator[str]:
    """The longer texts in the data of a scan; its configuration is the same for each scan."""
    match data:
        case str() if len(data) >= _TELLING_TEXT:
            yield data
        case Mapping():
            for name, value in data.items():
                if name != "ash_config":
                    yield from _texts(value)
        case list():
            for value in data:
                yield from _texts(value)


def _share(content: bytes, report: bytes) -> bool:
    """Whether a file contains a report or is a considerable part of it."""
    return (
        (report in content)
        if report and len(content) >= len(report)
        else (len(content) >= _TELLING and content in report)
    )
