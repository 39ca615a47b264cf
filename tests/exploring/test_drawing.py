"""Situations are drawn in the sentences of the features, and shrink to the default."""

import re

from hypothesis import given

from s3_reporter_conformance.exploring.drawing import DEFAULTS, LEFT_OUT, answers_in, situations
from s3_reporter_conformance.exploring.situation import (
    CONFIGURED,
    RUN,
    TOPICS,
    Situation,
    topic_of,
    without,
)
from s3_reporter_conformance.runner.judge import definition_of
from s3_reporter_conformance.spec.feature_files import extended_features
from s3_reporter_conformance.spec.gherkin import all_scenarios


@given(situations(extended_features()))
def test_each_sentence_has_one_step_definition(situation: Situation) -> None:
    assert all(definition_of("given", sentence) for sentence in situation.given)
    assert definition_of("when", situation.when)


def test_a_situation_says_one_thing_of_each_topic() -> None:
    before = [CONFIGURED, "scan results with values that cannot be written"]
    said = ("scan results with 12,000 findings", 'the option file_format is "json"')
    assert without(said, before) == [CONFIGURED]
    assert without(said[1:], before) == before


def test_each_sentence_is_drawn_or_left_out_for_a_reason() -> None:
    reasons = {*LEFT_OUT, DEFAULTS.pattern, f"{CONFIGURED}$|{RUN}$"}
    said = {each for run in all_scenarios() for each in (*run.given, run.when)}
    topics = {topic_of(each) for each in said}
    assert topics >= {*TOPICS}
    undrawn = {each for each in said if topic_of(each) == each}
    assert not [each for each in undrawn if not any(re.match(why, each) for why in reasons)]
    assert not [why for why in reasons if not any(re.match(why, each) for each in said)]


def test_success_is_no_answer_that_is_drawn() -> None:
    _, answers, passing = answers_in(all_scenarios())
    assert "SlowDown" in passing
    assert {*passing} < {*answers}
    assert "success" not in answers


@given(situations(()))
def test_options_of_a_feature_are_left_to_who_declares_it(situation: Situation) -> None:
    assert "max_retries is" not in " ".join(situation.given)
