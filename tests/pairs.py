"""Writes the table of pairs in `features/combinations.feature`, and the one of triples.

Each two values of any two columns, or each three of any three, stand together in some row.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from allpairspy import AllPairs
from covertable import make

from s3_reporter_conformance.exploring.options import TRIPLES

FEATURE = Path(__file__).parent.parent / "features" / "combinations.feature"

COLUMNS: Mapping[str, Sequence[str]] = {
    "answer": (
        "every attempt with success",
        "the first attempt with SlowDown",
        "every attempt with SlowDown",
        "every attempt with AccessDenied",
        "every attempt with NoSuchBucket",
        "every attempt with InvalidRequest",
        "every attempt with UnheardOf",
    ),
    "results": ("findings", "no findings", "common values"),
    "profile": ("not set", '"audit"', '"ci"'),
    "format": ("json", "yaml"),
    "prefix": ("scans", "team a/b"),
    "region by": ("the option aws_region", "the environment variable AWS_REGION"),
    "bucket by": ("the option bucket_name", "the environment variable ASH_S3_BUCKET_NAME"),
    # As ASH has it, and as most others write UTC.
    "start": ("2026-01-15T10:30:00+00:00", "2026-01-15T10:30:00Z"),
    "level": ("info", "debug"),
}

_HEAD = """\
Feature: Combinations
  What holds for one configuration holds for every other: the columns are independent of each other.
  {each} are together in some row, written by tests/pairs.py.

  Background:
    Given a configured reporter
    And the option aws_region is not set
    And the option bucket_name is not set
    And the environment variable AWS_REGION is "ap-southeast-2"
    And the environment variable AWS_DEFAULT_REGION is "sa-east-1"
    And the environment variable ASH_S3_BUCKET_NAME is "no-bucket-of-this-run"
    And an AWS profile "audit" with permanent credentials
    And an AWS profile "ci" with temporary credentials
    And the AWS profile "audit" sets the region "us-west-2"

  Scenario Outline: {name}
    Given S3 answers <answer>
    And scan results with <results>
    And a scan whose start is <start>
    And the option aws_profile is <profile>
    And the option file_format is "<format>"
    And the option key_prefix is "<prefix>"
    And <region by> is "eu-west-1"
    And <bucket by> is the bucket "reports"
    And ASH Core logs at <level> level
    When ASH Core runs the reporter

    Examples:
"""


def pairs() -> str:
    """The whole feature file with a row for each two values."""
    rows = AllPairs([list(values) for values in COLUMNS.values()])
    return _feature("Pair", "Every two values of any two columns", rows)


def triples() -> str:
    """The whole feature file with a row for each three values, for which AllPairs misses some."""
    rows = make({name: list(values) for name, values in COLUMNS.items()}, strength=3)
    found = ([row[name] for name in COLUMNS] for row in rows)
    return _feature("Triple", "Every three values of any three columns", found)


def _feature(name: str, each: str, rows: Iterable[Sequence[str]]) -> str:
    table = [list(COLUMNS), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ("      | " + " | ".join(map(str.ljust, row, widths)) + " |\n" for row in table)
    head = _HEAD.replace("{name}", name).replace("{each}", each)
    return head + "".join(lines)


if __name__ == "__main__":
    FEATURE.write_text(pairs(), encoding="utf-8")
    TRIPLES.write_text(triples(), encoding="utf-8")
