"""A sample of the reporters that misbehave; `tests/misbehaving` runs all, with both adapters."""

from pathlib import Path

import pytest
from misbehaving.running import expect_unharmed


@pytest.mark.parametrize(
    "name",
    [
        "leaves_a_daemon",
        "kills_its_parent",
        "returns_a_hundred_megabytes",
        "sends_a_million_small_requests",
        "has_a_key_of_1025_bytes",
    ],
)
def test_a_sample(name: str, tmp_path: Path) -> None:
    expect_unharmed(name, "python", tmp_path)
