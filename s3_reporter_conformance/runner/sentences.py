"""Finds the step definition of a sentence."""

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import pytest
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from ..spec.features import FeatureError

# Not `from pytest_bdd import scenario`, which is a function.
_SCENARIO = import_module("pytest_bdd.scenario")


def use_strict_lookup(config: pytest.Config) -> None:
    """Have pytest-bdd find the only step definition that matches a sentence, until pytest ends.

    Pytest-bdd would take any of several.  It also asks pytest for all fixtures of all nodes, for
    each sentence anew, which takes a tenth of a run.
    """
    patch = pytest.MonkeyPatch()
    patch.setattr(_SCENARIO, "get_step_function", _get_step_function)
    config.add_cleanup(patch.undo)


def definition_of(kind: str, sentence: str) -> StepFunctionContext:
    """Find the only step definition of a sentence, which comes without its keyword.

    Raises:
        FeatureError: None matches, or several.
    """
    found = _find(kind, sentence)
    if found is None:
        raise FeatureError(f"no step definition matches: {sentence}")
    return found


def _get_step_function(
    request: pytest.FixtureRequest,  # noqa: ARG001 -- as pytest-bdd calls it
    step: Step,
) -> StepFunctionContext | None:
    return _find(step.type, step.name)


@cache
def _find(kind: str, sentence: str) -> StepFunctionContext | None:
    _define_steps()
    matching = [
        context
        for context in step_function_context_registry.values()
        if context.type in {kind, None} and context.parser.is_matching(sentence)
    ]
    if len(matching) > 1:
        names = ", ".join(context.step_func.__name__ for context in matching)
        raise FeatureError(f"{sentence}: several step definitions match: {names}")
    return matching[0] if matching else None


@cache
def _define_steps() -> None:
    # By name, since `steps` is a room beside this one.
    steps = import_module("s3_reporter_conformance.steps")
    for module in walk_packages(steps.__path__, f"{steps.__name__}."):
        import_module(module.name)
