"""The gate is red whenever something became worse, and green otherwise."""

from pathlib import Path

import pytest
from making_reports import make_report
from running import run_here

from s3_reporter_conformance.errors import UsageError
from s3_reporter_conformance.reporting.report import dump
from s3_reporter_conformance.verdict.baseline import judge
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

PASSED, FAILED, KNOWN, ADAPTER_ERROR, NOT_CLAIMED, NOT_RUN, NOT_SELECTED = (
    Status.PASSED,
    Status.FAILED,
    Status.KNOWN_DEVIATION,
    Status.ADAPTER_ERROR,
    Status.NOT_CLAIMED,
    Status.NOT_RUN,
    Status.NOT_SELECTED,
)

FEW = "KEY-03 or KEY-04 or LOC-03"
BASELINE = make_report(KEY_01=PASSED, KEY_02=FAILED, KEY_03=KNOWN, EXT_NAME_01=PASSED)


@pytest.mark.parametrize(
    ("current", "red", "better"),
    [
        (BASELINE, [], []),
        (
            make_report(KEY_01=PASSED, KEY_02=PASSED, KEY_03=PASSED, EXT_NAME_01=PASSED),
            [],
            [
                "KEY-02 passes now; it was failed before",
                "KEY-03 passes now; it was known deviation before",
            ],
        ),
        (
            make_report(KEY_01=FAILED, KEY_02=FAILED, KEY_03=FAILED, EXT_NAME_01=PASSED),
            ["KEY-01 passed before and is failed now"],
            [],
        ),
        (
            make_report(KEY_01=PASSED, KEY_02=FAILED, KEY_03=FAILED, EXT_NAME_01=NOT_CLAIMED),
            [
                "EXT-NAME-01 passed before and is not claimed now",
                "fewer requirements ran than before: 3 instead of 4",
            ],
            [],
        ),
        (
            make_report(KEY_01=PASSED, KEY_02=NOT_RUN, KEY_03=FAILED, EXT_NAME_01=PASSED),
            ["fewer requirements ran than before: 3 instead of 4"],
            [],
        ),
        (
            make_report(
                version="0.2.0", KEY_01=PASSED, KEY_03=FAILED, EXT_NAME_01=PASSED, NEW_01=FAILED
            ),
            ["KEY-02 is gone: the suite of this report, version 0.2.0, does not have it"],
            [],
        ),
        (
            make_report(
                KEY_01=ADAPTER_ERROR,
                KEY_02=ADAPTER_ERROR,
                KEY_03=ADAPTER_ERROR,
                EXT_NAME_01=ADAPTER_ERROR,
            ),
            [
                "KEY-01 passed before and is adapter error now",
                "EXT-NAME-01 passed before and is adapter error now",
                "fewer requirements ran than before: 0 instead of 4",
            ],
            [],
        ),
        (
            make_report(
                KEY_01=PASSED,
                KEY_02=FAILED,
                KEY_03=FAILED,
                EXT_NAME_01=PASSED,
                NEW_01=PASSED,
            ),
            [],
            ["NEW-01 passes now; it was not there before"],
        ),
    ],
)
def test_what_the_gate_says(current: Report, red: list[str], better: list[str]) -> None:
    gate = judge(BASELINE, current)
    assert (list(gate.regressions), list(gate.improvements)) == (red, better)


def test_what_was_not_selected_is_neither_better_nor_worse() -> None:
    current = make_report(
        KEY_01=FAILED, KEY_02=PASSED, KEY_03=NOT_SELECTED, EXT_NAME_01=NOT_SELECTED
    )
    gate = judge(BASELINE, current, selected_only=True)
    assert list(gate.regressions) == ["KEY-01 passed before and is failed now"]
    assert list(gate.improvements) == ["KEY-02 passes now; it was failed before"]
    assert (gate.compared, gate.left_out) == (2, 2)
    strict = judge(BASELINE, current)
    assert list(strict.regressions) == [
        "KEY-01 passed before and is failed now",
        "EXT-NAME-01 passed before and is not selected now",
        "fewer requirements ran than before: 2 instead of 4",
    ]
    assert (strict.compared, strict.left_out) == (4, 0)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ADAPTER_ERROR, "KEY-01 passed before and is adapter error now"),
        (NOT_RUN, "KEY-01 passed before and is not run now"),
        (NOT_CLAIMED, "KEY-01 passed before and is not claimed now"),
    ],
)
def test_what_was_selected_and_did_not_run_is_worse(status: Status, words: str) -> None:
    current = make_report(KEY_01=status, KEY_03=NOT_SELECTED, EXT_NAME_01=NOT_SELECTED)
    gate = judge(BASELINE, current, selected_only=True)
    assert list(gate.regressions) == [
        words,
        "KEY-02 is gone: the suite of this report, version 0.1.0, does not have it",
        "fewer requirements ran than before: 0 instead of 2",
    ]


def test_a_baseline_that_guards_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="there is nothing to guard"):
        judge(make_report(KEY_01=FAILED), BASELINE)
    with pytest.raises(UsageError, match="there is nothing to guard"):
        judge(make_report(), BASELINE)


def test_the_gate_from_outside(tmp_path: Path) -> None:
    selected = ("verify", "-k", "KEY-03 or KEY-04", "--report")
    run_here(*selected, "base.json", folder=tmp_path)
    run_here(*selected, "same.json", folder=tmp_path)
    run_here("verify", "-k", "KEY-04", "--report", "less.json", folder=tmp_path)
    green = run_here("gate", "same.json", "--baseline", "base.json", folder=tmp_path)
    assert "baseline  reference 0.1.0 on moto" in green.stdout
    assert "Green: as good as the baseline\n" in green.stdout
    assert green.returncode == 0
    red = run_here("gate", "less.json", "--baseline", "base.json", folder=tmp_path)
    assert "  KEY-03 passed before and is not selected now\n" in red.stdout
    assert "Red: worse than the baseline in 2 ways" in red.stdout
    assert red.returncode == 1


@pytest.mark.parametrize("text", ["", "{}", dump(make_report(KEY_01=FAILED))])
def test_no_baseline_is_no_pass(tmp_path: Path, text: str) -> None:
    (tmp_path / "now.json").write_text(dump(BASELINE))
    (tmp_path / "base.json").write_text(text)
    for arguments in (
        ["now.json", "--baseline", "base.json"],
        ["now.json", "--baseline", "nosuch.json"],
        ["nosuch.json", "--baseline", "now.json"],
        ["now.json"],
    ):
        done = run_here("gate", *arguments, folder=tmp_path)
        assert (done.returncode, done.stdout.count("Green")) == (4, 0)
        assert "Traceback" not in done.stderr


def test_a_baseline_decides(tmp_path: Path) -> None:
    selected = ("-k", "KEY-03 or KEY-04", "--report", "report.json")
    wrong = ("verify", "python:mutants.naming:NoSlash", *selected)
    missing = run_here("verify", *selected, "--baseline", "before.json", folder=tmp_path)
    assert missing.returncode == 4
    first = run_here(*wrong, folder=tmp_path)
    assert first.returncode == 1
    (tmp_path / "report.json").rename(tmp_path / "before.json")
    same = run_here(*wrong, "--baseline", "before.json", folder=tmp_path)
    assert "Green: as good as the baseline\n" in same.stdout
    assert same.returncode == 0
    better = run_here("verify", *selected, "--baseline", "before.json", folder=tmp_path)
    assert "KEY-03 passes now; it was failed before" in better.stdout
    assert better.returncode == 0
    (tmp_path / "report.json").rename(tmp_path / "before.json")
    worse = run_here(*wrong, "--baseline", "before.json", folder=tmp_path)
    assert "KEY-03 passed before and is failed now" in worse.stdout
    assert worse.returncode == 1


def test_a_baseline_does_not_hide_that_nothing_was_run(tmp_path: Path) -> None:
    run_here("verify", "-k", "KEY-03", "--report", "base.json", folder=tmp_path)
    done = run_here("verify", "-k", "NOSUCH", "--baseline", "base.json", folder=tmp_path)
    assert "No verdict: nothing that was selected ran in the baseline" in done.stdout
    assert done.returncode == 5
    other = run_here("verify", "-k", "KEY-04", "--baseline", "base.json", folder=tmp_path)
    assert "No verdict: nothing that was selected ran in the baseline" in other.stdout
    assert other.returncode == 5


@pytest.mark.parametrize(
    ("selected", "compared"),
    [
        (("-k", "KEY-04"), "1 of the 3 requirements that ran in the baseline; the others were"),
        (
            ("-m", "local_output and core"),
            "1 of the 3 requirements that ran in the baseline; the others",
        ),
        (("--level", "core", "-k", FEW), "3 of the 3 requirements that ran in the baseline\n"),
    ],
)
def test_a_selection_compares_what_ran(
    tmp_path: Path, selected: tuple[str, ...], compared: str
) -> None:
    run_here("verify", "-k", FEW, "--report", "base.json", folder=tmp_path)
    same = run_here("verify", *selected, "--baseline", "base.json", folder=tmp_path)
    assert f"\ncompared  {compared}" in same.stdout
    assert "Green: as good as the baseline" in same.stdout
    assert same.returncode == 0


def test_what_is_worse_in_a_selection_is_red(tmp_path: Path) -> None:
    run_here("verify", "-k", "KEY-03 or FMT-03", "--report", "base.json", folder=tmp_path)
    wrong = ("verify", "python:mutants.naming:NoSlash", "--baseline", "base.json")
    worse = run_here(*wrong, "-k", "KEY-03", folder=tmp_path)
    assert "  KEY-03 passed before and is failed now\n" in worse.stdout
    assert "Red: worse than the baseline in 1 way\n" in worse.stdout
    assert worse.returncode == 1
    elsewhere = run_here(*wrong, "-k", "FMT-03", folder=tmp_path)
    assert "Green: " in elsewhere.stdout
    assert elsewhere.returncode == 0
