"""Situations are drawn in the sentences of the features, and shrink to the default."""

from hypothesis import given

from s3_reporter_conformance.exploring.drawing import situations
from s3_reporter_conformance.exploring.situation import Situation
from s3_reporter_conformance.runner.judge import definition_of
from s3_reporter_conformance.spec.feature_files import extended_features


@given(situations(extended_features()))
def test_each_sentence_has_one_step_definition(situation: Situation) -> None:
    assert all(definition_of("given", sentence) for sentence in situation.given)
    assert definition_of("when", situation.when)


@given(situations(()))
def test_options_of_a_feature_are_left_to_who_declares_it(situation: Situation) -> None:
    assert "max_retries is" not in " ".join(situation.given)
