"""Where a reporter left its path: every sentence tells, and tells it right."""

import re
from collections.abc import Iterator

import pytest
from pytest_bdd.steps import step_function_context_registry

from s3_reporter_conformance.judging.divergence import divergence, nodes_shown, shows
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.spec.requirements import Requirement
from s3_reporter_conformance.spec.scenarios import PLACEHOLDER

STEPS = {
    context.parser: nodes_shown(context.step_func)
    for context in list(step_function_context_registry.values())
    if context.step_func.__module__.startswith("s3_reporter_conformance.steps.then")
}


def sentences(requirement: Requirement) -> Iterator[str]:
    """The Then sentences of a requirement."""
    then_reached = False
    for line in requirement.gherkin.splitlines():
        if match := re.fullmatch(r"\s*(Given|When|Then|And|But) (.*)", line):
            then_reached = match[1] == "Then" or (then_reached and match[1] in {"And", "But"})
            if then_reached:
                yield PLACEHOLDER.sub(lambda found: requirement.rows[0][found[1]], match[2])


def shown(sentence: str) -> frozenset[str]:
    return next(nodes for parser, nodes in STEPS.items() if parser.is_matching(sentence))


@pytest.mark.parametrize(
    "requirement", [r for r in all_requirements() if r.diagram], ids=lambda r: r.id
)
def test_every_sentence_tells_where_a_path_is_left(requirement: Requirement) -> None:
    for sentence in sentences(requirement):
        assert divergence(requirement.route, shown(sentence), attempts=1) is not None, sentence


def test_every_node_named_is_in_a_diagram() -> None:
    known = {node for diagram in all_diagrams().values() for node in diagram.nodes}
    assert frozenset[str]().union(*STEPS.values()) <= known


LOOP = (
    "begin",
    "backoff",
    "retry",
    "reached",
    "backoff",
    "retry",
    "reached",
    "error_status",
    "end",
)


@pytest.mark.parametrize(
    ("nodes", "attempts", "arrow"),
    [
        ({"end"}, 0, 7),
        ({"end"}, 9, 7),
        ({"backoff"}, 3, 0),
        ({"retry", "error_status"}, 0, 1),
        ({"retry", "error_status"}, 1, 1),
        ({"retry", "error_status"}, 2, 4),
        ({"retry", "error_status"}, 3, 6),
        ({"retry", "error_status"}, 4, 6),
        ({"begin"}, 1, None),
        ({"elsewhere"}, 1, None),
        (set(), 1, None),
    ],
)
def test_the_arrow_behind_what_was_seen(nodes: set[str], attempts: int, arrow: int | None) -> None:
    assert divergence(LOOP, frozenset(nodes), attempts) == arrow


def test_a_sentence_that_says_nothing_shows_nothing() -> None:
    @shows("retry")
    def one() -> None: ...

    def other() -> None: ...

    assert nodes_shown(one) == {"retry"}
    assert nodes_shown(other) == frozenset()
