"""Where a reporter diverged from its path; the kill matrix checks what is told of each mutant."""

import pytest

from s3_reporter_conformance.adapters.base import LogRecord, Outcome
from s3_reporter_conformance.errors import Nonconformance
from s3_reporter_conformance.judging.divergence import diverged_at
from s3_reporter_conformance.scenario.observation import Observation
from s3_reporter_conformance.spec import symptoms
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.spec.symptoms import Symptom
from s3_reporter_conformance.wire.exchange import Exchange

SYMPTOMS = {
    name: value
    for name, value in vars(symptoms).items()
    if name.isupper() and not name.startswith("_")
}
REQUIREMENTS = {requirement.id: requirement for requirement in all_requirements()}
PUT = Exchange(0.0, "PUT", "/reports/key", (), b"", 503, "SlowDown")


def seen(attempts: int = 0, outcome: Outcome | None = None) -> Observation:
    return Observation(outcome or Outcome(ready=True), (PUT,) * attempts, (), {}, 1.0)


def told(requirement: str, observation: Observation | None, *found: Symptom) -> str | None:
    finding = Nonconformance("this", "that", *found)
    number = diverged_at(REQUIREMENTS[requirement], finding, observation)
    return None if number is None else f"{REQUIREMENTS[requirement].arrows[number]} ({number})"


@pytest.mark.parametrize("name", SYMPTOMS)
def test_a_symptom_names_nodes_of_diagrams(name: str) -> None:
    for diagram, nodes in SYMPTOMS[name].items():
        assert nodes
        assert nodes <= all_diagrams()[diagram].nodes.keys()


@pytest.mark.parametrize(
    ("requirement", "found", "arrow"),
    [
        ("FMT-08", symptoms.UNREADABLE, "format - YAML -> to_yaml (2)"),
        ("FMT-07", symptoms.UNREADABLE, "format - JSON -> to_json (2)"),
        ("LOC-04", symptoms.CONTENT_CHANGES, "content --> upload (1)"),
        ("KEY-03", symptoms.WRONG_NAME, "make_key --> key (5)"),
        ("CFG-12", symptoms.WRONG_REGION, "region_set - Yes -> bucket_set (1)"),
        ("CFG-15", symptoms.WRONG_REGION, "region_set - No -> region_variable (1)"),
    ],
)
def test_the_path_tells_which_node_it_was(requirement: str, found: Symptom, arrow: str) -> None:
    assert told(requirement, seen(), found) == arrow


@pytest.mark.parametrize(
    ("attempts", "found", "arrow"),
    [
        (0, symptoms.NOTHING_SENT, "begin --> call_successful (0)"),
        (1, symptoms.TOO_FEW_ATTEMPTS, "error_type - Throttling -> backoff (2)"),
        (2, symptoms.TOO_FEW_ATTEMPTS, "max_reached - No -> backoff (6)"),
        (3, symptoms.TOO_FEW_ATTEMPTS, "max_reached - No -> backoff (10)"),
        # A reporter that retries more often than the path shows goes round its last loop again.
        (9, symptoms.TOO_FEW_ATTEMPTS, "max_reached - No -> backoff (10)"),
        (1, symptoms.FAILURE_MISSED, "call_successful - No -> error_type (1)"),
        (2, symptoms.FAILURE_MISSED, "retry_successful - No -> max_reached (5)"),
        (5, symptoms.TOO_MANY_ATTEMPTS, "max_reached - Yes -> error_status (14)"),
    ],
)
def test_it_is_behind_the_attempts_that_were_seen(
    attempts: int, found: Symptom, arrow: str
) -> None:
    assert told("ERR-05", seen(attempts), found) == arrow


def test_the_first_symptom_that_the_path_knows_is_told() -> None:
    found = (symptoms.WRONG_COPY, symptoms.WRONG_URL, symptoms.NOT_READY)
    assert told("ERR-01", seen(1), *found) == "process_response --> make_url (2)"


@pytest.mark.parametrize("requirement", ["ERR-01", "EXT-IDEMPOTENT-01"])
def test_no_arrow_is_told_where_no_symptom_is_on_the_path(requirement: str) -> None:
    assert told(requirement, seen(1), symptoms.WRONG_COPY) is None
    assert told(requirement, None) is None


def test_an_endless_retry_explains_whatever_is_missing() -> None:
    outcome = Outcome(ready=True, exception="had to be ended", endless=True)
    arrow = told("SEQ-07", seen(14, outcome), symptoms.NOTHING_WRITTEN)
    assert arrow == "put_object_with_retry --> api_call (5)"


@pytest.mark.parametrize(
    ("said", "arrow"),
    [
        ("", "region_set - Yes -> bucket_set (1)"),
        ("set aws_region and bucket_name", "region_set - Yes -> bucket_set (1)"),
        ("set bucket_name", "bucket_set - Yes -> valid (2)"),
        ("the profile audit is not there", "profile_set - Yes -> configured_profile (4)"),
    ],
)
def test_a_reporter_that_is_not_ready_is_taken_at_its_word(said: str, arrow: str) -> None:
    log = (LogRecord("WARNING", "reporter", said),)
    observation = seen(0, Outcome(ready=False, log=log))
    assert told("CFG-01", observation, *observation.unready) == arrow
