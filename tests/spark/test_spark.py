"""The Spark job over the keys of right and wrong reporters; and what Athena and Glue find."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from athena import ask, athena_sql, columns
from pyspark.sql import SparkSession
from pyspark.sql.types import DataType, LongType, MapType, StringType, StructType
from running import MUTANTS, run, statuses
from s3_reporter_conformance.analysis import demo, querying
from s3_reporter_conformance.reference import S3Reporter

from s3_reporter_conformance.backends.base import StoredObject
from s3_reporter_conformance.backends.moto import MotoBackend
from s3_reporter_conformance.judging.consumers import flattened_by_spark

BUCKET = "ten-scans"


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[StoredObject]]:
    """The uploads of ten scans by the reference; they are files of this folder, too."""
    backend = MotoBackend()
    monkeypatch.setenv("AWS_ENDPOINT_URL", backend.endpoint.address.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "inspector")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "inspector")
    backend.create_bucket(BUCKET)
    options = {"aws_region": "us-east-1", "bucket_name": BUCKET, "key_prefix": "scans"}
    for results in demo.ten_scans():
        assert S3Reporter(options, tmp_path).report(results).startswith("s3://")
    found = list(backend.objects(BUCKET))
    for stored in found:
        path = tmp_path / stored.key
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(stored.content)
    yield found
    backend.close()


@pytest.mark.parametrize(
    ("reporter", "status", "words"),
    [
        ("reference", "passed", ""),
        ("python:mutants:TimestampAsItIs", "failed", "reports that Spark reads by a glob"),
        ("python:mutants:Truncated", "failed", ""),
        ("python:mutants:YamlInJson", "failed", ""),
    ],
)
def test_spark_tells_right_from_wrong(
    tmp_path: Path, reporter: str, status: str, words: str
) -> None:
    asked = ("verify", reporter, "-k", "EXT-HADOOP-02", "--features", "hadoop-safe-keys")
    done = run(*asked, "--report", "report.json", folder=tmp_path, environment=MUTANTS)
    found = statuses(tmp_path / "report.json")["EXT-HADOOP-02"]
    assert (found, words in " ".join(done.stdout.split())) == (status, True), done.stdout


def test_three_engines_give_one_answer(objects: list[StoredObject], tmp_path: Path) -> None:
    assert len(objects) == 10
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


def test_a_crawler_finds_the_columns_that_athena_has(
    objects: list[StoredObject], tmp_path: Path
) -> None:
    """A Glue crawler classifies JSON lines, and makes a struct of each object, as Spark does.

    It never makes a map: a scanner that is new is a new column to it.  So the table is created by
    hand in `athena.sql`, and must have a map wherever the names in an object are data.
    """
    session = SparkSession.builder.getOrCreate()
    # Without multiLine, a record is a line, as it is to the crawler and to the SerDe.
    inferred = session.read.json(str(tmp_path / "scans" / "*.json"))
    assert inferred.count() == len(objects) == 10
    assert "_corrupt_record" not in inferred.columns
    for name, kind in columns(athena_sql()).items():
        declared = _column(f"{name} {kind.sql('spark')}")
        assert list(_differences(declared, inferred.schema[name].dataType, name)) == []


def test_a_wrong_column_is_none_that_a_crawler_finds() -> None:
    inferred = _column("a struct<b: string, c: struct<x: bigint, y: bigint>>")
    for declared, found in {
        "a struct<b: string, c: map<string, bigint>>": [],
        "a struct<c: struct<y: bigint>>": [],
        "a struct<b: bigint>": ["a.b: string"],
        "a struct<d: string>": ["a.d: absent"],
        "a struct<b: struct<x: bigint>>": ["a.b: string"],
        "a struct<c: map<string, string>>": ["a.c.x: bigint", "a.c.y: bigint"],
        "a struct<b: map<string, string>>": ["a.b: string"],
        "a string": ["a: struct<b:string,c:struct<x:bigint,y:bigint>>"],
    }.items():
        assert list(_differences(_column(declared), inferred, "a")) == found


def _column(declaration: str) -> DataType:
    table = StructType.fromDDL(declaration)
    assert isinstance(table, StructType)
    kind: DataType = table.fields[0].dataType
    return kind


def _differences(declared: DataType, inferred: DataType, place: str) -> Iterator[str]:
    """The places where a declared column differs from the one inferred from the reports."""
    match declared, inferred:
        case StructType(), StructType():
            for each in declared.fields:
                if each.name in inferred.names:
                    kind = inferred[each.name].dataType
                    yield from _differences(each.dataType, kind, f"{place}.{each.name}")
                else:
                    yield f"{place}.{each.name}: absent"
        case MapType(keyType=StringType(), valueType=value), StructType():
            for each in inferred.fields:
                yield from _differences(value, each.dataType, f"{place}.{each.name}")
        case (StringType(), StringType()) | (LongType(), LongType()):
            return
        case _:
            yield f"{place}: {inferred.simpleString()}"
