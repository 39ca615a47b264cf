"""The routes of a run through the diagrams (`docs/walks.json` has those of the reference)."""

from itertools import pairwise

import pytest
from made_runs import a_run, nothing_sent, options, put, put_yaml

from s3_reporter_conformance.judging.walks import routes_of
from s3_reporter_conformance.scenario.run import Run
from s3_reporter_conformance.spec.diagrams import all_diagrams


def error_handling(*answers: str, **changes: object) -> tuple[str, ...]:
    [route] = routes_of(a_run(*map(put, answers), **changes))["error_handling"]
    return route


@pytest.mark.parametrize(
    "run",
    [
        a_run(put_yaml(), options=options(file_format="yaml")),
        a_run(put("SlowDown"), put("SlowDown"), put()),
        nothing_sent(options=options(aws_region=None), ready=False),
    ],
    ids=["YAML", "throttled", "disabled"],
)
def test_a_route_follows_the_arrows_of_its_diagram(run: Run) -> None:
    for name, routes in routes_of(run).items():
        diagram = all_diagrams()[name]
        arrows = {(edge.source, edge.target) for edge in diagram.edges}
        for route in routes:
            assert route[0] == diagram.begin
            assert arrows.issuperset(pairwise(route))


def test_the_key_decides_the_branch_where_no_format_is_configured() -> None:
    routes = routes_of(a_run(put_yaml(), options=options(file_format=None)))
    assert "yaml_extension" in routes["object_naming"][0]


def test_the_last_retry_that_is_allowed_leads_to_an_error() -> None:
    route = error_handling("SlowDown", "SlowDown", options=options(max_retries=1))
    assert (route.count("retry"), "error_status" in route) == (1, True)


@pytest.mark.parametrize(
    ("answer", "node"),
    [
        *(("AccessDenied", "log_permission"), ("NoSuchBucket", "check_bucket")),
        *(("InvalidRequest", "log_error"), ("InternalError", "log_error")),
    ],
)
def test_an_error_takes_its_branch(answer: str, node: str) -> None:
    route = error_handling(answer)
    assert node in route
    assert "backoff" not in route
    # A retry that meets another error leads out of the diagram.
    assert error_handling("SlowDown", answer)[-1] == "max_reached"
