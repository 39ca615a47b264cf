"""The reference never raises, and what it uploads reads back as what went in."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import rapidjson
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.conversion import convert
from s3_reporter_conformance.reference.naming import object_key
from s3_reporter_conformance.reference.results import StoredResults
from strategies import MOMENTS, OBJECTS, PYTHON, TEXTS, as_json, nested, same

from s3_reporter_conformance.backends.moto import MotoBackend
from s3_reporter_conformance.judging.key_timestamp import denotes, timestamp_in
from s3_reporter_conformance.wire.proxy import Wire

# Deeper than that, parsers give up.
LEVELS = 300


def second_yaml(content: bytes) -> Any:
    return YAML(typ="safe", pure=True).load(StringIO(content.decode()))


@given(PYTHON)
@example(nested(LEVELS))
def test_json_reads_back(value: Any) -> None:
    expected = as_json({"results": value})
    content = convert({"results": value}, "json").content
    assert same(json.loads(content), expected)
    assert same(rapidjson.loads(content), expected)


@given(PYTHON)
@example(nested(LEVELS))
@example(["-_", "._", "_", "0o_", "-0o7_", "+.e1", "1_e5"])
def test_yaml_reads_back(value: Any) -> None:
    expected = as_json({"results": value})
    content = convert({"results": value}, "yaml").content
    assert same(yaml.safe_load(content), expected)
    assert same(second_yaml(content), expected)


@given(st.text(max_size=40), MOMENTS | st.text(max_size=40) | MOMENTS.map(str))
def test_a_key_is_one_that_a_reader_finds(prefix: str, started: Any) -> None:
    try:
        key = object_key(prefix, started, "json")
    except (ValueError, OverflowError):
        assume(False)
    timestamp = timestamp_in(key)
    assert timestamp is not None
    assert denotes(timestamp, started)


class S3:
    """moto behind the wire."""

    def __init__(self) -> None:
        self.backend = MotoBackend()
        self.wire = Wire(self.backend.endpoint)

    def new_bucket(self) -> str:
        """Create a bucket."""
        bucket = f"bucket-{os.urandom(4).hex()}"
        self.backend.create_bucket(bucket)
        return bucket


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    s3 = S3()
    with ExitStack() as stack, pytest.MonkeyPatch.context() as changed:
        stack.callback(s3.wire.close)
        stack.callback(s3.backend.close)
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            changed.delenv(name)
        changed.setenv("AWS_ENDPOINT_URL", s3.wire.url)
        changed.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        changed.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI")
        yield s3


STARTED = st.fixed_dictionaries(
    {"summary_stats": st.fixed_dictionaries({"start": MOMENTS.map(str) | st.none()})}
)
RESULTS = st.builds(lambda results, metadata: {**results, "metadata": metadata}, OBJECTS, STARTED)
# moto knows no path with a line feed in it.
PREFIXES = TEXTS.map(lambda text: text.replace("\n", " "))


@given(RESULTS, PREFIXES, st.sampled_from(["json", "yaml"]))
def test_what_is_uploaded_is_what_went_in(
    s3: S3, tmp_path: Path, results: dict[str, Any], prefix: str, file_format: str
) -> None:
    bucket = s3.new_bucket()
    options = {"aws_region": "eu-west-1", "bucket_name": bucket, "key_prefix": prefix}
    with s3.wire.record() as recording:
        reporter = S3Reporter({**options, "file_format": file_format}, tmp_path)
        returned = reporter.report(StoredResults(results))
    [attempt] = [each for each in recording.exchanges if each.is_attempt]
    assert returned == f"s3://{bucket}/{attempt.key}"
    [stored] = s3.backend.objects(bucket)
    assert stored.key == attempt.key
    read = json.loads if file_format == "json" else yaml.safe_load
    assert same(read(stored.content), StoredResults(results).to_simple_dict())
    assert (tmp_path / f"reports/s3-report.{file_format}").read_bytes() == stored.content
