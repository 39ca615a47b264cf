"""Every kind of misbehavior, with each adapter, and the verdict on its run."""

import fcntl
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from misbehaving import KINDS, Kind, running
from misbehaving.catalogue import PASSED
from misbehaving.running import Ran, findings_of, run_kinds

# In seconds; long enough for a program that starts on a busy machine.
TIMEOUT = 60
WORKERS = 4
# What the suite may take, in bytes: more than the largest bodies and files that it looks at.
MEMORY = 4 << 30


@pytest.fixture(scope="module", params=["python", "command"])
def adapter(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def ran(adapter: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """A run of all kinds, in processes that get no more memory than that."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, before[1]))
    try:
        yield run_kinds(adapter, tmp_path_factory.mktemp(adapter), KINDS.values(), TIMEOUT, WORKERS)
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_its_run_has_the_status_that_it_deserves(ran: Ran, adapter: str, kind: Kind) -> None:
    run = ran.of(kind)
    findings = findings_of(run)
    assert run.status is kind.status(adapter), findings
    if run.status is not PASSED:
        assert all(words in findings for words in kind.says), findings
        assert "the suite itself failed" not in findings


def test_a_run_beside_it_keeps_its_verdict(ran: Ran) -> None:
    assert [findings_of(run) for run in ran.bystanders if run.status is not PASSED] == []
    assert ran.bystanders


def test_nothing_is_left(ran: Ran) -> None:
    assert not ran.is_held
    assert ran.left == []


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= 30


def test_a_process_that_is_left_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "FAREWELL", 0)
    ran = Ran({}, [], [], tmp_path / "held")
    ran.held.touch()
    assert not ran.is_held
    with ran.held.open() as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        assert ran.is_held
