"""The environment of the suite's own AWS SDK."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_settings_of_the_user() -> Iterator[None]:
    """Hide the user's AWS profiles, endpoints, and proxies from the suite's own SDK."""
    before = dict(os.environ)
    for name in before:
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            del os.environ[name]
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        os.environ[name] = os.devnull
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
