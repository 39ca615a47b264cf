"""Then: the waits between attempts."""

from pytest_bdd import then

from ...judging import waits
from ...scenario.run import Run
from ...words.errors import Nonconformance

# Longer than the call of any reporter takes, in seconds.
_LONG = 10


@then("the waits between the attempts grow")
def waits_grow(run: Run) -> None:
    _expect_none(waits.not_growing(run))


@then("the reporter ends without another wait")
def reporter_ends_at_once(run: Run) -> None:
    delay = float(run.options.get("base_delay", 0))
    if delay > _LONG and run.observation.ended >= delay:
        raise Nonconformance(f"an end within {delay:g} s", f"after {run.observation.ended:.3f} s")
    _expect_none(waits.late_end(run))


@then("the waits between the attempts follow base_delay and max_delay")
def waits_are_those_of_the_options(run: Run) -> None:
    _expect_none(waits.too_short(run))
    if waits.has_waits(run) and "max_delay" in run.options:
        _expect_none(waits.too_long(run))


def _expect_none(problem: Nonconformance | None) -> None:
    if problem:
        raise problem
