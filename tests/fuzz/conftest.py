"""The amount of generated data: little and always the same, or in `tox -e nightly` much and new."""

import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

_SLOW_IS_NO_FAULT = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)

settings.register_profile(
    "quick",
    max_examples=15,
    derandomize=True,
    # To shrink what fails takes minutes: that is for the long profile.
    phases=(Phase.explicit, Phase.generate),
    database=None,
    deadline=None,
    suppress_health_check=_SLOW_IS_NO_FAULT,
)
settings.register_profile(
    "long",
    max_examples=3000,
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW_IS_NO_FAULT,
)
# What the command line names is loaded after this.
settings.load_profile("quick")


@pytest.fixture(autouse=True)
def _no_logging() -> Iterator[None]:
    """Keep what is logged out of pytest's reports: xdist cannot send half of a surrogate pair."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
