"""Which requirements run."""

import re
from pathlib import Path

from running import run_here, statuses

from s3_reporter_conformance.spec.gherkin import all_requirements

NOT_ASKED = {"not-selected", "not-claimed"}


def selected(folder: Path, *arguments: str) -> set[str]:
    # What cannot be asked anything is quickest to be told of.
    asked = ("command:./nosuchprog", "--features", "preflight", "--report", "report.json")
    run_here("verify", *asked, *arguments, folder=folder)
    found = statuses(folder / "report.json")
    return {name for name, status in found.items() if status not in NOT_ASKED}


def all_of(area: str) -> set[str]:
    return {each.id for each in all_requirements() if each.id.startswith(f"{area}-")}


def test_an_undeclared_feature_is_not_claimed(tmp_path: Path) -> None:
    def status(*arguments: str) -> str:
        run_here(
            *("verify", *arguments, "-k", "HADOOP or KEY-03", "--report", "report.json"),
            folder=tmp_path,
        )
        return statuses(tmp_path / "report.json")["EXT-HADOOP-01"]

    feature = ("--features", "hadoop-safe-keys")
    assert status("python:mutants.naming:TimestampAsItIs") == "not-claimed"
    assert status("python:mutants.naming:TimestampAsItIs", *feature) == "failed"
    assert status("python:mutants.naming:NoSlash", *feature) == "passed"


def test_a_selection_is_by_names_not_by_values(tmp_path: Path) -> None:
    # Among the examples of others are InvalidAccessKeyId and "key: value".
    assert selected(tmp_path, "-k", "KEY-08 or key-03") == {"KEY-03", "KEY-08"}
    done = run_here("verify", "-k", "KEY", folder=tmp_path)
    assert "ERR-10" not in done.stdout
    count = len(all_of("KEY"))
    assert re.search(rf"core +\d+ requirements: {count} passed, \d+ not selected", done.stdout)


def test_a_selection_is_by_level_and_by_diagram(tmp_path: Path) -> None:
    areas = ("-m", "architecture or preflight")
    architecture, preflight = all_of("ARC"), all_of("EXT-PREFLIGHT")
    assert selected(tmp_path, *areas) == architecture | preflight
    assert selected(tmp_path, *areas, "--level", "core") == architecture
    extended = ("--level", "extended", "-k", "01")
    assert selected(tmp_path, *areas, *extended) == {"EXT-PREFLIGHT-01"}
    assert selected(tmp_path, "-m", "preflight and core") == set()


def test_a_run_can_stop_at_the_first_failure(tmp_path: Path) -> None:
    arguments = ("-m", "architecture", "--fail-fast", "--report", "report.json")
    done = run_here("verify", "python:reporters:Broken", *arguments, folder=tmp_path)
    assert "Does not conform: failed ARC-01" in done.stdout
    found = statuses(tmp_path / "report.json")
    assert [found[name] for name in ("ARC-01", "ARC-02", "CFG-01")] == [
        "failed",
        "not-run",
        "not-selected",
    ]
    assert done.returncode == 1


def test_a_parallel_run_can_stop_at_the_first_failure(tmp_path: Path) -> None:
    arguments = ("-m", "architecture or configuration", "--fail-fast", "-n", "2")
    done = run_here("verify", "python:reporters:Broken", *arguments, folder=tmp_path)
    assert "Does not conform: failed " in done.stdout
    assert " not run" in done.stdout
    assert "ended early" not in done.stdout
    assert done.returncode == 1


def test_what_is_known_to_fail_does_not_stop_a_run(tmp_path: Path) -> None:
    asked = ("verify", "python:reporters:Broken", "-k", "ARC-02 or ARC-03")
    known = ("--known-deviations", "known.toml")
    run_here(*asked, *known, "--update-known-deviations", folder=tmp_path)
    done = run_here(*asked, *known, "--fail-fast", folder=tmp_path)
    assert "Deviates as known: ARC-02, ARC-03; all else that ran passed" in done.stdout
    assert done.returncode == 0


def test_what_failed_the_last_time_is_run_alone(tmp_path: Path) -> None:
    source = "from mutants.naming import NoSlash as Mine"
    asked = ("verify", "python:mine:Mine", "-k", "KEY-03 or KEY-04")

    def counts(*arguments: str) -> str:
        done = run_here(*asked, *arguments, folder=tmp_path)
        match = re.search(r"core +\d+ requirements: (.*), \d+ not selected", done.stdout)
        assert match, done.stdout
        return match[1]

    (tmp_path / "mine.py").write_text(source)
    assert counts("--last-failed") == "1 passed, 1 failed"
    assert counts("--last-failed") == "1 failed"
    other = run_here("verify", "-k", "KEY-03 or KEY-04", "--last-failed", folder=tmp_path)
    assert "nothing is known to have failed the last time" in other.stdout
    assert "2 passed" in other.stdout
    (tmp_path / "mine.py").write_text(
        "from s3_reporter_conformance.reference import S3Reporter as Mine"
    )
    assert counts("-k", "KEY-04") == "1 passed"
    assert counts("--last-failed") == "1 passed"
    assert counts("--last-failed") == "2 passed"


def test_only_what_is_selected_is_counted(tmp_path: Path) -> None:
    done = run_here("verify", "-k", "CFG-01 or KEY-03 or FMT-03", folder=tmp_path)
    counted = re.findall(r"^(\d+/\d+) pass", done.stdout, re.MULTILINE)
    assert counted == ["1/3", "2/3", "3/3"]


def test_what_a_dead_worker_ran_is_told_once(tmp_path: Path) -> None:
    asked = ("-k", "ARC-01 or CFG-01 or CFG-09 or FMT-03", "-n", "2", "--in-process")
    done = run_here("verify", "python:reporters:Exits", *asked, folder=tmp_path)
    told = re.findall(r"^\d/4 ERROR (\S+)", done.stdout, re.MULTILINE)
    assert told == ["ARC-01", "CFG-01", "CFG-09", "FMT-03"]
    assert done.returncode == 3
