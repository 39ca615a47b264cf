"""One run of the suite by the command line: through pytest, but sealed off from its settings."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import resources

import pytest

from .errors import UsageError
from .known_deviations import KnownDeviations
from .pytest_plugin import BACKEND_NAME, REQUIREMENT, result_of
from .requirements import Requirement, feature_files
from .verdict import Result, Status, Verdict, combine


class Session:
    """Runs the suite once and gathers the results; a pytest plugin while it does.

    Attributes:
        backend: The backend and its version, as soon as it is known.
        breakdown: Why the run broke off; empty if it did not.
        stopped: Whether it was stopped at the first failure, as the user asked for.
    """

    def __init__(
        self,
        requirements: Sequence[Requirement],
        on_result: Callable[[Requirement, Result], None],
        deviations: KnownDeviations | None = None,
    ) -> None:
        """Prepare a run.

        Args:
            requirements: What there is to run.
            on_result: Called with each requirement as soon as it has a result.
            deviations: What the reporter is known to miss.
        """
        self.backend = ""
        self.breakdown = ""
        self.stopped = False
        self._requirements = {requirement.id: requirement for requirement in requirements}
        self._on_result = on_result
        self._deviations = deviations or KnownDeviations()
        self._selected: Counter[str] = Counter()
        self._deselected: set[str] = set()
        self._results: dict[str, list[Result]] = {}

    def run(self, arguments: Sequence[str]) -> Verdict:
        """Run the suite with options of the pytest plugin and of pytest.

        Raises:
            UsageError: Pytest does not understand them; it has said why.
        """
        for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
            os.environ.pop(name, None)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        # Who asks this process to end gets an orderly end, in which backends clean up.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            code = self._run_pytest(arguments)
        finally:
            signal.signal(signal.SIGTERM, before)
        if code == pytest.ExitCode.USAGE_ERROR:
            message = "the selection cannot be understood; see above"
            raise UsageError(message)
        if code == pytest.ExitCode.INTERNAL_ERROR and not self.breakdown:
            self.breakdown = "the suite itself failed; please report this"
        return Verdict(tuple((r, self._result(r)) for r in self._requirements.values()))

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
                *("-p", "pytest_bdd.plugin"),
                *("-p", "s3_reporter_conformance.pytest_plugin"),
                *arguments,
                *map(str, feature_files()),
            ],
            plugins=[self],
        )

    def _result(self, requirement: Requirement) -> Result:
        results = self._results.get(requirement.id, [])
        together = combine(results) if results else None
        if together and (
            len(results) == requirement.examples
            or together.status in {Status.FAILED, Status.ADAPTER_ERROR, Status.NOT_RUN}
        ):
            return self._deviations.judge(together)
        if requirement.id in self._deselected:
            return Result(requirement.id, Status.NOT_SELECTED, "", 0.0)
        if self.stopped:
            reason = "the run was stopped at the first failure"
            return Result(requirement.id, Status.NOT_RUN, reason, 0.0)
        reason = self.breakdown or f"{len(results)} of its {requirement.examples} examples ran"
        return Result(requirement.id, Status.ADAPTER_ERROR, f"did not run: {reason}", 0.0)

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep pytest's own reporter silent."""
        config.pluginmanager.unregister(name="terminalreporter")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a feature file that cannot be used."""
        if report.failed:
            self.breakdown = report.longreprtext

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Note what the user does not want to run."""
        self._deselected |= {item.stash[REQUIREMENT].id for item in items}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note what is going to run."""
        self._selected = Counter(item.stash[REQUIREMENT].id for item in session.items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Gather a result; tell about its requirement with the last of its examples."""
        result = result_of(report)
        if result is None:
            return
        results = self._results.setdefault(result.requirement, [])
        results.append(result)
        if len(results) == self._selected[result.requirement]:
            together = self._deviations.judge(combine(results))
            self._on_result(self._requirements[result.requirement], together)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note why the run was broken off."""
        broken_off = isinstance(excinfo.value, pytest.exit.Exception)
        self.breakdown = str(excinfo.value) if broken_off else "interrupted"

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Note a fault of the suite's own."""
        self.breakdown = f"the suite itself failed; please report this: {excinfo.exconly()}"
        return True

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Note the backend that was used, and whether the run was stopped."""
        self.backend = session.config.stash.get(BACKEND_NAME, "")
        if isinstance(session.shouldstop, str):
            self.breakdown = session.shouldstop
        self.stopped = bool(session.shouldfail)
