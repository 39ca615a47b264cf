"""Then: the waits between attempts."""

from pytest_bdd import then

from ...errors import Nonconformance
from ...judging import told
from ...scenario.run import Run


@then("the waits between the attempts grow")
def waits_grow(run: Run) -> None:
    _expect_none(told.not_growing(run))


@then("the reporter ends without another wait")
def reporter_ends_at_once(run: Run) -> None:
    _expect_none(told.late_end(run))


@then("the reporter ends sooner than base_delay")
def reporter_does_not_wait(run: Run) -> None:
    delay = float(run.options["base_delay"])
    if run.observation.ended >= delay:
        raise Nonconformance(f"an end within {delay:g} s", f"after {run.observation.ended:.3f} s")


@then("no wait is shorter than base_delay and max_delay allow")
def no_wait_is_too_short(run: Run) -> None:
    _expect_none(told.too_short(run))


@then("the waits between the attempts follow base_delay and max_delay")
def waits_are_those_of_the_options(run: Run) -> None:
    _expect_none(told.too_short(run) or told.too_long(run))


def _expect_none(problem: Nonconformance | None) -> None:
    if problem:
        raise problem
