"""Retries with exponential backoff (diagram: error handling)."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from .errors import ErrorType, error_type

logger = logging.getLogger(__name__)

_MOST_DOUBLINGS = 1000
_RETRIED = {ErrorType.THROTTLING, ErrorType.TRANSIENT}


@dataclass(frozen=True)
class Backoff:
    """The number of retries, and the waits between them.

    Attributes:
        max_retries: The most retries; S3 sees one request more.
        base_delay: Seconds before the first retry; each further wait is twice as long.
        max_delay: The longest wait, in seconds.
    """

    max_retries: int
    base_delay: float
    max_delay: float

    def delay(self, retry: int) -> float:
        """The wait in seconds before a retry; the first retry has number 0."""
        # Beyond this, doubling would overflow.
        return min(self.max_delay, self.base_delay * 2.0 ** min(retry, _MOST_DOUBLINGS))


def with_retry(api_call: Callable[[], object], backoff: Backoff) -> None:
    """Make an API call, and retry it on throttling and transient errors.

    Raises:
        Exception: The last error: one that is not retried, or the one after the last retry.
    """
    for retry in range(backoff.max_retries):
        try:
            api_call()
        except Exception as error:
            if error_type(error) not in _RETRIED:
                raise
            delay = backoff.delay(retry)
            logger.warning(
                "Retry %d of %d in %.2f s: %s", retry + 1, backoff.max_retries, delay, error
            )
            time.sleep(delay)
        else:
            return
    api_call()
