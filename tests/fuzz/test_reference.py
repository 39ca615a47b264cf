"""The reference never raises, and what it uploads reads back as what went in."""

import json
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import rapidjson
import yaml
from echo import Echo, served
from hypothesis import assume, example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.conversion import convert
from s3_reporter_conformance.reference.naming import object_key
from s3_reporter_conformance.reference.results import StoredResults
from strategies import MOMENTS, OBJECTS, PYTHON, TEXTS, as_json, nested, same

from s3_reporter_conformance.judging.key_timestamp import denotes, timestamp_in

# Deeper than that, parsers give up.
LEVELS = 300


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
    assert same(YAML(typ="safe", pure=True).load(StringIO(content.decode())), expected)


# Without a time, the reference takes its own.
@given(st.text(max_size=40), MOMENTS | st.text(min_size=1, max_size=40) | MOMENTS.map(str))
def test_a_key_is_one_that_a_reader_finds(prefix: str, started: Any) -> None:
    try:
        key = object_key(prefix, started, "json")
    except (ValueError, OverflowError):
        assume(False)
    timestamp = timestamp_in(key)
    assert timestamp is not None
    assert denotes(timestamp, started)


class S3(Echo):
    """Takes every upload."""

    usual = (200, {}, b"")


@pytest.fixture(scope="module")
def _s3() -> Iterator[None]:
    with served(S3) as port, pytest.MonkeyPatch.context() as changed:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            changed.delenv(name)
        changed.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        changed.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        changed.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI")
        yield


STARTED = st.fixed_dictionaries(
    {"summary_stats": st.fixed_dictionaries({"start": MOMENTS.map(str) | st.none()})}
)
RESULTS = st.builds(lambda results, metadata: {**results, "metadata": metadata}, OBJECTS, STARTED)


@pytest.mark.usefixtures("_s3")
@given(RESULTS, TEXTS, st.sampled_from(["json", "yaml"]))
def test_what_is_uploaded_is_what_went_in(
    tmp_path: Path, results: dict[str, Any], prefix: str, file_format: str
) -> None:
    Echo.got.clear()
    options = {"aws_region": "eu-west-1", "bucket_name": "reports", "key_prefix": prefix}
    reporter = S3Reporter({**options, "file_format": file_format}, tmp_path)
    returned = reporter.report(StoredResults(results))
    [(_, request_line, _, stored)] = Echo.got
    assert returned == f"s3:/{unquote(request_line.split()[1])}"
    read = json.loads if file_format == "json" else yaml.safe_load
    assert same(read(stored), StoredResults(results).to_simple_dict())
    assert (tmp_path / f"reports/s3-report.{file_format}").read_bytes() == stored
