"""Then: what a tool that scans did besides its upload."""

from pytest_bdd import then

from ...judging.key_timestamp import timestamp_of
from ...judging.live_scan import is_within, other_reports
from ...scenario.run import Run
from ...words.errors import Nonconformance
from . import expect_none


@then("the timestamp in the key is a time between the begin and the end of the scan")
def timestamp_is_within_the_scan(run: Run) -> None:
    timestamp = timestamp_of(run)
    if timestamp is None or not is_within(timestamp, run.observation):
        raise Nonconformance(
            f"a key with a time from {run.observation.began:%Y-%m-%dT%H:%M:%SZ} to "
            f"{run.observation.ended:.1f} s later",
            run.key,
        )


@then("the exit code and the other reports are those of the earlier scan")
def the_tool_ends_as_before(run: Run) -> None:
    if run.before is None:
        return
    before, after = run.before.observation, run.observation
    if before.outcome.exit_code != after.outcome.exit_code:
        raise Nonconformance(
            f"exit code {before.outcome.exit_code}, as before",
            f"exit code {after.outcome.exit_code}",
        )
    reports, now = other_reports(before), other_reports(after)
    # A new file may be the copy: without a request, there is nothing to compare it with.
    changed = sorted(name for name, text in reports.items() if now.get(name) != text)
    expect_none(
        (f"{name} changed or missing" for name in changed),
        f"the reports {', '.join(sorted(reports)) or '(none)'}, apart from times as before",
    )
