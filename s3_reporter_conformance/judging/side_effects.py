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
from ..s3.operations import BEGINNING, UPLOADS
from ..scenario.environment import OF_ANOTHER_REPORTER
from ..scenario.observation import Observation
from ..scenario.run import Run
from ..wire.exchange import Exchange
from .same_request import content_encoding

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Actions of IAM that change nothing: IAM API Reference, "Actions".
_LOOKING = ("Get", "List", "Simulate", "Generate")
_OWN = UPLOADS | {"AbortMultipartUpload", "PutObjectTagging"}
# Amazon S3 User Guide, "Controlling ownership of objects and disabling ACLs for your bucket".
_TAKEN_ACL = "bucket-owner-full-control"
_CUSTOMER_KEY = "x-amz-server-side-encryption-customer-algorithm"
# As much of a report in a file as no other file has by chance, in bytes.
_TELLING = 100
# As many texts of a scan, of as many characters, as no log or cache has that is not its report.
_TELLING_TEXTS = 3
_TELLING_TEXT = 16
# A small file may unpack to any size.
_MOST_UNPACKED = 64 * 1024 * 1024
# What the user and other programs left there.
_OF_OTHERS = frozenset(
    {"HOME/.aws/config", "HOME/.aws/credentials", "HOME/.cache/of-another-program"}
)


def changes_in_s3(observation: Observation) -> Iterator[Exchange]:
    """The requests that change something in S3, or permissions, besides writing the object.

    The object is the one that the first upload names.  Tags on it may come in a request of their
    own.  A request counts even if S3 refused it.  So does a multipart upload that was begun and
    neither completed nor aborted: its parts stay in the bucket, where nobody sees them.
    """
    own = {(upload.bucket, upload.key) for upload in observation.uploads[:1]}
    begun: dict[tuple[str, str], Exchange] = {}
    for exchange in observation.exchanges:
        place = exchange.bucket, exchange.key
        service = exchange.scope.service if exchange.scope else "s3"
        if service == "iam" and _changes_permissions(exchange):
            yield exchange
        elif service.startswith("s3") and exchange.method not in _READING:
            if exchange.operation not in _OWN or place not in own:
                yield exchange
            elif exchange.operation == "CreateMultipartUpload" and exchange.succeeded:
                begun[place] = exchange
            # Who tried to abort it can do no more.
            elif exchange.operation == "AbortMultipartUpload" or (
                exchange.operation == "CompleteMultipartUpload" and exchange.succeeded
            ):
                begun.pop(place, None)
    yield from begun.values()


def acls(observation: Observation) -> Iterator[str]:
    """The headers of uploads with an ACL that a bucket of today does not take."""
    for upload in observation.uploads:
        for name, value in upload.named.items():
            is_acl = name.startswith(("x-amz-acl", "x-amz-grant-"))
            if is_acl and value != _TAKEN_ACL:
                yield f"{name}: {value}"


def obstacles_to_readers(observation: Observation) -> Iterator[str]:
    """The headers of uploads for which who reads the object does not get its bytes as they are."""
    for upload in observation.uploads:
        if upload.operation in BEGINNING:
            if (encoding := content_encoding(upload)) not in {"", "identity"}:
                yield f"content-encoding: {encoding}"
            if _CUSTOMER_KEY in upload.header:
                yield f"{_CUSTOMER_KEY}: {upload.header[_CUSTOMER_KEY]}"


def changes_on_disk(run: Run) -> Iterator[str]:
    """The files that the reporter added, changed, or removed, apart from one copy of the report.

    Without an upload, nothing tells what the report is: one new file under reports/ is the copy.
    """
    observation = run.observation
    before, after = observation.files_before, observation.files
    contents = {*observation.contents, *(stored.content for stored in observation.new_objects)}
    # Where no content was sent, the copy may replace that of an earlier upload, or scan.
    may_replace = observation.uploads or run.earlier
    earlier = before.keys() - (observation.reports.keys() if may_replace else set())
    of_others = {name for name in before if before[name] == OF_ANOTHER_REPORTER}
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    copies = [
        name
        for name in changed
        if name not in of_others
        and (after.get(name) in contents if contents else run.was_asked and name not in earlier)
    ]
    # Where the copy belongs, another rule says.
    own = sorted(copies, key=lambda name: name not in observation.reports)[:1]
    for name in changed:
        if name not in own:
            yield f"{name}, which another reporter wrote" if name in of_others else name
    for name, mode in observation.modes_before.items():
        now = observation.modes.get(name, mode)
        if now != mode and name not in own:
            what = "the output folder" if name == "." else name
            yield f"{what} has the permissions {now:04o} instead of {mode:04o}"
    for name in own:
        if not observation.modes.get(name, S_IRUSR) & S_IRUSR:
            yield f"{name} has permissions so that its owner may not read it"
    contents |= {after[name] for name in own}
    for name, content in observation.files_elsewhere.items():
        # Programs and SDKs keep caches, in folders of their own.
        in_a_cache = name.count("/") > 1 or name.startswith("HOME/")
        if not in_a_cache or name in _OF_OTHERS or _contains_report(content, contents, run.results):
            yield name


def _changes_permissions(exchange: Exchange) -> bool:
    """Whether a request to IAM does more than look."""
    action = dict(parse_qsl(exchange.payload.decode(errors="replace"))).get("Action", "")
    return bool(action) and not action.startswith(_LOOKING)


def _contains_report(content: bytes, reports: Collection[bytes], results: ScanResults) -> bool:
    """Whether a file contains a report in any form, or a considerable part of it."""
    with suppress(OSError, EOFError, zlib.error), gzip.open(BytesIO(content)) as unpacked:
        content = unpacked.read(_MOST_UNPACKED)
    whole = any(report and report in content for report in reports)
    part = len(content) >= _TELLING and any(content in report for report in reports)
    told = {text for text in _texts(results.data) if text.encode() in content}
    return whole or part or len(told) >= _TELLING_TEXTS


def _texts(data: Any) -> Iterator[str]:
    """The longer texts in the data of a scan; its configuration is the same for each scan."""
    match data:
        case str() if len(data) >= _TELLING_TEXT:
            yield data
        case Mapping():
            yield from _texts([value for name, value in data.items() if name != "ash_config"])
        case list():
            for value in data:
                yield from _texts(value)
