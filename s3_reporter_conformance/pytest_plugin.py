"""The suite as a pytest plugin: `.feature` files are collected, and each scenario judged.

It is loaded by the checkout's `conftest.py`, by `pytest -p s3_reporter_conformance.pytest_plugin`,
and by the command line.
"""

import shlex
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import click
import pytest
from pytest_bdd import scenario
from pytest_bdd.parser import Scenario, Step
from pytest_bdd.steps import step_function_context_registry

from .backends import Backend, check_backend, open_backend
from .calls import call_lines, show_nothing
from .environment import without_settings_of_the_user
from .errors import AdapterError, AdapterTimeoutError, BackendError, UsageError
from .failure import describe, status_of
from .reporters import DEFAULT_TIMEOUT, Adapter, Call
from .reporters.manifest import Jitter, Manifest, find_reporter
from .requirements import FeatureError, Requirement, feature_files, read_requirements
from .stage import Stage
from .verdict import ExitCode, Result, Status
from .wire import Wire

pytest_plugins = (
    "s3_reporter_conformance.steps.given",
    "s3_reporter_conformance.steps.when",
    "s3_reporter_conformance.steps.then",
)

# A reporter that hangs on everything would otherwise take the timeout times the requirements, and
# a backend that is gone would be said to be gone as often as there are requirements.
_PATIENCE = 3

_MANIFEST = pytest.StashKey[Manifest]()
_STAGE = pytest.StashKey[Stage]()
_FAILED_STEP = pytest.StashKey[str]()
_FAILURES = pytest.StashKey[int]()
REQUIREMENT = pytest.StashKey[Requirement]()
RESULT = "conformance_result"
BACKEND_NAME = pytest.StashKey[str]()

_T = TypeVar("_T")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the suite needs to know."""
    group = parser.getgroup("s3-reporter-conformance")
    group.addoption("--reporter", default="reference", help="the reporter under test")
    group.addoption("--backend", default="moto", help="where the S3 API comes from")
    group.addoption("--backend-profile", help="the AWS profile of the suite at an endpoint")
    group.addoption(
        "--allow-remote", action="store_true", help="let the endpoint be another machine"
    )
    # Not `--features` and `--timeout`, as on the command line: other plugins have such options.
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
        _with_backend(config, check_backend)
        config.stash[_MANIFEST] = find_reporter(
            config.getoption("reporter"),
            config.getoption("reporter_features"),
            config.getoption("max_retries"),
            config.getoption("jitter"),
        )
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error
    config.stash[_FAILURES] = 0


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
            for number, item in enumerate(items, start=1):
                requirement = requirements[item.originalname]
                item.stash[REQUIREMENT] = requirement
                # Not with the example's values, which `-k` would take for names.
                item.name = f"{requirement.id}[{number}]"
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
            scratch, in_process=pytestconfig.getoption("in_process")
        )
    except AdapterError as error:
        pytest.exit(f"adapter error: {error}", ExitCode.ADAPTER_ERROR)
    yield adapter
    adapter.close()


@pytest.fixture(scope="session")
def backend(pytestconfig: pytest.Config) -> Iterator[Backend]:
    """The S3 API."""
    try:
        backend = _with_backend(pytestconfig, open_backend)
    except BackendError as error:
        pytest.exit(f"backend error: {error}", ExitCode.ADAPTER_ERROR)
    pytestconfig.stash[BACKEND_NAME] = backend.name
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
        timeout=request.config.getoption("reporter_timeout"),
        folder=Path(tempfile.mkdtemp(dir=conformance_folder)),
        show=_show if request.config.getoption("show_calls") else show_nothing,
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


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Step) -> None:
    """Remember the sentence that failed."""
    request.node.stash[_FAILED_STEP] = f"{step.keyword} {step.name}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn what happened into a result of the requirement, in words instead of a traceback."""
    report = yield
    requirement = item.stash.get(REQUIREMENT, None)
    if requirement is None or (call.when != "call" and report.passed):
        return report
    status, message = Status.PASSED, ""
    if report.skipped:
        status = Status.NOT_CLAIMED
    elif call.excinfo is not None:
        error = call.excinfo.value
        stage = item.stash.get(_STAGE, None)
        status = status_of(error)
        message = describe(
            error, item.stash.get(_FAILED_STEP, None), stage.observation if stage else None
        )
        if isinstance(error, AdapterError):
            message += f"\n  {'repeat':<10}{_repeat(item.config, requirement)}"
        if requirement.examples > 1 and isinstance(item, pytest.Function):
            message = f"with {_example(item)}\n{message}"
        report.longrepr = message
        _lose_patience(item, error)
    # A plain attribute travels with the report also from a worker process.
    setattr(report, RESULT, [requirement.id, status.value, message, call.duration])
    return report


def result_of(report: pytest.TestReport) -> Result | None:
    """The result that a report carries, if it is about a requirement that has ended."""
    carried = getattr(report, RESULT, None)
    if carried is None:
        return None
    requirement, status, message, seconds = carried
    return Result(requirement, Status(status), message, seconds)


def _with_backend(config: pytest.Config, do: Callable[..., _T]) -> _T:
    return do(
        config.getoption("backend"),
        config.getoption("backend_profile"),
        allow_remote=config.getoption("allow_remote"),
    )


def _show(call: Call) -> None:
    click.echo("\n".join(call_lines(call)))


def _repeat(config: pytest.Config, requirement: Requirement) -> str:
    """The line that repeats the calls of a requirement and shows them."""
    flags = {
        "--features": "reporter_features",
        "--max-retries": "max_retries",
        "--jitter": "jitter",
    }
    given = [
        f"{flag}={value}"
        for flag, name in flags.items()
        if (value := config.getoption(name)) is not None
    ]
    words = [
        "s3-reporter-conformance",
        "call",
        config.getoption("reporter"),
        requirement.id,
        *given,
    ]
    return shlex.join(words)


def _example(item: pytest.Function) -> str:
    values: Any = item.callspec.params["_pytest_bdd_example"]
    return ", ".join(f"{name} {value!r}" for name, value in values.items())


def _lose_patience(item: pytest.Item, error: BaseException) -> None:
    """Stop asking where a reporter hangs, or the backend fails, again and again."""
    hopeless = isinstance(error, AdapterTimeoutError | BackendError)
    failures = item.config.stash[_FAILURES] + 1 if hopeless else 0
    item.config.stash[_FAILURES] = failures
    if failures == _PATIENCE:
        what = "the backend failed" if isinstance(error, BackendError) else "the reporter hung"
        item.session.shouldstop = f"{what} {failures} times in a row and is asked no more"
