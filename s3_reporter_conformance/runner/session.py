"""One run of the suite by the command line: through pytest, but sealed off from its settings."""

import gc
from collections.abc import Collection, Sequence
from contextlib import closing, suppress
from importlib import import_module, resources
from pathlib import Path

import pytest

from ..adapters.base import Adapter
from ..reporting.evidence import redact
from ..reporting.observer import Observer
from ..spec.features import feature_files
from ..spec.gherkin import all_rules
from ..spec.rules import Level, Rule, Scenario
from ..verdict.known_deviations import KnownDeviations
from ..verdict.run_info import RunInfo
from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..verdict.verdict import Judged, Verdict, rule_results
from ..words.errors import AdapterError, BackendError, UsageError
from .judge import Judges
from .resources import Resources
from .results import in_words, without_run
from .sealing import sealed
from .settings import Settings
from .stash import JUDGES, OBSERVER, RESOURCES, RUN_INFO, SCENARIO, SETTINGS
from .workers import make_runs

_PLUGINS = ("pytest_bdd.plugin", "s3_reporter_conformance.pytest_plugin")


class Session:
    """Runs the suite once and gathers the results; a pytest plugin while it does.

    With workers, it stays in the process that directs them.

    Attributes:
        run_info: What the run told besides its results.
    """

    def __init__(  # noqa: PLR0913 -- each is something else that a run can be given
        self,
        settings: Settings,
        rules: Sequence[Rule],
        scenarios: Sequence[Scenario],
        observer: Observer | None = None,
        deviations: KnownDeviations | None = None,
        *,
        selected: Collection[str] | None = None,
        fail_fast: bool = False,
        adapter: Adapter | None = None,
    ) -> None:
        """Prepare a run.

        Args:
            settings: The settings of the reporter and of the backend.
            rules: The rules that judge, of those that there are.
            scenarios: The scenarios that there are.
            observer: Is told of the runs.
            deviations: The known deviations of the reporter.
            selected: The ids of the scenarios to run; `None` for all.
            fail_fast: Whether to stop at the first run that breaks a rule that decides.
            adapter: A substitute for the reporter.
        """
        self.run_info = RunInfo()
        self._settings = settings
        self._rules = rules
        self._scenarios = {scenario.id: scenario for scenario in scenarios}
        self._observer = observer or Observer()
        self._deviations = deviations or KnownDeviations()
        self._fail_fast = fail_fast
        self._adapter = adapter
        self._stopped = False
        self._interrupted = False
        self._resources: Resources | None = None
        self._workers = 0
        self._selected = frozenset(self._scenarios if selected is None else selected)
        self._runs: dict[str, RunResult] = {}

    def run(self, workers: int = 0) -> Verdict:
        """Run the suite.

        Args:
            workers: How many processes share the work; 0 for this one alone.
        """
        self._workers = workers
        with sealed():
            try:
                code = self._run_pytest() if self._selected else pytest.ExitCode.NO_TESTS_COLLECTED
            finally:
                # An interrupt at the very end may have kept pytest from it.
                if self._resources:
                    self._resources.close()
        if code == pytest.ExitCode.USAGE_ERROR:
            message = "the settings cannot be understood; see above"
            raise UsageError(message)
        if code == pytest.ExitCode.INTERNAL_ERROR and not self.run_info.aborted:
            self.run_info.aborted = "the suite itself failed; please report this"
        # It may quote what a backend or a program said.
        self.run_info.aborted = redact(None)(self.run_info.aborted)
        return self._verdict()

    def _verdict(self) -> Verdict:
        runs = tuple(self._result(scenario) for scenario in self._scenarios.values())
        judged = Judged(
            rules=all_rules(),
            asked=frozenset(rule.id for rule in self._rules),
            runs=runs,
            features=self._settings.manifest.features,
            deviations=self._deviations,
            strict=self._settings.strict,
            command=self._settings.line,
        )
        rules = tuple(rule_results(judged))
        return Verdict(rules, runs, self._settings.strict, self._interrupted)

    def _run_pytest(self) -> int:
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
                *map(str, self._files()),
            ],
            # By name, pytest would read the metadata of all packages there are.
            plugins=[*map(import_module, _PLUGINS), self],
        )

    def _files(self) -> list[Path]:
        areas = {self._scenarios[name].area for name in self._selected}
        return [file for file in feature_files() if file.stem in areas]

    def _result(self, scenario: Scenario) -> RunResult:
        if scenario.id in self._runs:
            return self._runs[scenario.id]
        if scenario.id not in self._selected:
            return without_run(scenario, Status.NOT_SELECTED)
        if self._stopped:
            words = "the run was stopped at the first failure"
            return without_run(scenario, Status.NOT_RUN, words)
        if self._interrupted:
            return without_run(scenario, Status.NOT_RUN, "the run was interrupted")
        words = f"did not run: {self.run_info.aborted or 'its process was lost'}"
        return without_run(scenario, Status.ADAPTER_ERROR, words)

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> None:
        """Give the plugin the settings, so that what they name is not looked for again."""
        config.stash[SETTINGS] = self._settings

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep pytest's own reporter silent, and listen."""
        config.pluginmanager.unregister(name="terminalreporter")
        config.stash[OBSERVER] = self._observer
        features = self._settings.manifest.features
        config.stash[JUDGES] = Judges(
            rule for rule in self._rules if rule.feature is None or rule.feature in features
        )
        if self._adapter:
            config.stash[RESOURCES] = Resources(self._settings, self._adapter)

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Let start meanwhile what takes a moment."""
        self._resources = session.config.stash[RESOURCES]
        with suppress(AdapterError, BackendError):
            # The first run that needs them is told.
            self._resources.start()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a feature file that cannot be used."""
        if report.failed:
            self.run_info.aborted = report.longreprtext

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the scenarios that were not asked for."""
        items[:] = [item for item in items if item.stash[SCENARIO].id in self._selected]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the runs that are going to be made."""
        self._observer.selected(len(session.items))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Make the runs, by several processes if there are any to share the work."""
        if self.run_info.aborted:
            return True
        resources = session.config.stash[RESOURCES]
        try:
            resources.open()
        except (AdapterError, BackendError) as error:
            self.run_info.aborted = in_words(error)
            return True
        self.run_info.backend = resources.backend.name
        # What exists by now stays, and is shared by the workers as it is: spare the collector that.
        gc.freeze()
        with closing(make_runs(session, self._workers)) as runs:
            for made in runs:
                if made.result:
                    self._add(made.result)
                self.run_info.aborted = made.stop
                if made.stop or self._stopped:
                    break
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

    def _add(self, result: RunResult) -> None:
        """Take a result."""
        self._runs[result.id] = result
        self._observer.ran(result)
        self._stopped = self._fail_fast and self._decides(result)

    def _decides(self, result: RunResult) -> bool:
        levels = {rule.id: rule.level for rule in self._rules}
        known = self._deviations.entries
        return any(
            self._settings.strict
            or levels[finding.rule] is Level.EXTENDED
            or (levels[finding.rule] is Level.CORE and not result.unusual)
            for finding in result.findings
            if finding.rule in levels and finding.rule not in known
        )

    def _take_over(self, run_info: RunInfo) -> None:
        mine = self.run_info
        self.run_info = RunInfo(
            mine.seed or run_info.seed,
            mine.backend or run_info.backend,
            mine.aborted or run_info.aborted,
        )
