"""Then: the object, and everything else in S3."""

from collections.abc import Iterable, Sequence
from email.message import Message

from pytest_bdd import parsers, then

from ...backends.base import StoredObject
from ...judging import live_scan
from ...judging.differences import Difference
from ...judging.documents import (
    is_readable,
    lost_values,
    read_document,
    read_json,
    refuse_differences,
    refused_characters,
)
from ...judging.side_effects import acls, changes_in_s3, obstacles_to_readers
from ...scenario.run import Run
from ...words.errors import Nonconformance
from . import expect_none


@then("the upload goes to the configured bucket")
def upload_goes_to_the_bucket(run: Run) -> None:
    used = sorted({upload.bucket for upload in run.uploads})
    if used != [run.bucket]:
        raise Nonconformance(f"an upload to the bucket {run.bucket}", f"to {' and '.join(used)}")


@then("the buckets contain one new object, that of the upload")
def one_object_is_new(run: Run) -> None:
    stored = run.the_object
    found = [o for o in run.observation.new_objects if not stored or o.key != stored.key]
    if stored is None or found:
        listed = listed_objects([stored, *found] if stored else found)
        raise Nonconformance("one new object, that of the upload", listed)
    if stored.content not in run.observation.contents and not stored.archived:
        size = len(stored.content)
        raise Nonconformance("an object with the bytes that were sent", f"{size} other bytes")


@then("the bucket contains one object for each of the two scans")
def one_object_for_each_scan(run: Run) -> None:
    objects = run.observation.objects
    if len(objects) != 2:  # noqa: PLR2004 -- as the sentence says
        raise Nonconformance("two objects", listed_objects(objects))


def listed_objects(objects: Iterable[StoredObject]) -> str:
    """The buckets and keys of objects."""
    return "; ".join(f"{each.bucket}/{each.key}" for each in objects) or "none"


@then("no request changes anything in S3 but the object")
def nothing_else_is_changed(run: Run) -> None:
    found = (f"{each.operation} {each.target}" for each in changes_in_s3(run.observation))
    expect_none(found, "no request that changes anything in S3 but the object")


@then("the object has no ACL but that of the owner of the bucket")
def object_has_no_acl(run: Run) -> None:
    expected = "no ACL: it may let others read, and S3 answers AccessControlListNotSupported to it"
    expect_none(acls(run.observation), expected)


@then("the object can be read without a key and without decoding")
def object_can_be_read(run: Run) -> None:
    found = list(obstacles_to_readers(run.observation))
    if run.the_object and run.the_object.archived:
        found.append(f"the storage class {run.the_object.archived}, to be restored first")
    expect_none(found, "an object whose bytes are the report for everyone who may read it")


@then(parsers.parse('the content type is "{content_type}"'))
def content_type_is(run: Run, content_type: str) -> None:
    seen = run.the_object.content_type if run.the_object else run.content_type
    # Case and parameters do not change it (RFC 9110, section 8.3.1), but the content is UTF-8.
    header = Message()
    header["Content-Type"] = seen
    charset = str(header.get_param("charset", "utf-8")).lower()
    if header.get_content_type() != content_type or charset not in {"utf-8", "utf8"}:
        raise Nonconformance(f"content type {content_type}", f"content type {seen or 'missing'}")


@then("the key, the content type, and the document agree on the format")
def format_is_consistent(run: Run) -> None:
    file_format = run.format_of_the_key
    if file_format not in {"json", "yaml"}:
        raise Nonconformance("a key that ends with .json or .yaml", run.key)
    report_is_a_document(run, file_format)
    content_type_is(run, f"application/{file_format}")


@then(parsers.parse("the report is a {formats} document"))
def report_is_a_document(run: Run, formats: str) -> None:
    *others, last = formats.split(" or ")
    if run.content is not None and not any(is_readable(run.content, each) for each in others):
        read_document(run.content, last)


@then("the report contains the scan results")
def report_holds_the_scan_results(run: Run) -> None:
    if run.is_scan:
        if not live_scan.findings_in(run.results):
            raise Nonconformance("a finding for the access key in settings.py", "none")
        document = read_document(run.content or b"", run.format_of_the_key)
        lost = list(live_scan.contradictions(run.results, document))
        refuse_differences(lost, "the results that the tool wrote itself")
    else:
        lost = [each for each in _lost(run) if not each.is_untyped]
        refuse_differences(lost, "the data of the scan results' simple dict")


@then("values without a JSON type appear as text")
def untyped_values_are_text(run: Run) -> None:
    refuse_differences([each for each in _lost(run) if each.is_untyped], "values as text")


@then("control characters are escaped")
def control_characters_are_escaped(run: Run) -> None:
    escaped = r"control characters as escapes in double quotes, as \x7f"
    expect_none(refused_characters(run.content or b""), escaped)


@then("every line of the report is a JSON record")
def every_line_is_a_json_record(run: Run) -> None:
    # With the end of the line, so that a report in one line is not read twice.
    lines = (run.content or b"").splitlines(keepends=True)
    if not lines and run.content is not None:
        raise Nonconformance("a JSON object in every line", "no line")
    for number, line in enumerate(lines, start=1):
        try:
            record = read_json(line)
        except Nonconformance:
            record = None
        if not isinstance(record, dict):
            raise Nonconformance(
                "a JSON object in every line", f"in line {number} of {len(lines)}: {line[:60]!r}"
            )


def _lost(run: Run) -> Sequence[Difference]:
    return lost_values(run.results, run.content or b"", run.format_of_the_key)
