"""The pytest plugin: options, fixtures and hooks that run the feature files.

It is loaded by the checkout's `conftest.py`, by `pytest -p s3_reporter_conformance.pytest_plugin`,
and by the command line.
"""

import json
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from .backends.sdk_environment import without_settings_of_the_user
from .disk.folders import remove
from .reporting.failure import explain_run
from .reporting.wrapping import wrapped
from .runner.collecting import FeatureFile
from .runner.judge import use_strict_lookup
from .runner.resources import RESOURCES, RESULT, SCENARIO, WORLD, Resources, said_of
from .runner.results import make_result, without_run
from .runner.settings import Settings
from .scenario.run import Run
from .scenario.usual import said_of_a_success
from .scenario.world import World
from .spec.feature_files import FeatureError
from .spec.gherkin import all_rules
from .verdict.exit_code import ExitCode
from .verdict.status import Status
from .wire.proxy import Wire
from .words.errors import AdapterError, BackendError, UsageError
from .words.option import Option, options_of

# Flags that other plugins may have, too.
_OWN_FLAGS = {
    "features": "--reporter-features",
    "timeout": "--reporter-timeout",
    "strict": "--conformance-strict",
    "seed": "--conformance-seed",
    "yes": "--backend-yes",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings as options."""
    group = parser.getgroup("s3-reporter-conformance")
    for option in options_of(Settings):
        how: dict[str, Any] = {"action": "store_true"}
        if option.type is not bool:
            how = {
                "type": option.type,
                "default": option.default,
                "choices": option.choices or None,
                "metavar": option.metavar,
            }
        group.addoption(_flag(option), help=option.help, **how)


def _flag(option: Option) -> str:
    return _OWN_FLAGS.get(option.name, option.flag)


def pytest_configure(config: pytest.Config) -> None:
    """Understand the options before anything runs."""
    use_strict_lookup(config)
    for mark in ("drawn", "unusual"):
        config.addinivalue_line("markers", f"{mark}: a mark of runs")
    if RESOURCES in config.stash:
        return
    given = {option.name: config.getoption(_flag(option)) for option in options_of(Settings)}
    settings = Settings(**given)
    try:
        settings.check()
        config.stash[RESOURCES] = Resources(settings, all_rules())
    except (UsageError, FeatureError) as error:
        raise pytest.UsageError(str(error)) from error


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "FeatureFile | None":
    """Collect feature files."""
    if file_path.suffix != ".feature":
        return None
    feature_file: FeatureFile = FeatureFile.from_parent(parent, path=file_path)
    return feature_file


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Any) -> bool | None:  # noqa: ARG001 -- the hook's form
    """Keep the tags of rules from becoming marks."""
    return True


@pytest.fixture(scope="session")
def wire(pytestconfig: pytest.Config) -> Iterator[Wire]:
    """The front that the reporter talks to."""
    resources = pytestconfig.stash[RESOURCES]
    try:
        resources.open()
    except (AdapterError, BackendError) as error:
        pytest.exit(said_of(error), ExitCode.ADAPTER_ERROR)
    with without_settings_of_the_user(), closing(Wire(resources.backend.endpoint)) as wire:
        try:
            yield wire
        finally:
            resources.backend.clean()


@pytest.fixture(scope="session")
def usual(pytestconfig: pytest.Config, wire: Wire) -> Callable[[], frozenset[str]]:
    """What the reporter says although nothing fails; it is called for that if a run needs it."""
    resources, name = pytestconfig.stash[RESOURCES], f"success-{os.getpid()}"
    known = resources.folder / "said-of-a-success.json"

    def ask() -> frozenset[str]:
        # Most processes find what another one was told.
        if not known.exists():
            written = resources.folder / f"{name}.json"
            written.write_text(json.dumps([*said_of_a_success(_world(resources, wire, name))]))
            written.replace(known)
        return frozenset(json.loads(known.read_text()))

    # A user who calls the reporter is not asked for more calls.
    return frozenset if resources.substitute else cache(ask)


@pytest.fixture
def world(request: pytest.FixtureRequest, wire: Wire, usual: Callable[[], frozenset[str]]) -> World:
    """The situation that the Given sentences prepare."""
    resources = request.config.stash[RESOURCES]
    resources.observer.began(request.node.stash[SCENARIO])
    world = _world(resources, wire, request.node.name)
    world.usual, world.on_call = usual, resources.observer.called
    request.node.stash[WORLD] = world
    return world


@pytest.fixture
def run(world: World) -> Run | None:
    """The run that the When step made, for the Then steps: pytest-bdd would keep it for good."""
    return world.last


def _world(resources: Resources, wire: Wire, name: str) -> World:
    # Served again, a run has the folder that it had before.
    folder = resources.folder / name
    remove(folder)
    folder.mkdir()
    return World(
        manifest=resources.settings.manifest,
        adapter=resources.adapter,
        backend=resources.backend,
        wire=wire,
        timeout=resources.settings.timeout,
        folder=folder,
        is_alone=resources.is_alone,
        rng=Random(f"{resources.seed} {name}"),  # noqa: S311 -- not for secrets
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close what was started."""
    if resources := config.stash.get(RESOURCES, None):
        resources.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge the run, and put the verdict into words instead of a traceback."""
    report = yield
    scenario = item.stash.get(SCENARIO, None)
    if scenario is None or (call.when != "call" and report.passed):
        return report
    if report.skipped:
        item.stash[RESULT] = without_run(scenario, Status.NOT_CLAIMED)
        return report
    error = call.excinfo.value if call.excinfo else None
    result = make_result(item, call.duration, error)
    words = wrapped("\n".join(explain_run(result)))
    resources = item.config.stash[RESOURCES]
    decisive = resources.judges.decisive(result, strict=resources.settings.strict)
    if result.status in {Status.NOT_RUN, Status.NOT_INSTALLED}:
        report.outcome = "skipped"
        report.longrepr = (str(item.path), scenario.line, words)
    elif result.status is Status.ADAPTER_ERROR or any(decisive):
        report.outcome = "failed"
        report.longrepr = words
    else:
        report.outcome = "passed"
        report.longrepr = None
    item.stash[RESULT] = result
    return report
