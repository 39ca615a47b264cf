"""Retries with exponential backoff (diagram: error handling)."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from .errors import ErrorType, error_type

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Backoff:
    """The number of retries, and in seconds, the first wait between them and the longest."""

    max_retries: int
    base_delay: float
    max_delay: float

    def delay(self, retry: int) -> float:
        """The wait in seconds before a retry; the first retry has number 0."""
        # 1,024 doublings overflow a floating-point number.
        return min(self.max_delay, self.base_delay * 2.0 ** min(retry, 64))


def with_retry(api_call: Callable[[], object], backoff: Backoff) -> None:
    """Make an API call, retry it on throttling and transient errors, and raise the last error."""
    for retry in range(backoff.max_retries):
        try:
            api_call()
        except Exception as error:
            if error_type(error) not in {ErrorType.THROTTLING, ErrorType.TRANSIENT}:
                raise
            wait = backoff.delay(retry)
            logger.warning("Retry %d in %.2f s: %s", retry + 1, wait, error)
            time.sleep(wait)
        else:
            return
    api_call()
