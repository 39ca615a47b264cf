"""The growth of waits is told from what attempts take by themselves, as far as it can be."""

import random
from collections.abc import Callable, Sequence

import pytest

from s3_reporter_conformance.adapters.manifest import Jitter
from s3_reporter_conformance.judging.growth import is_settled, not_growing

RNG = random.Random(17)  # noqa: S311
JITTER = {
    Jitter.NONE: lambda: 1.0,
    Jitter.EQUAL: lambda: RNG.uniform(0.5, 1),
    Jitter.FULL: RNG.random,
}
RUNS = 40


def busy() -> float:
    """An attempt on a busy machine."""
    return RNG.uniform(0.002, 0.06) + (RNG.uniform(0.1, 0.3) if RNG.random() < 0.05 else 0)


def quiet() -> float:
    """An attempt on a machine that does nothing else."""
    return RNG.uniform(0.003, 0.008)


def program() -> float:
    """An attempt that starts a program."""
    return RNG.uniform(0.6, 1.6)


def passes(waits: Sequence[float], jitter: Jitter, attempt: Callable[[], float]) -> bool:
    """Whether a reporter with these waits passes, after as many calls as it takes."""
    calls: list[list[float]] = []
    while not calls or not is_settled(calls, jitter):
        calls.append([wait * JITTER[jitter]() + attempt() for wait in waits])
    return not_growing(calls, jitter) is None


def share(waits: Sequence[float], jitter: Jitter, attempt: Callable[[], float]) -> float:
    RNG.seed(17)
    return sum(passes(waits, jitter, attempt) for _ in range(RUNS)) / RUNS


@pytest.mark.parametrize("attempt", [busy, quiet, program])
@pytest.mark.parametrize("jitter", Jitter)
@pytest.mark.parametrize("base", [0.2, 1.0])
@pytest.mark.parametrize("retries", [1, 2, 3, 5])
def test_doubling_passes(
    attempt: Callable[[], float], jitter: Jitter, base: float, retries: int
) -> None:
    assert share([base * 2**n for n in range(retries)], jitter, attempt) == 1


@pytest.mark.parametrize("attempt", [busy, quiet])
@pytest.mark.parametrize(
    "waits",
    [
        (0,),
        (0, 0),
        (0, 0.2),
        (0.4, 0.2),
        (0, 0, 0),
        (0.2, 0.4, 0.6),
        (1, 2, 3),
        (0.2, 0.2, 0.2),
        (0, 0.2, 0.4),
        (0.8, 0.4, 0.2),
        (1.4, 0, 0),
        (0.2, 0.4, 0.4),
        (0.2, 0.4, 0.8, 1.6, 0),
    ],
)
def test_other_waits_fail(attempt: Callable[[], float], waits: Sequence[float]) -> None:
    assert share(waits, Jitter.NONE, attempt) == 0


@pytest.mark.parametrize("jitter", [Jitter.EQUAL, Jitter.FULL])
def test_no_wait_fails_whatever_the_jitter(jitter: Jitter) -> None:
    assert share((0, 0, 0), jitter, quiet) == 0


def test_random_waits_that_do_not_grow_fail() -> None:
    assert share((0.1, 0.1, 0.1), Jitter.EQUAL, quiet) == 0


def test_no_retry_is_nothing_to_judge() -> None:
    assert is_settled([[]], Jitter.NONE)
    assert not_growing([[]], Jitter.NONE) is None


def test_the_message_shows_the_waits() -> None:
    problem = not_growing([[0.001, 0.001, 0.001]] * 6, Jitter.NONE)
    assert problem
    assert problem.seen == "0.001 s, 0.001 s, 0.001 s"
