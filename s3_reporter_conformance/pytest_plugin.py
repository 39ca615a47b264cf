"""The suite as a pytest plugin: `.feature` files are collected, and each scenario judged.

It is loaded by the checkout's `conftest.py`, by `pytest -p s3_reporter_conformance.pytest_plugin`,
and by the command line.
"""

import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, NoReturn

import click
import pytest
from pytest_bdd import scenario
from pytest_bdd.parser import Scenario, Step
from pytest_bdd.steps import step_function_context_registry

from .backends import Backend
from .calls import call_lines, show_nothing
from .departure import departure, nodes_shown
from .environment import without_settings_of_the_user
from .errors import (
    AdapterError,
    AdapterTimeoutError,
    BackendError,
    Nonconformance,
    UsageError,
)
from .evidence import evidence, tidy
from .failure import describe, findings_of, status_of
from .notes import Notes
from .reporters import DEFAULT_TIMEOUT, Adapter, Call
from .reporters.manifest import Jitter, Manifest
from .requirements import FeatureError, Requirement, feature_files, read_requirements
from .run import Run, repeat
from .stage import Stage
from .verdict import Example, ExitCode, Status
from .wire import Wire

pytest_plugins = (
    "s3_reporter_conformance.steps.given",
    "s3_reporter_conformance.steps.when",
    "s3_reporter_conformance.steps.then",
)

# A reporter that hangs on everything would otherwise take the timeout times the requirements, and
# a backend that is gone would be said to be gone as often as there are requirements.
_PATIENCE = 3

_RUN = pytest.StashKey[Run]()
_MANIFEST = pytest.StashKey[Manifest]()
_STAGE = pytest.StashKey[Stage]()
_FAILED_STEP = pytest.StashKey["_FailedStep"]()
_FAILURES = pytest.StashKey[int]()
_REQUIREMENT = pytest.StashKey[Requirement]()
_NUMBER = pytest.StashKey[int]()
_EXAMPLE = "conformance_example"
_NOTES = "conformance_notes"
NOTES = pytest.StashKey[Notes]()


@dataclass(frozen=True)
class _FailedStep:
    sentence: str
    nodes: frozenset[str]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the suite needs to know."""
    group = parser.getgroup("s3-reporter-conformance")
    group.addoption("--reporter", default="reference", help="the reporter under test")
    group.addoption("--backend", default="moto", help="where the S3 API comes from")
    group.addoption("--backend-profile", help="the AWS profile of the suite at an endpoint")
    group.addoption(
        "--allow-remote", action="store_true", help="let the endpoint be another machine"
    )
    # Not `--features`, `--timeout` and `--seed`, as on the command line: other plugins have such.
    group.addoption(
        "--reporter-features",
        help="the extended features that the reporter declares, separated by commas",
    )
    group.addoption(
        "--max-retries",
        type=int,
        help="how often the reporter retries where nothing is configured; default: 3, or what its "
        "manifest says",
    )
    group.addoption(
        "--jitter",
        choices=[jitter.value for jitter in Jitter],
        help="how the reporter spreads its waits; default: none, or what its manifest says",
    )
    group.addoption(
        "--reporter-timeout",
        type=float,
        default=DEFAULT_TIMEOUT,
        help=f"seconds that a call of the reporter may take; default: {DEFAULT_TIMEOUT:g}",
    )
    group.addoption(
        "--conformance-seed", help="what names and keys are made up from; default: by chance"
    )
    group.addoption(
        "--in-process",
        action="store_true",
        help="run the reporter in this process, where a debugger reaches it",
    )
    group.addoption(
        "--show-calls", action="store_true", help="print what goes to the reporter and comes back"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Understand the options before anything runs."""
    config.addinivalue_line("markers", "core: read off a diagram")
    config.addinivalue_line("markers", "extended: belongs to a feature that a reporter declares")
    for area in {_mark(path.stem) for path in feature_files()}:
        config.addinivalue_line("markers", f"{area}: stands in {area}.feature")
    try:
        run = Run.of(config.getoption)
        run.check_backend()
        config.stash[_RUN] = run
        config.stash[_MANIFEST] = run.manifest
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error
    config.stash[_FAILURES] = 0
    # Workers get it with the other options.
    config.option.conformance_seed = run.seed or secrets.token_hex(4)
    config.stash[NOTES] = Notes(seed=config.option.conformance_seed)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "FeatureFile | None":
    """Collect feature files."""
    if file_path.suffix != ".feature":
        return None
    feature_file: FeatureFile = FeatureFile.from_parent(parent, path=file_path)
    return feature_file


class FeatureFile(pytest.Module):
    """A feature file, collected as the module that pytest-bdd would have one write for it."""

    def _getobj(self) -> ModuleType:
        module = ModuleType(self.path.stem)
        for requirement in read_requirements(self.path):
            bind = scenario(
                self.path.name, requirement.name, features_base_dir=str(self.path.parent)
            )
            setattr(module, requirement.id, bind(_nothing_more))
        return module

    def funcnamefilter(self, name: str) -> bool:
        """Take every function for a test: there is nothing else in the module."""
        return bool(name)

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Collect the scenarios, each with its requirement."""
        try:
            requirements = {r.id: r for r in read_requirements(self.path)}
            items = [item for item in super().collect() if isinstance(item, pytest.Function)]
            self._expect_all(items, requirements.values())
            numbers: Counter[str] = Counter()
            for item in items:
                requirement = requirements[item.originalname]
                item.stash[_REQUIREMENT] = requirement
                item.stash[_NUMBER] = numbers[requirement.id] = numbers[requirement.id] + 1
                # Not with the example's values, which `-k` would take for names.
                item.name = f"{requirement.id}[{numbers[requirement.id]}]"
                item.add_marker(_mark(requirement.area))
                manifest = self.config.stash[_MANIFEST]
                if requirement.feature and requirement.feature not in manifest.features:
                    reason = f"not claimed: {manifest.name} does not declare {requirement.feature}"
                    item.add_marker(pytest.mark.skip(reason=reason))
                yield item
        except FeatureError as error:
            raise self.CollectError(str(error)) from error

    def _expect_all(
        self, items: Iterable[pytest.Function], requirements: Iterable[Requirement]
    ) -> None:
        """Make sure that every scenario and every example became an item."""
        found = Counter(item.originalname for item in items)
        expected = {requirement.id: requirement.examples for requirement in requirements}
        if found != expected:
            odd = sorted(dict(expected.items() ^ found.items()))
            raise FeatureError(f"{self.path}: not collected as written: {', '.join(odd)}")


def _mark(area: str) -> str:
    """How `-m` calls the requirements of a feature file."""
    return area.replace("-", "_")


def _nothing_more() -> None:
    """What a scenario does after its steps."""


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Any) -> bool | None:  # noqa: ARG001 -- the hook's form
    """Keep ids, paths and features from becoming marks: they are no names."""
    return None if tag in {"core", "extended"} else True


@pytest.fixture(scope="session")
def conformance_folder() -> Iterator[Path]:
    """A folder for everything that a session writes."""
    folder = Path(tempfile.mkdtemp(prefix="s3-reporter-conformance-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def adapter(pytestconfig: pytest.Config, conformance_folder: Path) -> Iterator[Adapter]:
    """The reporter, plugged in."""
    scratch = conformance_folder / "adapter"
    scratch.mkdir()
    try:
        adapter = pytestconfig.stash[_MANIFEST].connect(
            scratch, in_process=pytestconfig.stash[_RUN].in_process
        )
    except AdapterError as error:
        _break_off(pytestconfig, f"adapter error: {error}")
    yield adapter
    adapter.close()


@pytest.fixture(scope="session")
def backend(pytestconfig: pytest.Config) -> Iterator[Backend]:
    """The S3 API."""
    try:
        backend = pytestconfig.stash[_RUN].open_backend()
    except BackendError as error:
        _break_off(pytestconfig, f"backend error: {error}")
    pytestconfig.stash[NOTES].backend = backend.name
    with without_settings_of_the_user():
        try:
            yield backend
        finally:
            backend.close()


@pytest.fixture(scope="session")
def wire(backend: Backend) -> Iterator[Wire]:
    """The front that the reporter talks to."""
    wire = Wire(backend.address, backend.signer)
    yield wire
    wire.close()


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    adapter: Adapter,
    backend: Backend,
    wire: Wire,
    conformance_folder: Path,
) -> Stage:
    """What the Given sentences prepare."""
    stage = Stage(
        manifest=request.config.stash[_MANIFEST],
        adapter=adapter,
        backend=backend,
        wire=wire,
        timeout=request.config.stash[_RUN].timeout,
        folder=Path(tempfile.mkdtemp(dir=conformance_folder)),
        show=_show if request.config.getoption("show_calls") else show_nothing,
        chance=Random(f"{request.config.stash[NOTES].seed} {request.node.nodeid}"),  # noqa: S311
    )
    request.node.stash[_STAGE] = stage
    return stage


def pytest_bdd_before_scenario(scenario: Scenario) -> None:
    """Refuse a sentence that two step definitions match: pytest-bdd would take either."""
    for step in scenario.steps:
        matching = [
            context.step_func.__name__
            for context in list(step_function_context_registry.values())
            if context.type == step.type and context.parser.is_matching(step.name)
        ]
        if len(matching) > 1:
            raise FeatureError(f"{step}: several step definitions match: {', '.join(matching)}")


def pytest_bdd_step_error(
    request: pytest.FixtureRequest, step: Step, step_func: Callable[..., object]
) -> None:
    """Remember the sentence that failed."""
    sentence = f"{step.keyword} {step.name}"
    request.node.stash[_FAILED_STEP] = _FailedStep(sentence, nodes_shown(step_func))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a worker hand over its notes."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_NOTES] = asdict(session.config.stash[NOTES])


def notes_of(output: Mapping[str, Any]) -> Notes:
    """The notes that a worker handed over; none if it died before."""
    return Notes(**output.get(_NOTES, {}))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn what happened into a result of the requirement, in words instead of a traceback."""
    report = yield
    requirement = item.stash.get(_REQUIREMENT, None)
    if requirement is None or (call.when != "call" and report.passed):
        return report
    error = None if report.skipped or call.excinfo is None else call.excinfo.value
    example = _example(item, requirement, call.duration, error)
    if error:
        example = _described(item.config, requirement, example)
        words = click.unstyle(example.message)
        report.longrepr = words
        if example.status is Status.NOT_RUN:
            report.outcome = "skipped"
            report.longrepr = (str(item.path), requirement.line, words)
        _lose_patience(item, error)
    elif report.skipped:
        example = replace(example, status=Status.NOT_CLAIMED)
    # A plain attribute travels with the report also from a worker process.
    setattr(report, _EXAMPLE, example.to_simple())
    return report


def example_of(report: pytest.TestReport) -> Example | None:
    """What became of an example, if the report tells of one that has ended."""
    carried = getattr(report, _EXAMPLE, None)
    return Example.from_simple(carried) if carried else None


def lost(config: pytest.Config, requirement: Requirement, number: int, words: str) -> Example:
    """Make the result of an example that nobody can tell of any more."""
    findings = {"suite": words}
    return _described(
        config,
        requirement,
        Example(requirement.id, Status.ADAPTER_ERROR, number=number, findings=findings),
    )


def _described(config: pytest.Config, requirement: Requirement, example: Example) -> Example:
    run = config.stash[_RUN]
    broken = example.status is Status.ADAPTER_ERROR
    words = ("call", "REPORTER", requirement.id) if broken else repeat(requirement.id)
    return replace(example, message=describe(requirement, example, run.line(*words)))


def _example(
    item: pytest.Item, requirement: Requirement, seconds: float, error: BaseException | None
) -> Example:
    stage = item.stash.get(_STAGE, None)
    observation = stage.observation if stage else None
    failed = item.stash.get(_FAILED_STEP, _FailedStep("", frozenset()))
    clean = tidy(stage)
    attempts = len(observation.attempts) if observation else 0
    return Example(
        requirement=requirement.id,
        status=status_of(error) if error else Status.PASSED,
        number=item.stash[_NUMBER],
        values=_values(item),
        seconds=round(seconds, 3),
        sentence=failed.sentence,
        findings={k: clean(text) for k, text in findings_of(error).items()} if error else {},
        left=departure(requirement.route, failed.nodes, attempts)
        if isinstance(error, Nonconformance)
        else None,
        evidence=evidence(observation, clean) if observation else {},
    )


def _show(call: Call) -> None:
    click.echo("\n".join(call_lines(call)))


def _break_off(config: pytest.Config, reason: str) -> NoReturn:
    """End the run, of which nothing can be said."""
    config.stash[NOTES].breakdown = reason
    # A worker that ends with a code of its own would be taken for one that died.
    worker = hasattr(config, "workerinput")
    pytest.exit(reason, None if worker else ExitCode.ADAPTER_ERROR)


def _values(item: pytest.Item) -> Mapping[str, str]:
    """The example's row of the table."""
    callspec = getattr(item, "callspec", None)
    return dict(callspec.params["_pytest_bdd_example"]) if callspec else {}


def _lose_patience(item: pytest.Item, error: BaseException) -> None:
    """Stop asking where a reporter hangs, or the backend fails, again and again."""
    hopeless = isinstance(error, AdapterTimeoutError | BackendError)
    failures = item.config.stash[_FAILURES] + 1 if hopeless else 0
    item.config.stash[_FAILURES] = failures
    if failures == _PATIENCE:
        what = "the backend failed" if isinstance(error, BackendError) else "the reporter hung"
        item.session.shouldstop = f"{what} {failures} times in a row and is asked no more"
