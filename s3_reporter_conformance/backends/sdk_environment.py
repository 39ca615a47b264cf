"""The environments of the suite's own AWS SDK, and of moto."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_NO_PROFILES = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
# What Python needs to start, and where it writes what does not fit into memory.
_NEEDED = ("DYLD_LIBRARY_PATH", "LD_LIBRARY_PATH", "PATH", "TMPDIR")


def environment_of_moto() -> dict[str, str]:
    """The variables that moto needs, and none of the many that change its behavior."""
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return {**kept, **_NO_PROFILES}


@contextmanager
def without_settings_of_the_user() -> Iterator[None]:
    """Hide the user's AWS profiles, endpoints, and proxies from the suite's own SDK."""
    hidden = {
        name: os.environ.pop(name)
        for name in tuple(os.environ)
        if name.startswith("AWS_") or name.lower().endswith("_proxy")
    }
    os.environ.update(_NO_PROFILES)
    try:
        yield
    finally:
        for name in _NO_PROFILES:
            os.environ.pop(name, None)
        os.environ.update(hidden)
