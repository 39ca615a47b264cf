"""The waits between attempts, got wrong (interpretation 3)."""

import time
from typing import ClassVar

from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.conversion import Document
from s3_reporter_conformance.reference.retry import Backoff

from .catalogue import mutant
from .over_reference import Changed


@mutant(aim="ERR-07")
class NoWait(Changed):
    """Retries at once."""

    changes: ClassVar = {"Backoff": lambda most, *_: Backoff(most, 0, 0)}


class Constant(Backoff):
    """Waits that do not grow."""

    def delay(self, retry: int) -> float:
        return super().delay(0)


@mutant(aim="ERR-07")
class NoGrowth(Changed):
    """Waits as long before each retry as before the first."""

    changes: ClassVar = {"Backoff": Constant}


class Linear(Backoff):
    """Waits that grow by the same amount."""

    def delay(self, retry: int) -> float:
        return min(self.max_delay, self.base_delay * (1 + retry))


@mutant(aim="ERR-07")
class LinearGrowth(Changed):
    """Waits longer before each retry, but by the same amount."""

    changes: ClassVar = {"Backoff": Linear}


@mutant(aim="EXT-RETRY-02")
class NoCap(Changed):
    """Waits longer than the longest wait that is configured."""

    changes: ClassVar = {"Backoff": lambda most, base, _: Backoff(most, base, 999)}


@mutant(aim="EXT-RETRY-02")
class Milliseconds(Changed):
    """Takes seconds for milliseconds."""

    changes: ClassVar = {"Backoff": lambda most, base, cap: Backoff(most, base / 1000, cap / 1000)}


@mutant(aim="ERR-08")
class WaitsBeforeGivingUp(Changed):
    """Waits once more after the last attempt."""

    def _upload(self, key: str, document: Document) -> str:
        returned = super()._upload(key, document)
        if "SlowDown" in returned:
            time.sleep(self.configuration.base_delay * 2**self.configuration.max_retries)
        return returned


@mutant(aim="ERR-08")
class WaitsBeforeTheFirstAttempt(S3Reporter):
    """Waits before each attempt, the first one as well."""

    def _upload(self, key: str, document: Document) -> str:
        time.sleep(self.configuration.base_delay)
        return super()._upload(key, document)


@mutant(aim="ERR-08")
class WaitsAfterEveryError(S3Reporter):
    """Waits after an error that it does not retry."""

    def _upload(self, key: str, document: Document) -> str:
        returned = super()._upload(key, document)
        if "AccessDenied" in returned:
            time.sleep(self.configuration.base_delay)
        return returned


class LongestFirst(Backoff):
    """A first wait that is already as long as the limit."""

    def delay(self, retry: int) -> float:
        return super().delay(retry) if retry or self.max_delay == 60 else self.max_delay


@mutant(aim="EXT-RETRY-02")
class LongestWaitFirst(Changed):
    """Begins with the longest wait, where one is configured."""

    changes: ClassVar = {"Backoff": LongestFirst}


@mutant(aim="ERR-08")
class WaitsAfterAccessDenied(S3Reporter):
    """Waits as long as it likes before it says that access is denied."""

    def _upload(self, key: str, document: Document) -> str:
        returned = super()._upload(key, document)
        if "AccessDenied" in returned:
            time.sleep(1.5)
        return returned


class FirstWaitFree(Backoff):
    """A first wait that may be longer than the limit."""

    def delay(self, retry: int) -> float:
        return super().delay(retry) if retry else self.base_delay


@mutant(aim="EXT-RETRY-02")
class FirstWaitNotLimited(Changed):
    """Limits all waits but the first."""

    changes: ClassVar = {"Backoff": FirstWaitFree}


@mutant(aim="EXT-RETRY-02")
class NoDelayTakenAsUnset(Changed):
    """Takes base_delay = 0 for not set."""

    changes: ClassVar = {"Backoff": lambda most, base, cap: Backoff(most, base or 0.2, cap)}
