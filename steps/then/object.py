"""Then: the object, and everything else in S3."""

from collections.abc import Sequence

from pytest_bdd import parsers, then

from ...judging.content_type import is_content_type
from ...judging.differences import Difference
from ...judging.documents import expect_none, lost_values, read_document, read_json
from ...judging.live_scan import departures, findings_in
from ...judging.side_effects import changes_in_s3, grants_to_everybody, obstacles_to_readers
from ...scenario.run import Run
from ...words.errors import Nonconformance


@then("the upload goes to the configured bucket")
def upload_goes_to_the_bucket(run: Run) -> None:
    used = sorted({upload.bucket for upload in run.uploads})
    if used != [run.bucket]:
        raise Nonconformance(f"an upload to the bucket {run.bucket}", f"to {' and '.join(used)}")


@then("the buckets contain one new object, that of the upload")
def one_object_is_new(run: Run) -> None:
    if run.observation.is_hidden:
        return
    stored = run.the_object
    found = [o for o in run.observation.new_objects if not stored or o.key != stored.key]
    if stored is None or found:
        new = [stored, *found] if stored else found
        listed = "; ".join(f"{each.bucket}/{each.key}" for each in new)
        raise Nonconformance("one new object, that of the upload", listed or "none")
    taken = [attempt.payload for attempt in run.attempts if attempt.succeeded]
    if taken and stored.content not in taken and not stored.archived:
        size = len(stored.content)
        raise Nonconformance("an object with the bytes that were sent", f"{size} other bytes")


@then("no request changes anything in S3 but the object")
def nothing_else_is_changed(run: Run) -> None:
    if found := [f"{each.operation} {each.target}" for each in changes_in_s3(run.observation)]:
        raise Nonconformance(
            "no request that changes anything in S3 but the object", "; ".join(found)
        )


@then("the object is not public")
def object_is_not_public(run: Run) -> None:
    if found := set(grants_to_everybody(run.observation)):
        raise Nonconformance("no ACL that lets everybody read the object", "; ".join(sorted(found)))


@then("the object can be read without a key and without decoding")
def object_can_be_read(run: Run) -> None:
    found = set(obstacles_to_readers(run.observation))
    if run.the_object and run.the_object.archived:
        found.add(f"the storage class {run.the_object.archived}, which has to be restored first")
    if found:
        raise Nonconformance(
            "an object whose bytes are the report for everyone who may read it",
            "; ".join(sorted(found)),
        )


@then(parsers.parse('the content type is "{content_type}"'))
def content_type_is(run: Run, content_type: str) -> None:
    seen = run.the_object.content_type if run.the_object else run.content_type
    if not is_content_type(seen, content_type):
        raise Nonconformance(f"content type {content_type}", f"content type {seen or 'missing'}")


@then("the key, the content type, and the document agree on the format")
def format_is_consistent(run: Run) -> None:
    file_format = run.format_of_the_key
    if file_format not in {"json", "yaml"}:
        raise Nonconformance("a key that ends with .json or .yaml", run.key)
    report_is_a_document(run, file_format)
    content_type_is(run, f"application/{file_format}")


@then(parsers.parse("the report is a {file_format:w} document"))
def report_is_a_document(run: Run, file_format: str) -> None:
    if run.content is not None:
        read_document(run.content, file_format)


@then("the report contains the scan results")
def report_holds_the_scan_results(run: Run) -> None:
    if run.is_scan:
        _expect_the_tools_results(run)
        return
    lost = [each for each in _lost(run) if not each.is_untyped]
    expect_none(lost, "the data of the scan results' simple dict")


@then("values without a JSON type appear as text")
def untyped_values_are_text(run: Run) -> None:
    expect_none([each for each in _lost(run) if each.is_untyped], "values as text")


@then("every line of the report is a JSON record")
def every_line_is_a_json_record(run: Run) -> None:
    lines = (run.content or b"").splitlines()
    if not lines:
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


def _expect_the_tools_results(run: Run) -> None:
    if not findings_in(run.results):
        raise Nonconformance("a finding for the access key in settings.py", "none")
    document = read_document(run.content or b"", run.format_of_the_key)
    expect_none(list(departures(run.results, document)), "the results that the tool wrote itself")
