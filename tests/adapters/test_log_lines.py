"""Levels are read from the lines of common loggers; a line without a level is noticed."""

import pytest

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.logs import LogRecord, level_of, noticed_lines


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("WARNING bucket missing", "WARNING"),
        ("warn: bucket missing", "WARN"),
        ("ERROR:s3-reporter:failed", "ERROR"),
        ("[debug] failed", "DEBUG"),
        ("2026-01-15T10:30:00Z INFO failed", "INFO"),
        ("2026-01-15 10:30:00,123 DEBUG failed", "DEBUG"),
        ("2026-01-15 10:30:00,123 - s3.reporter - DEBUG - failed", "DEBUG"),
        ("[2026-01-15T10:30:00Z DEBUG reporter] failed", "DEBUG"),
        ("2026-01-15T10:30:00.0Z  INFO reporter: failed", "INFO"),
        ("10:30:00.123 [main] DEBUG c.e.Reporter - failed", "DEBUG"),
        ('time=2026-01-15T10:30:00.000Z level=INFO msg="failed"', "INFO"),
        ('{"level": "debug", "msg": "failed"}', "DEBUG"),
        ('{"level": "odd", "msg": "failed"}', ""),
        ('{"level": 20}', ""),
        ("{failed", ""),
        ("failed", ""),
        ("Information is missing", ""),
        ("debugging failed", ""),
        ("info-gathering failed", ""),
        ("2026-01-15 10:30:00 upload failed", ""),
        ("AccessDenied: Access Denied", ""),
    ],
)
def test_a_line_marks_its_level(line: str, level: str) -> None:
    assert level_of(line) == level


def test_a_record_goes_on_with_indented_lines() -> None:
    text = "DEBUG sent\n  AccessDenied\n\tand more\ncareful\n\nERROR failed\n  because\nTRACE x\n"
    assert list(noticed_lines(text)) == ["careful", "ERROR failed\n  because"]


def test_what_a_user_notices() -> None:
    log = (LogRecord("DEBUG", "a", "one"), LogRecord("WARNING", "a", "two"))
    outcome = Outcome(ready=True, log=log, stdout="three\n", stderr="info: four\nfive\n")
    assert outcome.complaints == ("two", "three", "five")
