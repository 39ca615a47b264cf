"""Then: the answer of `validate`."""

from pytest_bdd import parsers, then

from ...scenario.run import Run
from ...words.errors import Nonconformance

# As many complaints tell enough.
_MOST = 3


@then(parsers.re("the reporter is (?P<words>(not )?ready)"))
def reporter_is_ready(run: Run, words: str) -> None:
    if run.is_ready is not (words == "ready"):
        said = "; ".join(run.observation.outcome.complaints[:_MOST])
        seen = "ready" if run.is_ready else "not ready"
        raise Nonconformance(f"validate answers: {words}", f"{seen}{said and f': {said}'}")
