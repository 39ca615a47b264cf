"""Given: what surrounds the reporter."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import cycle, repeat
from pathlib import PurePosixPath

from pytest_bdd import given, parsers

from ..adapters.scan_results import ScanResults, Severity, sample_scan
from ..credentials import Credentials
from ..errors import Nonconformance
from ..scenario.watching import Watch, watching
from ..scenario.world import DEFAULT_PROFILE, World
from ..wire.faults import DroppedConnection, ErrorResponse, SideEffect
from .props import FOREIGN_FILE, FOREIGN_FILES, FOREIGN_TEXT, OpenCopy
from .unusual_data import UNUSUAL_DATA

_UNTYPED = {
    "date and time": datetime(2026, 1, 15, 10, 30, tzinfo=timezone.utc),
    "path": PurePosixPath("src/app.py"),
    "enumeration": Severity.HIGH,
}


_SLOW_DOWN = ErrorResponse.of("SlowDown")
_NAMES_OF_THROTTLING = ("SlowDown", "ServiceUnavailable", "ThrottlingException", "TooManyRequests")
# Nothing listens on a port that is reserved, and that only the system's administrator can use.
_SILENT_ENDPOINT = "http://127.0.0.1:1"


@given("the results of a real scan")
def results_of_a_real_scan(world: World) -> None:
    world.results = sample_scan()


@given(parsers.parse('a scan that started at "{start}"'))
def scan_that_started_at(world: World, start: str) -> None:
    world.results = sample_scan().replaced("metadata.summary_stats.start", start)


@given('a scan that started at ""')
def scan_that_started_at_empty_text(world: World) -> None:
    world.results = sample_scan().replaced("metadata.summary_stats.start", "")


@given("a scan whose start is a date and time instead of text")
def scan_whose_start_is_a_datetime(world: World) -> None:
    start = datetime(2026, 1, 15, 10, 30, 0, 250_000, timezone(timedelta(hours=-5)))
    world.results = sample_scan().replaced("metadata.summary_stats.start", start)


@given("a scan without a start time")
def scan_whose_start_is_unknown(world: World) -> None:
    world.results = sample_scan().replaced("metadata.summary_stats.start", None)


@given(parsers.parse('a scan of a project called "{name}"'))
def scan_of_a_project(world: World, name: str) -> None:
    world.results = sample_scan().replaced("metadata.project_name", name)


@given("a scan without findings")
def scan_without_findings(world: World) -> None:
    world.results = sample_scan().replaced("scanner_results", {})


@given("scan results with values of every JSON type")
def results_with_every_json_type(world: World) -> None:
    values = {
        "text": "finding",
        "empty text": "",
        "whole number": 18,
        "negative number": -3,
        "fraction": 75.676856,
        "true": True,
        "false": False,
        "null": None,
        "list": [1, "two", [3.5], {"four": None}],
        "empty list": [],
        "empty object": {},
    }
    world.results = sample_scan().replaced("metadata.values", values)


@given(parsers.parse("scan results that contain {data}"))
def results_that_contain(world: World, data: str) -> None:
    results = sample_scan()
    for path, value in UNUSUAL_DATA[data]().items():
        results = results.replaced(path, value)
    world.results = results


@given(parsers.parse("scan results with a {kind}, for which JSON has no type"))
def results_with_an_untyped_value(world: World, kind: str) -> None:
    world.results = sample_scan().replaced("metadata.value", _UNTYPED[kind])


@given(parsers.parse('a bucket "{name}"'))
def a_bucket(world: World, name: str) -> None:
    world.add_bucket(name)


@given("a scan of a project whose name has line breaks")
def scan_of_a_project_with_line_breaks(world: World) -> None:
    world.results = sample_scan().replaced("metadata.project_name", "one\ntwo\r\nthree\rfour")


@given(parsers.parse('an AWS profile "{name}"'))
def an_aws_profile(world: World, name: str) -> None:
    world.add_profile(name)


@given(parsers.parse('the AWS profile "{name}" sets the region "{region}"'))
def profile_sets_the_region(world: World, name: str, region: str) -> None:
    world.regions[name] = region


@given("a configured reporter")
def a_configured_reporter(world: World) -> None:
    world.configure(key_prefix="scans")
    if "retry-options" in world.manifest.features:
        # A reporter that can be told to waits less, so that a run takes less time.
        world.options["base_delay"] = 0.02


@given(parsers.parse("the option {name:w} is {number:g}"))
def option_is_a_number(world: World, name: str, number: float) -> None:
    world.options[name] = int(number) if number.is_integer() else number


@given(parsers.parse('the option {name:w} is "{value}"'))
def option_is(world: World, name: str, value: str) -> None:
    world.options[name] = value


@given(parsers.parse('the option {name:w} is the bucket "{bucket}"'))
def option_is_the_bucket(world: World, name: str, bucket: str) -> None:
    world.options[name] = world.buckets[bucket]


@given(parsers.parse("the option {name:w} is empty"))
def option_is_empty(world: World, name: str) -> None:
    world.options[name] = ""


@given(parsers.parse("the option {name:w} is not set"))
def option_is_not_set(world: World, name: str) -> None:
    world.options.pop(name, None)


@given(parsers.parse('the environment variable {name:w} is "{value}"'))
def variable_is(world: World, name: str, value: str) -> None:
    world.environment[name] = value


@given(parsers.parse('the environment variable {name:w} is the bucket "{bucket}"'))
def variable_is_the_bucket(world: World, name: str, bucket: str) -> None:
    world.environment[name] = world.buckets[bucket]


@given(parsers.parse("the environment variable {name:w} is empty"))
def variable_is_empty(world: World, name: str) -> None:
    world.environment[name] = ""


@given(parsers.parse("the environment variable {name:w} is not set"))
def variable_is_not_set(world: World, name: str) -> None:
    world.environment.pop(name, None)


@given(parsers.parse('{name:w} sets the region "{region}"'))
def name_sets_the_region(world: World, name: str, region: str) -> None:
    _set(world, name, region)


@given(parsers.parse('{name:w} sets the bucket "{bucket}"'))
def name_sets_the_bucket(world: World, name: str, bucket: str) -> None:
    _set(world, name, world.buckets[bucket])


@given("there are no AWS credentials")
def there_are_no_credentials(world: World) -> None:
    world.profiles.clear()


@given(parsers.parse('an AWS profile "{name}" with a session token'))
def an_aws_profile_with_a_session_token(world: World, name: str) -> None:
    world.add_profile(name, temporary=True)


@given(parsers.parse("the environment contains {kind} credentials"))
def environment_contains_credentials(world: World, kind: str) -> None:
    temporary = {"permanent": False, "temporary": True}[kind]
    world.environment_credentials = Credentials.random(world.rng, temporary=temporary)


@given("the session token has expired")
def the_session_token_has_expired(world: World) -> None:
    world.add_profile(DEFAULT_PROFILE, expired=True)


@given("the credentials are in the environment")
def credentials_are_in_the_environment(world: World) -> None:
    world.environment_credentials = world.profiles[DEFAULT_PROFILE]


@given("the reporter's credentials do not allow uploads")
def credentials_do_not_allow_uploads(world: World) -> None:
    # What a reporter may need to find out beforehand whether the bucket is there.
    world.restrict(["s3:ListBucket", "s3:GetBucketLocation", "s3:ListAllMyBuckets"])


@given("the reporter's credentials allow PutObject alone")
def credentials_allow_put_object(world: World) -> None:
    world.restrict(["s3:PutObject"])


@given("ASH Core logs at debug level")
def ash_core_logs_at_debug_level(world: World) -> None:
    world.debug = True


@given("S3 throttles the first attempt")
def s3_throttles_the_first_attempt(world: World) -> None:
    world.script = [_SLOW_DOWN]


@given(
    "the option base_delay is 0.2 if the reporter declares retry-options, else its own delays apply"
)
def waits_are_long_enough(world: World) -> None:
    # What an attempt takes besides waiting, such as starting a program, must not hide the growth.
    if "retry-options" in world.manifest.features:
        world.options["base_delay"] = 0.2


@given("S3 throttles the first max_retries - 1 attempts")
def s3_throttles_one_less(world: World) -> None:
    world.script = [_SLOW_DOWN] * (world.max_retries - 1)


@given("S3 throttles the first max_retries attempts")
def s3_throttles_as_many(world: World) -> None:
    world.script = [_SLOW_DOWN] * world.max_retries


@given("S3 throttles every attempt")
def s3_throttles_every_attempt(world: World) -> None:
    world.script = repeat(_SLOW_DOWN)


@given("S3 throttles every attempt, each time under another name")
def s3_throttles_under_other_names(world: World) -> None:
    world.script = cycle(map(ErrorResponse.of, _NAMES_OF_THROTTLING))


@given(parsers.parse("S3 answers the first attempt with the error {code:w}"))
def s3_answers_the_first_attempt(world: World, code: str) -> None:
    world.script = [ErrorResponse.of(code)]


@given(parsers.parse("S3 answers every attempt with the error {code:w}"))
def s3_answers_every_attempt(world: World, code: str) -> None:
    world.script = repeat(ErrorResponse.of(code))


@given(parsers.parse("the connection breaks {when:w} S3 receives the first attempt"))
def connection_breaks(world: World, when: str) -> None:
    world.script = [DroppedConnection(reached_s3={"before": False, "after": True}[when])]


@given("the connection breaks at every attempt")
def connection_breaks_at_every_attempt(world: World) -> None:
    world.script = repeat(DroppedConnection(reached_s3=False))


@given("nothing answers at the endpoint")
def nothing_answers(world: World) -> None:
    world.environment["AWS_ENDPOINT_URL"] = _SILENT_ENDPOINT


@given("the bucket is deleted just before the upload")
def bucket_is_deleted(world: World) -> None:
    bucket = world.buckets["reports"]
    world.script = [
        SideEffect(lambda: world.backend.delete_bucket(bucket), "the bucket is deleted")
    ]


@given("the bucket does not exist")
def bucket_does_not_exist(world: World) -> None:
    world.backend.delete_bucket(world.buckets["reports"])


@given("the bucket's events go to a queue")
def events_go_to_a_queue(world: World) -> None:
    world.queue = world.backend.watch_bucket(world.buckets["reports"])


@given(parsers.parse('the bucket\'s events for keys that begin with "{beginning}" go to a queue'))
def some_events_go_to_a_queue(world: World, beginning: str) -> None:
    world.queue = world.backend.watch_bucket(world.buckets["reports"], beginning)


@given("a file takes the place of the reports folder")
def a_file_in_the_way(world: World) -> None:
    world.output_dir.mkdir(parents=True)
    (world.output_dir / "reports").write_text("in the way")


@given("the reports folder contains another reporter's file")
def a_file_of_another_reporter(world: World) -> None:
    (world.output_dir / "reports").mkdir(parents=True)
    (world.output_dir / FOREIGN_FILE).write_text(FOREIGN_TEXT)


@given("the output folder contains files of other programs")
def files_of_other_programs(world: World) -> None:
    for name in FOREIGN_FILES:
        path = world.output_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FOREIGN_TEXT)


@given("an earlier scan without findings was reported to the same folder")
def a_smaller_scan_was_reported(world: World) -> None:
    _report_before(world, _the_day_before().replaced("scanner_results", {}))


@given("an earlier, larger scan was reported to the same folder")
def a_larger_scan_was_reported(world: World) -> None:
    _report_before(world, _the_day_before().replaced("metadata.notes", "more " * 1000))


@given("a scan of the day before was reported to the same bucket")
def an_earlier_scan_was_reported(world: World) -> None:
    _report_before(world, _the_day_before())


@given("an earlier scan with other findings was reported to the same bucket")
def a_scan_with_other_findings_was_reported(world: World) -> None:
    results = _the_day_before()
    for path, value in {
        "metadata.summary_stats.severity_counts.high": 40,
        "scanner_results.bandit.finding_count": 49,
    }.items():
        results = results.replaced(path, value)
    _report_before(world, results)


@given("the same scan was already reported")
def the_same_scan_was_reported(world: World) -> None:
    _report_before(world, world.results)


@given("another program has its copy open", target_fixture="open_copy")
def somebody_has_its_copy_open(world: World) -> Iterator[OpenCopy]:
    earlier = world.observation.copies if world.observation else ()
    if not earlier:
        raise Nonconformance("a local copy of the earlier scan", "none")
    with (world.output_dir / earlier[0]).open("rb") as file:
        yield OpenCopy(file, (world.output_dir / earlier[0]).read_bytes())


@given("another program watches the reports folder", target_fixture="watch")
def somebody_watches_the_folder(world: World) -> Iterator[Watch]:
    reports = world.output_dir / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    with watching(reports) as watch:
        yield watch


def _set(world: World, name: str, value: str) -> None:
    """Set an option or an environment variable, whose name is in capitals."""
    if name.isupper():
        world.environment[name] = value
    else:
        world.options[name] = value


def _the_day_before() -> ScanResults:
    return sample_scan().replaced("metadata.summary_stats.start", "2026-11-21T19:16:23+00:00")


def _report_before(world: World, results: ScanResults) -> None:
    later, world.results = world.results, results
    world.earlier.append(results)
    world.run()
    world.results = later
