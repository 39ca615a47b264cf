"""The environment of the suite's own AWS SDK."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


def environment_without_settings() -> dict[str, str]:
    """This process's environment without the user's profiles, endpoints and proxies."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AWS_") and not name.lower().endswith("_proxy")
    }
    return {**kept, "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}


@contextmanager
def without_settings_of_the_user() -> Iterator[None]:
    """Hide the user's AWS profiles, endpoints, and proxies from the suite's own SDK."""
    before = dict(os.environ)
    _set(environment_without_settings())
    try:
        yield
    finally:
        _set(before)


def _set(environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
