"""Whether the process that owns something was killed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from s3_reporter_conformance.backends.owners import new_owner, was_killed

_PRINTED = "from s3_reporter_conformance.backends.owners import new_owner; print(new_owner())"


def owner_of_another() -> str:
    """The name of a process that has ended."""
    command = [sys.executable, "-c", _PRINTED]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_process_that_runs_was_not_killed() -> None:
    assert not was_killed(new_owner())
    assert new_owner() != new_owner()


def test_a_process_that_has_ended_was() -> None:
    assert was_killed(owner_of_another())


def test_one_that_nobody_has_noticed_to_have_ended_was() -> None:
    with subprocess.Popen([sys.executable, "-c", _PRINTED], stdout=subprocess.PIPE) as process:
        assert process.stdout
        owner = process.stdout.read().decode().strip()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert was_killed(owner)


def test_another_process_with_the_same_number_is_not_the_owner() -> None:
    machine, process, _, token = new_owner().split("/")
    assert was_killed(f"{machine}/{process}/1/{token}")


@pytest.mark.parametrize(
    "owner", ["", "somebody", "a/1/2/3", "{}/x/1/2", "{}/-1/1/2", "{}/1e9/1/2"]
)
def test_nothing_is_known_of_others(owner: str) -> None:
    assert not was_killed(owner.format(new_owner().partition("/")[0]))


def test_a_process_of_another_user_that_the_system_hides_was_not_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = new_owner()

    def forbidden(_: int, __: int) -> None:
        raise PermissionError

    read = Path.read_text

    def hidden(path: Path) -> str:
        if path.name == "stat":
            raise FileNotFoundError
        return read(path)

    monkeypatch.setattr(os, "kill", forbidden)
    monkeypatch.setattr(Path, "read_text", hidden)
    assert not was_killed(owner)
