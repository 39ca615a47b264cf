"""Every kind of misbehavior, with each adapter, and the verdict on its run."""

import fcntl
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from misbehaving import HELD, KINDS, running
from misbehaving.running import expect_unharmed, is_held

# What the suite may take, in bytes: more than the largest bodies and files that it looks at.
MEMORY = 4 << 30


@pytest.fixture(scope="module", autouse=True)
def _limited_memory() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_DATA, before)


@pytest.mark.parametrize("adapter", ["python", "command"])
@pytest.mark.parametrize("name", KINDS)
def test_its_run_has_the_status_that_it_deserves(name: str, adapter: str, tmp_path: Path) -> None:
    expect_unharmed(name, adapter, tmp_path)


def test_a_process_that_is_left_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_FAREWELL", 0.1)
    held = tmp_path / HELD
    held.touch()
    assert not is_held(held)
    with held.open() as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        assert is_held(held)
