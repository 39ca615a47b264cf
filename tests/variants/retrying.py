"""Other ways to retry."""

import random

from botocore.exceptions import HTTPClientError

from .plain import Plain


class EqualJitter(Plain):
    """Waits between half and all of the formula."""

    def delay(self, retry: int) -> float:
        return super().delay(retry) * random.uniform(0.5, 1)  # noqa: S311


class FullJitter(Plain):
    """Waits anything up to the formula."""

    def delay(self, retry: int) -> float:
        return super().delay(retry) * random.random()  # noqa: S311


class TwoRetries(Plain):
    """Retries twice, as it states."""

    retries = 2


class RetriesFaults(Plain):
    """Retries what S3 and the network get wrong, too, which it need not say."""

    def passes(self, error: Exception) -> bool:
        return (
            super().passes(error)
            or isinstance(error, HTTPClientError)
            or "InternalError" in str(error)
        )
