"""The Spark job over the keys of a right reporter, and of wrong ones."""

import json
from pathlib import Path

import pytest
from running import MUTANTS, run


@pytest.mark.parametrize(
    ("reporter", "status", "words"),
    [
        ("reference", "passed", ""),
        ("python:mutants.naming:TimestampAsItIs", "failed", "reports that Spark reads by a glob"),
        ("python:mutants.documents:Truncated", "failed", ""),
        ("python:mutants.documents:YamlInJson", "failed", ""),
    ],
)
def test_spark_tells_right_from_wrong(
    tmp_path: Path, reporter: str, status: str, words: str
) -> None:
    asked = ("verify", reporter, "-k", "EXT-HADOOP-02", "--features", "hadoop-safe-keys")
    done = run(*asked, "--report", "report.json", folder=tmp_path, environment=MUTANTS)
    report = json.loads((tmp_path / "report.json").read_text())
    found = next(each for each in report["requirements"] if each["id"] == "EXT-HADOOP-02")
    assert (found["status"], words in done.stdout) == (status, True), done.stdout
