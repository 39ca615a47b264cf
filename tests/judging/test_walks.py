"""The routes of a run through the diagrams, walked with its settings and the answers of S3."""

from itertools import pairwise

import pytest
from made_runs import BUCKET, a_run, nothing_sent, options, put, put_yaml

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


def test_a_run_enters_the_diagrams_that_its_report_reaches() -> None:
    everywhere = all_diagrams().keys()
    read = a_run(readings={"athena-lines": None})
    assert routes_of(read).keys() == everywhere
    assert "athena" in routes_of(read)["integrations"][0]
    assert routes_of(a_run()).keys() == everywhere - {"integrations"}
    refused = routes_of(a_run(put("AccessDenied")))
    assert refused.keys() == everywhere - {"integrations", "local_output"}


@pytest.mark.parametrize("file_format", ["yaml", None])
def test_the_format_or_the_key_decides_the_branch(file_format: str | None) -> None:
    routes = routes_of(a_run(put_yaml(), options=options(file_format=file_format)))
    assert "yaml_extension" in routes["object_naming"][0]


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_a_retry_loop_is_taken_as_often_as_s3_throttled(times: int) -> None:
    route = error_handling(*["SlowDown"] * times, "success")
    assert route.count("retry") == times
    assert "process_response" in route


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
    assert not all_diagrams()["error_handling"].leaving(route[-1])
    # A retry that meets another error leads out of the diagram.
    after_a_retry = error_handling("SlowDown", answer)
    assert after_a_retry[-1] == "max_reached"


def test_settings_take_their_branches() -> None:
    environment = {"AWS_REGION": "eu-west-1", "ASH_S3_BUCKET_NAME": BUCKET}
    nothing = options(aws_region=None, bucket_name=None)
    [route] = routes_of(a_run(options=nothing, environment=environment))["configuration"]
    assert {"region_in_environment", "bucket_in_environment", "default_profile"} <= {*route}
    [route] = routes_of(a_run(options=options(aws_profile="audit")))["configuration"]
    assert "configured_profile" in route


@pytest.mark.parametrize("missing", ["aws_region", "bucket_name"])
def test_a_setting_that_is_missing_ends_at_the_disabled_reporter(missing: str) -> None:
    [route] = routes_of(nothing_sent(options=options(**{missing: ""}))).values()
    assert "disabled" in route[0]
