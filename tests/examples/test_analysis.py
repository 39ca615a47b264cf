"""The consumers of the examples read the objects, or say why they cannot."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from athena import BUCKET, ask, athena_sql, ten_scans
from running import MUTANTS, run, statuses
from s3_reporter_conformance.analysis import demo, picture, querying

from s3_reporter_conformance.backends.base import StoredObject
from s3_reporter_conformance.backends.moto import MotoBackend
from s3_reporter_conformance.judging.consumers import expect_quicksight, query
from s3_reporter_conformance.words.errors import Nonconformance


@pytest.fixture
def scans(tmp_path: Path) -> Iterator[MotoBackend]:
    with ten_scans(tmp_path) as backend:
        yield backend


def test_every_path_is_taken_on_the_same_objects(scans: MotoBackend, tmp_path: Path) -> None:
    expected: Counter[str] = Counter()
    for results in demo.ten_scans():
        expected.update(results.to_simple_dict()["metadata"]["summary_stats"]["severity_counts"])
    reports = f"s3://{BUCKET}/scans/*.json"
    found = query(scans, reports, lines=False)
    assert found["severities"] == expected
    assert found["scanners"]["bandit"] == 130
    assert query(scans, reports, lines=True) == found
    with querying.connect(scans.endpoint.address.url, "inspector", "inspector") as connection:
        by_athena = ask(connection, reports, athena_sql())
    assert by_athena == {"severity": found["severities"], "scanner": found["scanners"]}
    objects = [each for each in scans.objects(BUCKET) if each.key.startswith("scans/")]
    assert len(objects) == 10
    expect_quicksight(objects)
    path = tmp_path / "severities.png"
    assert picture.main([f"s3://{BUCKET}/scans/", str(path)]) == ""
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size > 10_000


@pytest.mark.usefixtures("scans")
def test_who_has_only_yaml_is_told_what_that_gives_up(tmp_path: Path) -> None:
    path = str(tmp_path / "severities.png")
    said = picture.main([f"s3://{BUCKET}/yaml/", path])
    assert "no reports in JSON" in said
    assert "1 in YAML, which only a Lambda function can use" in said
    assert "in YAML" not in picture.main([f"s3://{BUCKET}/nothing/", path])


@pytest.mark.parametrize(
    ("key", "content", "words"),
    [
        ("a.yaml", b"a: 1", "a name that ends in one of"),
        ("a.json", b"{", "a JSON document"),
        ("a.json", b"3", "a JSON object at a.json"),
    ],
)
def test_an_object_that_quicksight_cannot_import(key: str, content: bytes, words: str) -> None:
    with pytest.raises(Nonconformance, match=words):
        expect_quicksight([StoredObject("reports", key, "", content)])


def test_what_is_not_installed_is_not_run_and_hides_nothing(tmp_path: Path) -> None:
    """Modules that cannot be found, as in an installation without extras."""
    missing = ("duckdb", "duckdb_extension_httpfs", "aws_lambda_powertools", "pyspark")
    (tmp_path / "sitecustomize.py").write_text(
        f"import sys\nfor name in {missing}: sys.modules[name] = None\n"
    )
    environment = {"PYTHONPATH": f"{tmp_path}:{MUTANTS['PYTHONPATH']}"}
    asked = ("verify", "-k", "INT or SEQ-01", "--report", "report.json")
    done = run(*asked, folder=tmp_path, environment=environment)
    said = " ".join(done.stdout.split())
    assert (
        "duckdb_extension_httpfs not installed: install the suite with its extra analysis" in said
    )
    found = statuses(tmp_path / "report.json")
    assert (found["INT-03"], found["SEQ-01"]) == ("not-installed", "passed")
    assert done.returncode == 0
    alone = run("verify", "-k", "INT-03", folder=tmp_path, environment=environment)
    assert "No verdict: nothing was run" in alone.stdout
    assert alone.returncode == 5


def test_the_demo_needs_nothing_but_this_machine(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "s3_reporter_conformance.analysis.demo", "ten.png"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("s3://demo/scans/ash-report-") == 10
    assert (tmp_path / "ten.png").stat().st_size > 10_000
