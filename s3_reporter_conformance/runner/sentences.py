"""Finding the step definition of a sentence."""

from importlib import import_module

import pytest
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from ..spec.features import FeatureError

# Not `from pytest_bdd import scenario`, which is a function.
_SCENARIO = import_module("pytest_bdd.scenario")


def use_strict_lookup(config: pytest.Config) -> None:
    """Have pytest-bdd look for step definitions as `find_definition` does, until pytest ends."""
    patch = pytest.MonkeyPatch()
    patch.setattr(_SCENARIO, "get_step_function", find_definition)
    config.add_cleanup(patch.undo)


def find_definition(
    request: pytest.FixtureRequest,  # noqa: ARG001 -- as pytest-bdd calls it
    step: Step,
) -> StepFunctionContext | None:
    """Find the only step definition that matches a sentence.

    Pytest-bdd would take any of several. It also asks pytest for all fixtures of all nodes, for
    each sentence anew, which takes a tenth of a run.

    Raises:
        FeatureError: Several match.
    """
    matching = [
        context
        for context in step_function_context_registry.values()
        if context.type in {step.type, None} and context.parser.is_matching(step.name)
    ]
    if len(matching) > 1:
        names = ", ".join(context.step_func.__name__ for context in matching)
        raise FeatureError(f"{step}: several step definitions match: {names}")
    return matching[0] if matching else None
