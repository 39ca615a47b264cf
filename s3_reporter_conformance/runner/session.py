"""One run of the suite by the command line: through pytest, but isolated from its settings."""

import gc
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import closing
from importlib import import_module, resources
from time import monotonic

import pytest

from ..adapters.base import Adapter
from ..exploring.options import Exploring
from ..exploring.situation import Situation
from ..reporting.evidence import redact
from ..reporting.failure import HOPELESS, PATIENCE
from ..reporting.observer import Observer
from ..spec.feature_files import feature_files, path_of
from ..spec.gherkin import all_rules
from ..spec.rules import Rule, Scenario
from ..verdict.circumstances import simplest
from ..verdict.known_deviations import KnownDeviations
from ..verdict.report import RunInfo
from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..verdict.told_once import told_once
from ..verdict.verdict import Basis, Verdict, rule_results
from ..words.errors import AdapterError, BackendError
from ..words.names import count_of
from .exploration import Exploration
from .isolation import isolated
from .resources import RESOURCES, SCENARIO, Resources, said_of
from .results import without_run
from .settings import Settings
from .workers import Made, make_runs

_BEGINNING = 50
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
        endless: bool = False,
        exploring: Exploring = Exploring(no_narrow=True),
    ) -> None:
        """Prepare a run.

        Without `selected`, all of the scenarios are run.  With `fail_fast`, the run stops at the
        first one that breaks a rule that decides.  The `adapter` is a substitute for the reporter.
        An `endless` run makes them again and again, until it is interrupted.  Otherwise, it may go
        on `exploring`.
        """
        self._rules = rules
        self._scenarios = {scenario.id: scenario for scenario in scenarios}
        self._deviations = deviations or KnownDeviations()
        self._fail_fast = fail_fast
        self._endless = endless
        self._resources = Resources(settings, rules, observer, adapter)
        self.run_info = RunInfo(seed=self._resources.seed)
        self._selected = frozenset(self._scenarios if selected is None else selected)
        self._runs: dict[str, RunResult] = {}
        self._exploring = exploring
        self._found: Sequence[RunResult] = ()
        self._narrowed: Mapping[str, tuple[str, Sequence[RunResult]]] = {}
        self._workers = 0
        self._is_last = False
        self._stopped = False
        self._interrupted = False

    def run(self, workers: int = 0) -> Verdict:
        """Run the suite, with so many processes that share the work, or with 0 in this one."""
        self._workers = workers
        with isolated():
            try:
                code = self._run_pytest() if self._selected else pytest.ExitCode.NO_TESTS_COLLECTED
            except BackendError as error:
                # Pytest does not handle what its last cleanup raises.
                code = pytest.ExitCode.OK
                self._abort(said_of(error))
            finally:
                # An interrupt at the very end may have kept pytest from it.
                self._resources.close()
        if code == pytest.ExitCode.INTERNAL_ERROR:
            self._abort("the suite itself failed; please report this")
        # It may quote what a backend or a program said.
        self.run_info.aborted = redact(None)(self.run_info.aborted)
        fixed = (self._result(scenario) for scenario in self._scenarios.values())
        runs = told_once((*fixed, *self._found), self._rules)
        settings = self._resources.settings
        basis = Basis(
            rules=all_rules(),
            asked=frozenset(rule.id for rule in self._rules),
            runs=runs,
            features=settings.manifest.features,
            deviations=self._deviations,
            command=settings.line,
            narrowed=self._narrowed,
        )
        rules = tuple(rule_results(basis))
        made = f"{len(self._runs)} of {count_of(len(self._selected), 'run')}"
        # Such as those that did not tell, once more, and those that exploring draws.
        further = ", while further ones were made" * (len(self._runs) == len(self._selected))
        interrupted = f"interrupted after {made}{further}" if self._interrupted else ""
        return Verdict(rules, runs, settings.strict, interrupted, self.run_info.aborted)

    def _run_pytest(self) -> int:
        selected = (each for each in self._scenarios.values() if each.id in self._selected)
        files = dict.fromkeys(each.file for each in selected)
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
                *map(str, map(path_of, files)),
            ],
            # By name, pytest would read the metadata of all packages there are.
            plugins=[*map(import_module, _PLUGINS), self],
        )

    def _result(self, scenario: Scenario) -> RunResult:
        if scenario.id in self._runs:
            return self._runs[scenario.id]
        if scenario.id not in self._selected:
            return without_run(scenario, Status.NOT_SELECTED)
        if self._stopped or self._interrupted:
            how = "interrupted" if self._interrupted else "stopped at the first failure"
            return without_run(scenario, Status.NOT_RUN, f"the run was {how}")
        words = f"did not run: {self.run_info.aborted or 'its process was lost'}"
        return without_run(scenario, Status.ADAPTER_ERROR, words)

    def _abort(self, reason: str) -> None:
        """Note why the run ends early; the first reason counts."""
        self.run_info.aborted = self.run_info.aborted or reason

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> None:
        """Give the plugin what it would else make from its options."""
        config.stash[RESOURCES] = self._resources

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep pytest's own reporter silent."""
        config.pluginmanager.unregister(name="terminalreporter")

    def pytest_sessionstart(self) -> None:
        """Let start meanwhile what takes a moment."""
        self._resources.start()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a feature file that cannot be used."""
        if report.failed:
            self._abort(report.longreprtext)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the scenarios that were not asked for."""
        items[:] = [item for item in items if item.stash[SCENARIO].id in self._selected]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the runs that are going to be made."""
        self._resources.observer.selected(len(session.items))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Make the runs, by several processes if there are any to share the work."""
        if self.run_info.aborted:
            return True
        self._resources.open()
        self.run_info.backend = self._resources.backend.name
        # What exists by now stays, and is shared by the workers as it is: spare the collector that.
        gc.freeze()
        began = monotonic()
        try:
            with closing(self._make_runs(session)) as runs:
                for made in runs:
                    if made and made.result:
                        self._add(made.result)
                    if made and made.stop:
                        self._abort(made.stop)
                    if self._stopped or self.run_info.aborted:
                        return True
                    self._resources.observer.ticked()
            self._explore(session, monotonic() - began)
        except KeyboardInterrupt:
            self._resources.observer.interrupted()
            raise
        return True

    def _make_runs(self, session: pytest.Session) -> Generator[Made | None, None, None]:
        # A process that is forked for its share of the runs has it from here.
        self._resources.is_alone = self._workers <= 1
        yield from make_runs(session, self._workers)
        while self._endless:
            self._resources.backend.clean()
            yield from make_runs(session, self._workers)
        # What goes on beside a run may hide what the reporter does.
        session.items[:] = filter(self._is_uncertain, session.items)
        self._is_last = self._resources.is_alone = True
        yield from make_runs(session, workers=0)

    def _is_uncertain(self, item: pytest.Item) -> bool:
        result = self._runs.get(item.stash[SCENARIO].id)
        return bool(result and result.uncertain)

    def _explore(self, session: pytest.Session, seconds: float) -> None:
        # As the verdict has them, so that it takes the same run for the simplest.
        made = [self._runs[each] for each in self._scenarios if each in self._runs]
        runs = told_once(made, self._rules)
        broken: dict[str, Situation] = {}
        for rule in dict.fromkeys(finding.rule for run in runs for finding in run.findings):
            first = simplest([run for run in runs if run.finding(rule)], runs, rule)
            broken[rule] = Situation.of(self._scenarios[first.id])
        exploration = Exploration(self._exploring, session, broken, self._workers, seconds)
        try:
            if stop := exploration.explore():
                self._abort(stop)
        except KeyboardInterrupt:
            if self._exploring.explore:
                raise
            # The verdict needs no causes.
            self._resources.observer.interrupted()
        self._found = tuple(exploration.found.values())
        self._narrowed = exploration.narrowed
        self.run_info.explored = tuple(exploration.summary())

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note why the run was broken off: by the user, or because it makes no sense to go on."""
        # What derives from it is how pytest itself breaks a run off.
        self._interrupted = excinfo.type is KeyboardInterrupt
        self._abort(str(excinfo.value) or "interrupted")

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Note that a resource could not be used, or a fault of the suite's own."""
        if isinstance(excinfo.value, AdapterError | BackendError):
            self._abort(said_of(excinfo.value))
        if isinstance(excinfo.value, BrokenPipeError):
            self._abort("nobody reads the output")
        self._abort(f"the suite itself failed; please report this: {excinfo.exconly()}")
        return True

    def _add(self, result: RunResult) -> None:
        self._runs[result.id] = result
        if result.uncertain and not self._is_last:
            return
        self._resources.observer.ran(result)
        self._stop_if_hopeless()
        if self._fail_fast:
            strict = self._resources.settings.strict
            decisive = self._resources.judges.decisive(result, strict=strict)
            self._stopped = not all(map(self._deviations.entry_of, decisive))

    def _stop_if_hopeless(self) -> None:
        """Stop if the first runs broke alike, or if several in a row hung, or lost the backend."""
        asked = [run for run in self._runs.values() if run.status is not Status.NOT_CLAIMED]
        # What the reporter prints may differ.
        alike = {(run.status, run.problem[:_BEGINNING]) for run in asked[-PATIENCE:]}
        status, problem = next(iter(alike), (Status.PASSED, ""))
        if len(alike) > 1 or len(asked) < PATIENCE or status is not Status.ADAPTER_ERROR:
            return
        are_left = len(self._runs) < len(self._selected)
        if are_left and (len(asked) == PATIENCE or problem.startswith(HOPELESS)):
            self._abort(f"{PATIENCE} runs in a row broke alike, so the others are not made")
