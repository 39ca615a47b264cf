"""Backoff without options, got wrong: the suite knows no delays, and judges their growth."""

from random import uniform
from typing import ClassVar

from s3_reporter_conformance.reference.retry import Backoff

from .catalogue import mutant
from .over_reference import Changed


class _Linear(Backoff):
    def delay(self, retry: int) -> float:
        return self.base_delay * (1 + retry)


class _Constant(Backoff):
    def delay(self, _retry: int) -> float:
        return self.base_delay


class _ThenNone(Backoff):
    def delay(self, retry: int) -> float:
        return super().delay(retry) if retry < self.max_retries - 1 else 0


class _NoneFirst(Backoff):
    def delay(self, retry: int) -> float:
        return super().delay(retry) if retry else 0


class _ConstantWithJitter(Backoff):
    def delay(self, _retry: int) -> float:
        return self.base_delay * uniform(0.5, 1)  # noqa: S311


@mutant(aim="ERR-07", settings={"max_retries": 1})
class NoWaitBeforeTheOnlyRetry(Changed):
    """Retries once, and at once."""

    changes: ClassVar = {"Backoff": lambda *_: Backoff(1, 0, 0)}


@mutant(aim="ERR-07", settings={"max_retries": 2})
class NoWaitWithTwoRetries(Changed):
    """Retries twice, and at once."""

    changes: ClassVar = {"Backoff": lambda *_: Backoff(2, 0, 0)}


@mutant(aim="ERR-07", settings={"max_retries": 2})
class ConstantWithTwoRetries(Changed):
    """Retries twice, with one wait for both."""

    changes: ClassVar = {"Backoff": lambda *_: _Constant(2, 0.5, 60)}


@mutant(aim="ERR-07", settings={"max_retries": 2})
class NoWaitBeforeTheFirstRetry(Changed):
    """Retries at once, and waits only before the second retry."""

    changes: ClassVar = {"Backoff": lambda *_: _NoneFirst(2, 0.2, 60)}


@mutant(aim="ERR-07", settings={"max_retries": 3})
class LinearGrowthOfItsOwn(Changed):
    """Waits longer by the same amount, with delays of its own."""

    changes: ClassVar = {"Backoff": lambda *_: _Linear(3, 0.15, 60)}


@mutant(aim="ERR-07", settings={"max_retries": 5})
class LastWaitForgotten(Changed):
    """Waits longer before each retry but the last, which follows at once."""

    changes: ClassVar = {"Backoff": lambda *_: _ThenNone(5, 0.05, 60)}


@mutant(aim="ERR-07", settings={"jitter": "equal"})
class NoGrowthUnderJitter(Changed):
    """Waits a random time that does not grow."""

    changes: ClassVar = {"Backoff": lambda *_: _ConstantWithJitter(3, 0.1, 60)}


@mutant(aim="ERR-07", settings={"jitter": "full"})
class NoWaitUnderJitter(Changed):
    """Says that its waits are random, and never waits."""

    changes: ClassVar = {"Backoff": lambda *_: Backoff(3, 0, 0)}
