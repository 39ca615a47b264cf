"""Other ways to retry."""

import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from random import uniform
from typing import Any

from botocore.exceptions import HTTPClientError

from .plain import Plain, variant

# Waits between half and all of the formula.
EqualJitter = variant(
    delay=lambda self, retry: Plain.delay(self, retry) * uniform(0.5, 1)  # noqa: S311
)

# Waits anything up to the formula.
FullJitter = variant(
    base_delay=0.1,
    delay=lambda self, retry: Plain.delay(self, retry) * uniform(0, 1),  # noqa: S311
)

# Retries twice, as it states.
TwoRetries = variant(retries=2)


class RetriesFaults(Plain):
    """Retries what S3 and the network get wrong, too, which it need not say."""

    def passes(self, error: Exception) -> bool:
        return (
            super().passes(error)
            or isinstance(error, HTTPClientError)
            or "InternalError" in str(error)
        )


class ProgramPerAttempt(Plain):
    """Starts a program for each attempt, which takes longer than most waits, and never the same."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.retries = options.get("max_retries", 3)
        self.base_delay = options.get("base_delay", 1.0)
        self.max_delay = options.get("max_delay", 60.0)

    def delay(self, retry: int) -> float:
        return float(min(self.max_delay, super().delay(retry)))

    def put(self, key: str, content: bytes) -> None:
        subprocess.run(["sleep", f"{uniform(0.1, 0.5):.3f}"], check=True)  # noqa: S311, S607
        super().put(key, content)


class SlowToBegin(Plain):
    """Takes long to begin, and therefore also to end, as programs do on a slow machine."""

    def put(self, key: str, content: bytes) -> None:
        time.sleep(2.6)
        super().put(key, content)

    def write_copy(self, key: str, content: bytes) -> None:
        time.sleep(1.1)
        super().write_copy(key, content)
