"""Given: scans that were reported before."""

from pytest_bdd import given

from ...adapters.scan_results import ScanResults, sample_scan
from ...scenario.world import World


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


@given("a dozen scans of the same day were reported to the same bucket")
def a_dozen_scans_were_reported(world: World) -> None:
    day = str(world.results.start)[:10].replace("-", "")
    for hour in range(12):
        key = f"{world.options['key_prefix']}/ash-report-{day}T{hour:02}0000Z.json"
        world.backend.write(world.buckets["reports"], key, b"{}")


@given("the same scan was already reported in the other format")
def the_same_scan_was_reported_in_the_other_format(world: World) -> None:
    form = world.options["file_format"]
    world.options["file_format"] = {"json": "yaml", "yaml": "json"}[form]
    _report_before(world, world.results)
    world.options["file_format"] = form


@given("the same scan was already reported")
def the_same_scan_was_reported(world: World) -> None:
    _report_before(world, world.results)


def _the_day_before() -> ScanResults:
    return sample_scan().replaced("metadata.summary_stats.start", "2026-11-21T19:16:23+00:00")


def _report_before(world: World, results: ScanResults) -> None:
    later, world.results = world.results, results
    world.earlier.append(results)
    world.run()
    world.results = later
