"""Whether the process that owns something was killed."""

import os
import subprocess
import sys

import pytest

from s3_reporter_conformance.backends.owners import new_owner, was_killed

_PRINTED = "from s3_reporter_conformance.backends.owners import new_owner; print(new_owner())"


def test_a_process_that_runs_was_not_killed() -> None:
    assert not was_killed(new_owner())


def test_a_process_that_has_ended_was_even_if_nobody_has_noticed_yet() -> None:
    with subprocess.Popen([sys.executable, "-c", _PRINTED], stdout=subprocess.PIPE) as process:
        assert process.stdout
        owner = process.stdout.read().decode().strip()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert was_killed(owner)
    assert was_killed(owner)


def test_another_process_with_the_same_number_is_not_the_owner() -> None:
    place, process, _ = new_owner().split("/")
    assert was_killed(f"{place}/{process}/1")


@pytest.mark.parametrize("owner", ["", "somebody", "a/1/2", "{}/x/1", "{}/-1/1", "{}/1"])
def test_nothing_is_known_of_others(owner: str) -> None:
    assert not was_killed(owner.format(new_owner().partition("/")[0]))
