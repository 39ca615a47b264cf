"""The environments of the suite's own AWS SDK, and of moto."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_NO_PROFILES = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
# What Python needs to start, and where it writes what does not fit into memory.
_NEEDED = ("DYLD_LIBRARY_PATH", "LD_LIBRARY_PATH", "PATH", "TMPDIR")


def environment_without_settings() -> dict[str, str]:
    """This process's environment without the user's profiles, endpoints and proxies."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AWS_") and not name.lower().endswith("_proxy")
    }
    return {**kept, **_NO_PROFILES}


def environment_of_moto() -> dict[str, str]:
    """What moto needs, and none of the many variables that change what it does."""
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return {**kept, **_NO_PROFILES}


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
