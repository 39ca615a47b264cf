"""The routes of a run through the diagrams, walked with its settings and the answers of S3."""

from itertools import pairwise

import pytest
from made_runs import AUDIT, BUCKET, a_run, nothing_sent, options, put, put_yaml

from s3_reporter_conformance.judging.walks import routes_of
from s3_reporter_conformance.scenario.run import Run
from s3_reporter_conformance.spec.diagrams import all_diagrams

RETRY = ("backoff", "retry", "retry_successful")


def error_handling(*answers: str, **changes: object) -> tuple[str, ...]:
    [route] = routes_of(a_run(*map(put, answers), **changes))["error_handling"]
    return route


def configuration(run: Run) -> tuple[str, ...]:
    [route] = routes_of(run)["configuration"]
    return route


@pytest.mark.parametrize(
    "run",
    [
        a_run(),
        a_run(put_yaml(), options=options(file_format="yaml")),
        a_run(put("SlowDown"), put("SlowDown"), put()),
        a_run(put("AccessDenied")),
        nothing_sent(options=options(aws_region=None), ready=False),
    ],
    ids=["JSON", "YAML", "throttled", "denied", "disabled"],
)
def test_a_route_follows_the_arrows_of_its_diagram(run: Run) -> None:
    for name, routes in routes_of(run).items():
        diagram = all_diagrams()[name]
        for route in routes:
            assert route[0] == diagram.begin
            arrows = {(edge.source, edge.target) for edge in diagram.edges}
            assert arrows.issuperset(pairwise(route))


def test_a_success_takes_the_straight_way_through_every_diagram_that_it_enters() -> None:
    routes = routes_of(a_run())
    # Only a run whose bucket a service reads enters the diagram of the integrations.
    assert routes.keys() == all_diagrams().keys() - {"integrations"}
    assert "process_response" in error_handling("success")
    assert "backoff" not in error_handling("success")
    assert "to_json" in routes["format_conversion"][0]
    assert "json_extension" in routes["object_naming"][0]


def test_the_format_decides_the_branch_and_so_does_the_key_where_none_is_configured() -> None:
    for run in (
        a_run(put_yaml(), options=options(file_format="yaml")),
        a_run(put_yaml(), options=options(file_format=None)),
    ):
        routes = routes_of(run)
        assert "yaml_extension" in routes["object_naming"][0]
        assert "to_yaml" in routes["format_conversion"][0]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_retry_loop_is_taken_as_often_as_s3_throttled(times: int) -> None:
    route = error_handling(*["SlowDown"] * times, "success")
    assert route.count("retry") == times
    assert route.count("max_reached") == times - 1
    assert "process_response" in route


def test_the_last_retry_leads_to_an_error() -> None:
    route = error_handling(*["SlowDown"] * 4)
    assert route.count("retry") == 3
    assert "error_status" in route
    assert "process_response" not in route
    # What is allowed decides, not what a reporter does.
    short = error_handling("SlowDown", "SlowDown", options=options(max_retries=1))
    assert short.count("retry") == 1
    assert "error_status" in short


@pytest.mark.parametrize(
    ("answer", "node"),
    [
        ("AccessDenied", "log_permission"),
        ("NoSuchBucket", "check_bucket"),
        ("InvalidRequest", "log_error"),
        ("InternalError", "log_error"),
    ],
)
def test_an_error_takes_its_branch(answer: str, node: str) -> None:
    route = error_handling(answer)
    assert node in route
    assert "backoff" not in route
    assert not all_diagrams()["error_handling"].leaving(route[-1])


def test_a_retry_that_meets_another_error_leads_out_of_the_diagram() -> None:
    route = error_handling("SlowDown", "AccessDenied")
    assert route[-len(RETRY) :] == RETRY or route[-1] == "max_reached"
    assert all_diagrams()["error_handling"].leaving(route[-1])
    assert "log_permission" not in route


def test_settings_take_their_branches() -> None:
    assert "region_in_environment" not in configuration(a_run())
    from_environment = configuration(
        a_run(
            options=options(aws_region=None, bucket_name=None),
            environment={"AWS_REGION": "eu-west-1", "ASH_S3_BUCKET_NAME": BUCKET},
        )
    )
    assert {"region_in_environment", "bucket_in_environment"} <= set(from_environment)
    assert "valid" in from_environment
    assert "default_profile" in from_environment
    audit = configuration(a_run(put(credentials=AUDIT), options=options(aws_profile="audit")))
    assert "configured_profile" in audit


@pytest.mark.parametrize("missing", ["aws_region", "bucket_name"])
def test_a_setting_that_is_missing_ends_at_the_disabled_reporter(missing: str) -> None:
    run = nothing_sent(options=options(**{missing: None}), ready=False)
    assert "disabled" in configuration(run)
    assert routes_of(run).keys() == {"configuration"}
    empty = nothing_sent(options=options(**{missing: ""}), ready=False)
    assert configuration(empty) == configuration(run)


def test_a_report_that_s3_did_not_take_reaches_no_service_and_no_copy() -> None:
    routes = routes_of(a_run(put("AccessDenied")))
    assert not routes.keys() & {"local_output", "integrations"}


def test_each_service_that_reads_the_bucket_is_a_route() -> None:
    run = a_run(readings={"athena-lines": None})
    [route] = routes_of(run)["integrations"]
    assert "athena" in route
