"""How much is generated: little and always the same, or with `tox -e fuzz` much and ever new."""

from hypothesis import HealthCheck, settings

_SLOW_IS_NO_FAULT = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)

settings.register_profile(
    "quick",
    max_examples=15,
    derandomize=True,
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
