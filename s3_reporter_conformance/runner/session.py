"""One run of the suite by the command line: through pytest, but sealed off from its settings."""

import gc
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module, resources
from pathlib import Path
from typing import Protocol

import pytest

from ..adapters.base import Adapter
from ..errors import AdapterError, BackendError, UsageError
from ..reporting.evidence import redact
from ..spec.features import feature_files
from ..spec.requirements import Requirement
from ..verdict.example import Example
from ..verdict.known_deviations import KnownDeviations
from ..verdict.run_info import RunInfo
from ..verdict.status import Status
from ..verdict.verdict import Result, Verdict, combine
from .examples import in_words, lost
from .resources import Resources
from .sealing import sealed
from .settings import Settings
from .stash import ON_EXAMPLE, REQUIREMENT, RESOURCES, RUN_INFO, SETTINGS, WATCHER
from .watching import Watcher
from .workers import Workers

_PLUGINS = ("pytest_bdd.plugin", "s3_reporter_conformance.pytest_plugin")


class Audience(Protocol):
    """Who is told of a run while it goes on."""

    def selected(self, requirements: Sequence[Requirement]) -> None:
        """Take the requirements that are going to run."""

    def result(self, requirement: Requirement, result: Result) -> None:
        """Take what became of a requirement: of each in their order, as soon as it is known."""


class Session:
    """Runs the suite once and gathers the results; a pytest plugin while it does.

    With workers, it stays in the process that directs them.

    Attributes:
        run_info: What the run told besides its results.
    """

    def __init__(  # noqa: PLR0913 -- each is something else that a run can be given
        self,
        settings: Settings,
        requirements: Sequence[Requirement],
        audience: Audience | None = None,
        deviations: KnownDeviations | None = None,
        *,
        fail_fast: bool = False,
        watcher: Watcher | None = None,
        adapter: Adapter | None = None,
    ) -> None:
        """Prepare a run.

        Args:
            settings: What is told of the reporter and of the backend.
            requirements: What there is to run.
            audience: Who is told of it.
            deviations: What the reporter is known to miss.
            fail_fast: Whether to stop at the first failure.
            watcher: Who looks on while the reporter is called.
            adapter: What stands in for the reporter.
        """
        self.run_info = RunInfo()
        self._settings = settings
        self._requirements = {requirement.id: requirement for requirement in requirements}
        self._audience = audience
        self._deviations = deviations or KnownDeviations()
        self._fail_fast = fail_fast
        self._watcher = watcher
        self._adapter = adapter
        self._stopped = False
        self._interrupted = False
        self._resources: Resources | None = None
        self._over = False
        self._workers = 0
        self._selecting = False
        self._spoilt = False
        self._collected = False
        self._selected: Counter[str] = Counter()
        self._examples: dict[str, dict[int, Example]] = {}
        self._untold: deque[Requirement] = deque()

    def run(self, arguments: Sequence[str] = (), workers: int = 0) -> Verdict:
        """Run the suite.

        Args:
            arguments: Options of pytest, or of its plugin, besides the settings.
            workers: How many processes share the work; 0 for this one alone.

        Raises:
            UsageError: Pytest does not understand them; it has said why.
        """
        self._workers = workers
        self._selecting = bool({"-k", "-m"} & set(arguments))
        with sealed():
            try:
                code = self._run_pytest(arguments)
            finally:
                # An interrupt at the very end may have kept pytest from it.
                if self._resources:
                    self._resources.close()
        if code == pytest.ExitCode.USAGE_ERROR:
            message = "the selection cannot be understood; see above"
            raise UsageError(message)
        if code == pytest.ExitCode.INTERNAL_ERROR and not self.run_info.aborted:
            self.run_info.aborted = "the suite itself failed; please report this"
        # It may quote what a backend or a program said.
        self.run_info.aborted = redact(None)(self.run_info.aborted)
        self._tell(ended=True)
        results = tuple((r, self._result(r)) for r in self._requirements.values())
        return Verdict(results, self._interrupted)

    def _run_pytest(self, arguments: Sequence[str]) -> int:
        return pytest.main(
            [
                f"--config-file={resources.files(__package__) / 'verify.ini'}",
                f"--rootdir={feature_files()[0].parent}",
                "--noconftest",
                "--assert=plain",
                "--capture=no",
                # Tracebacks are replaced by words, so let them be the cheapest to make.
                "--tb=native",
                "--import-mode=importlib",
                *("-p", "no:cacheprovider"),
                # They collect garbage again and again, to warn of what the steps never see.
                *("-p", "no:unraisableexception"),
                *("-p", "no:threadexception"),
                *self._settings.arguments,
                *arguments,
                *map(str, self._files()),
            ],
            # By name, pytest would read the metadata of all packages there are.
            plugins=[*map(import_module, _PLUGINS), self],
        )

    def _files(self) -> list[Path]:
        areas = {requirement.area for requirement in self._requirements.values()}
        return [file for file in feature_files() if file.stem in areas]

    def _result(self, requirement: Requirement) -> Result:
        together = self._together(requirement.id)
        if together and (
            len(together.examples) == requirement.examples
            or together.status in {Status.FAILED, Status.ADAPTER_ERROR, Status.NOT_RUN}
        ):
            return together
        if self._selecting and self._collected and not self._selected[requirement.id]:
            return Result(requirement.id, Status.NOT_SELECTED)
        if self._stopped:
            return Result(
                requirement.id, Status.NOT_RUN, "the run was stopped at the first failure"
            )
        if self._interrupted:
            return Result(requirement.id, Status.NOT_RUN, "the run was interrupted")
        ran = len(together.examples) if together else 0
        reason = self.run_info.aborted or f"{ran} of its {requirement.examples} examples ran"
        return Result(requirement.id, Status.ADAPTER_ERROR, f"did not run: {reason}")

    def _together(self, name: str) -> Result | None:
        """The result of the examples that ran."""
        examples = sorted(self._examples.get(name, {}).values(), key=lambda each: each.number)
        if not examples:
            return None
        result = self._deviations.judge(combine(name, examples))
        if self._fail_fast and result.status is Status.FAILED:
            # What ran beside the first failure would not have run behind it.
            failed = next(i for i, each in enumerate(examples) if each.status is Status.FAILED)
            result = self._deviations.judge(combine(name, examples[: failed + 1]))
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> None:
        """Give the plugin the settings, so that what they name is not looked for again."""
        config.stash[SETTINGS] = self._settings

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep pytest's own reporter silent, and listen."""
        config.pluginmanager.unregister(name="terminalreporter")
        config.stash[ON_EXAMPLE] = self._add
        if self._watcher:
            config.stash[WATCHER] = self._watcher
        if self._adapter:
            config.stash[RESOURCES] = Resources(self._settings, self._adapter)

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Remember what can be stopped; let start meanwhile what takes a moment."""
        self._session = session
        self._resources = session.config.stash[RESOURCES]
        with suppress(AdapterError, BackendError):
            # Whoever needs them first is told.
            self._resources.start()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a feature file that cannot be used."""
        if report.failed:
            self._spoilt = True
            self.run_info.aborted = report.longreprtext

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what is going to run."""
        self._select(session.items)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Share the work among processes, if there is any to share."""
        count = min(self._workers, len(session.items))
        if count < 2 or self._spoilt:  # noqa: PLR2004 -- one process is what pytest has
            return None
        resources = session.config.stash[RESOURCES]
        try:
            resources.open()
        except (AdapterError, BackendError) as error:
            self.run_info.aborted = in_words(error)
            return True
        self.run_info.backend = resources.backend.name
        # What exists by now stays, and is shared by the workers as it is: spare the collector that.
        gc.freeze()
        workers = Workers(session, self._add, self._lose)
        self.run_info.aborted = workers.run(count) or self.run_info.aborted
        return True

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note why the run was broken off: by the user, or because it makes no sense to go on."""
        # What derives from it is how pytest itself breaks a run off.
        self._interrupted = excinfo.type is KeyboardInterrupt
        if not self.run_info.aborted and not self._stopped:
            self.run_info.aborted = str(excinfo.value) or "interrupted"

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Note a fault of the suite's own."""
        if not self.run_info.aborted:
            self.run_info.aborted = (
                f"the suite itself failed; please report this: {excinfo.exconly()}"
            )
        return True

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Note the backend that was used, and whether the run was stopped."""
        self._take_over(session.config.stash.get(RUN_INFO, RunInfo()))
        if isinstance(session.shouldstop, str) and not self.run_info.aborted:
            self.run_info.aborted = session.shouldstop

    def _select(self, items: Sequence[pytest.Item]) -> None:
        self._collected = not self._spoilt
        self._selected = Counter(item.stash[REQUIREMENT].id for item in items)
        self._untold = deque(r for r in self._requirements.values() if self._selected[r.id])
        if self._audience:
            self._audience.selected(tuple(self._untold))

    def _add(self, name: str, example: Example) -> None:
        """Take a result; tell about its requirement with the last of its examples."""
        if self._over:
            return
        self._examples.setdefault(name, {})[example.number] = example
        together = self._together(name)
        if self._fail_fast and together and together.status.wrong:
            self._stop()
        self._tell()

    def _lose(self, item: pytest.Item, how: str) -> None:
        words = f"the process that called the reporter ended: {how}"
        self._add(item.stash[REQUIREMENT].id, lost(item, words))

    def _tell(self, *, ended: bool = False) -> None:
        """Tell of the next requirements, as far as all of their examples ran.

        Args:
            ended: Tell of all that ran, since no more will.
        """
        while self._untold:
            requirement = self._untold[0]
            ran = len(self._examples.get(requirement.id, {}))
            if ran < self._selected[requirement.id] and not ended:
                return
            self._untold.popleft()
            if not ran:
                continue
            result = self._result(requirement)
            if self._audience:
                self._audience.result(requirement, result)
            if self._fail_fast and result.status.wrong:
                self._forget(self._untold)

    def _forget(self, requirements: deque[Requirement]) -> None:
        """Drop what ran beside the first failure: it would not have run behind it."""
        for requirement in requirements:
            self._examples.pop(requirement.id, None)
        requirements.clear()
        self._over = True

    def _stop(self) -> None:
        """Run no more."""
        self._stopped = True
        self._session.shouldfail = "stopped at the first failure"

    def _take_over(self, run_info: RunInfo) -> None:
        mine = self.run_info
        self.run_info = RunInfo(
            mine.seed or run_info.seed,
            mine.backend or run_info.backend,
            mine.aborted or run_info.aborted,
        )
