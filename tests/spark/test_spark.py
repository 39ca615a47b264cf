"""The Spark job over the keys of right and wrong reporters, and beside other engines."""

from pathlib import Path

import duckdb
import pytest
from athena import BUCKET, ask, athena_sql, ten_scans
from running import MUTANTS, run, statuses
from s3_reporter_conformance.analysis import querying

from s3_reporter_conformance.judging.consumers import flattened_by_spark


@pytest.mark.parametrize(
    ("reporter", "status", "words"),
    [
        ("reference", "passed", ""),
        ("python:mutants:TimestampAsItIs", "failed", "reports that Spark can read by a glob"),
        ("python:mutants:Truncated", "failed", ""),
    ],
)
def test_spark_tells_right_from_wrong(
    tmp_path: Path, reporter: str, status: str, words: str
) -> None:
    asked = ("verify", reporter, "-k", "EXT-HADOOP-02", "--features", "hadoop-safe-keys")
    done = run(*asked, "--report", "report.json", folder=tmp_path, environment=MUTANTS)
    found = statuses(tmp_path / "report.json")["EXT-HADOOP-02"]
    assert (found, words in " ".join(done.stdout.split())) == (status, True), done.stdout


def test_three_engines_give_one_answer(tmp_path: Path) -> None:
    with ten_scans(tmp_path) as backend:
        objects = [each for each in backend.objects(BUCKET) if each.key.startswith("scans/")]
    for stored in objects:
        path = tmp_path / stored.key
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(stored.content)
    reports = str(tmp_path / "scans" / "*.json")
    with duckdb.connect() as connection:
        athena = ask(connection, reports, athena_sql())
    with querying.connect() as connection:
        sql = dict(querying.query(connection, "scanners", reports))
        severities = dict(querying.query(connection, "severities", reports))
    spark = flattened_by_spark(objects, tmp_path / "spark")
    assert spark == athena["scanner"] == sql
    assert spark["bandit"] == 130
    assert athena["severity"] == severities
