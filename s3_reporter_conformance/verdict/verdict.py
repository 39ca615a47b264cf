"""The verdict on a reporter: a status for each rule, and the whole."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..spec.rules import Level, Rule
from ..words.names import count_of, some_of
from .circumstances import ALWAYS, condition_of, simplest
from .exit_code import ExitCode
from .known_deviations import KnownDeviations
from .runs import RunResult
from .status import Status

_OF_RULE = ("id", "name", "level", "feature", "diagram", "node", "file", "line")
_CONFORMS = "Conforms"
_NO_VERDICT = "No verdict"


@dataclass(frozen=True, kw_only=True)
class RuleResult:
    """A rule, and its verdict over all runs.

    Attributes:
        name: The rule in a sentence.
        binding: The level at which it counts: `recommended` for a core rule that only unusual runs
            break.
        feature: The extended feature that it belongs to, or `None`.
        diagram: The diagram of its node, or `None` if it is beyond the diagrams.
        file: The feature file, relative to the project root.
        note: Why that is not what its runs say, or why none judged it; empty otherwise.
        judged: The number of runs that it judged.
        broken: The number of runs that broke it.
        whenever: The circumstances under which it is broken, in words; `None` if there are none.
        broken_at: The nodes at which it was found broken, as `diagram: node`.
        runs: The ids of the runs that broke it, the simplest first.
        expected: The expectation that the simplest of them broke.
        seen: The behavior that was observed there.
        sentence: The sentence that did not hold there.
        narrowed: Its causes, as further calls told them; empty if nobody looked for them.
        repeat: The command that repeats the simplest run.
    """

    id: str
    name: str
    level: Level
    binding: Level
    feature: str | None
    diagram: str | None
    node: str | None
    file: str
    line: int
    status: Status
    note: str = ""
    judged: int = 0
    broken: int = 0
    whenever: str | None = None
    broken_at: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    expected: str | None = None
    seen: str | None = None
    sentence: str | None = None
    narrowed: str = ""
    repeat: str = ""

    @property
    def extent(self) -> str:
        """The runs that broke it, in words."""
        if self.whenever is None:
            return f"in {self.broken} of {count_of(self.judged, 'run')}"
        broken = f"{self.broken} of {count_of(self.broken, 'run')}"
        if self.whenever == ALWAYS:
            return f"always ({broken})"
        others = count_of(self.judged - self.broken, "other")
        none_of = f"; 0 of {others}" if self.judged > self.broken else ""
        return f"whenever {self.whenever} ({broken}{none_of})"

    def decides(self, *, strict: bool) -> bool:
        """Whether a reporter that breaks it does not conform."""
        return strict or self.binding is not Level.RECOMMENDED

    def is_wrong(self, *, strict: bool) -> bool:
        """Whether the reporter does not conform because of it."""
        if self.status is Status.UNEXPECTEDLY_PASSED:
            return True
        return self.status is Status.FAILED and self.decides(strict=strict)

    def is_unmet(self, *, strict: bool) -> bool:
        """Whether it is a recommendation that is not met, and does not decide."""
        return self.status is Status.FAILED and not self.is_wrong(strict=strict)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """The parts of a verdict.

    Attributes:
        asked: The ids of the rules that judged.
        narrowed: By the ids of rules, their causes in words, and simpler runs that keep them.
    """

    rules: Sequence[Rule]
    asked: frozenset[str]
    runs: Sequence[RunResult]
    features: frozenset[str]
    deviations: KnownDeviations
    command: Callable[..., str]
    narrowed: Mapping[str, tuple[str, Sequence[RunResult]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """The verdict on all rules, over all runs.

    Attributes:
        strict: Whether recommendations decide, too.
        interrupted: When the user broke the run off, in words; empty if nobody did.
        aborted: Why it broke off by itself; empty if it did not.
    """

    rules: tuple[RuleResult, ...]
    runs: tuple[RunResult, ...]
    strict: bool = False
    interrupted: str = ""
    aborted: str = ""

    def counts(self, level: Level | None = None) -> Mapping[Status, int]:
        """The number of rules of each status: of those that a level lists, or of all."""
        return Counter(rule.status for rule in self.rules if level in {None, rule.level})

    @property
    def wrong(self) -> tuple[RuleResult, ...]:
        """The rules because of which the reporter does not conform, the most important first."""
        return _ordered(rule for rule in self.rules if rule.is_wrong(strict=self.strict))

    @property
    def unmet(self) -> tuple[RuleResult, ...]:
        """The recommendations that are not met, and do not decide, the most important first."""
        return _ordered(rule for rule in self.rules if rule.is_unmet(strict=self.strict))

    @property
    def broken_runs(self) -> tuple[RunResult, ...]:
        """The runs in which the adapter or the backend broke."""
        return tuple(run for run in self.runs if run.status is Status.ADAPTER_ERROR)

    @property
    def nothing_asked(self) -> bool:
        """Whether the adapter or the backend broke before any run could be made."""
        return bool(self.broken_runs) and not any(run.judged for run in self.runs)

    @property
    def decisive(self) -> tuple[RuleResult, ...]:
        """The rules that decide."""
        return tuple(rule for rule in self.rules if rule.decides(strict=self.strict))

    @property
    def conformant(self) -> bool:
        """Whether the reporter conforms."""
        return conclude(self).word == _CONFORMS

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the command line."""
        return conclude(self).exit_code


def _ordered(rules: Iterable[RuleResult]) -> tuple[RuleResult, ...]:
    # What decides in any case comes first.  What most runs break may be why they break others.
    levels = [Level.CORE, Level.EXTENDED, Level.RECOMMENDED]

    def order(rule: RuleResult) -> tuple[int, int, int]:
        return levels.index(rule.binding), levels.index(rule.level), -rule.broken

    return tuple(sorted(rules, key=order))


def _lets_conform(rule: RuleResult) -> bool:
    unclaimed = rule.status is Status.NOT_CLAIMED and rule.level is Level.EXTENDED
    # The adapter cannot pass values of other types to every reporter.
    unable = rule.status is Status.NOT_RUN and rule.level is Level.RECOMMENDED
    settled = {Status.PASSED, Status.NOT_CERTAIN, Status.NOT_INSTALLED}
    return unclaimed or unable or rule.status in settled


def rule_results(given: Basis) -> Iterator[RuleResult]:
    """The verdict on each rule, over all runs."""
    for rule in given.rules:
        yield given.deviations.judge(_result(rule, given), given.runs)


def _result(rule: Rule, given: Basis) -> RuleResult:
    broken = [run for run in given.runs if run.finding(rule.id)]
    kept = [run for run in given.runs if rule.id in run.kept]
    only_unusual = all(run.unusual for run in broken) and not all(run.unusual for run in kept)
    is_demoted = rule.level is Level.CORE and bool(broken) and only_unusual
    result = RuleResult(
        **{name: getattr(rule, name) for name in _OF_RULE},
        binding=Level.RECOMMENDED if is_demoted else rule.level,
        status=Status.FAILED if broken else Status.PASSED,
        judged=len(broken) + len(kept),
        broken=len(broken),
    )
    if broken:
        return _with_evidence(result, broken, kept, given)
    if unsure := sum(rule.id in run.uncertain for run in given.runs):
        what_helps = "ask on a quieter machine; if its waits have jitter, declare it"
        runs = count_of(unsure + len(kept), "run")
        note = f"{unsure} of {runs} could not tell, even alone: {what_helps}"
        return replace(result, status=Status.NOT_CERTAIN, note=note)
    if kept:
        return result
    status, note = _why_not_judged(result, given)
    others = [each for each in sorted(rule.unless) if any(r.finding(each) for r in given.runs)]
    if others and status is not Status.NOT_CLAIMED:
        note = f"not judged, since {some_of(others)} is broken, and tells the same fault"
        return replace(result, status=Status.NOT_JUDGED, note=note)
    return replace(result, status=status, note=note)


def _why_not_judged(result: RuleResult, given: Basis) -> tuple[Status, str]:
    if result.feature and result.feature not in given.features:
        return Status.NOT_CLAIMED, ""
    if result.id not in given.asked:
        return Status.NOT_SELECTED, ""
    own = [run for run in given.runs if run.rule == result.id]
    statuses = {run.status for run in own or given.runs}
    is_selected = bool(own) or Status.NOT_SELECTED not in statuses
    for status in (Status.ADAPTER_ERROR, Status.NOT_RUN, Status.NOT_INSTALLED):
        if is_selected and status in statuses and not statuses & {Status.PASSED, Status.FAILED}:
            return status, next(run.problem for run in own or given.runs if run.status is status)
    if any(run.status is Status.NOT_SELECTED for run in given.runs):
        return Status.NOT_SELECTED, ""
    return Status.NOT_JUDGED, "no run could judge it: in none of them does it apply"


def _with_evidence(
    result: RuleResult, broken: Sequence[RunResult], kept: Sequence[RunResult], given: Basis
) -> RuleResult:
    narrowed, simpler = given.narrowed.get(result.id, ("", ()))
    condition = condition_of(broken, [*kept, *simpler])
    if condition == ALWAYS:
        narrowed = ""
    first = simplest(broken, given.runs, result.id)
    names = first.id
    if result.binding is not result.level:
        # Without a drawn run that keeps it, it would count in full.
        names += f" or {simplest(kept, given.runs).id}"
    found = {run.id: finding for run in broken if (finding := run.finding(result.id))}
    finding = found[first.id]
    nodes = (f"{each.diagram}: {each.node}" for each in found.values() if each.node)
    return replace(
        result,
        whenever=condition,
        broken_at=tuple(dict.fromkeys(nodes)),
        runs=(first.id, *(run.id for run in broken if run is not first)),
        expected=finding.expected,
        seen=finding.seen,
        sentence=finding.sentence,
        narrowed=narrowed,
        repeat=given.command("verify", "REPORTER", *first.source, "-k", names),
    )


@dataclass(frozen=True)
class Conclusion:
    """The last word on a reporter, its color, the reason in a sentence, and the exit code."""

    word: str
    color: str
    reason: str
    exit_code: ExitCode


def conclude(verdict: Verdict) -> Conclusion:
    """Put a verdict into a word and a sentence."""
    wrong, unmet = "; ".join(_wrong(verdict)), _unmet(verdict)
    if verdict.interrupted:
        until_then = f"; until then, {wrong}" if wrong else ""
        reason = f"{verdict.interrupted}{until_then}{unmet}"
        return Conclusion(_NO_VERDICT, "magenta", reason, ExitCode.INTERRUPTED)
    if verdict.wrong:
        return Conclusion("Does not conform", "red", f"{wrong}{unmet}", ExitCode.DOES_NOT_CONFORM)
    if verdict.broken_runs or verdict.aborted:
        reason = "no run could be judged" if verdict.nothing_asked else "not all runs were judged"
        return Conclusion(_NO_VERDICT, "magenta", reason, ExitCode.ADAPTER_ERROR)
    if not any(rule.status.ran for rule in verdict.rules):
        unclaimed = {run.feature for run in verdict.runs if run.status is Status.NOT_CLAIMED}
        features = ",".join(sorted(filter(None, unclaimed)))
        why = f": what was selected needs --features {features}" if features else ""
        return Conclusion(_NO_VERDICT, "yellow", f"nothing was run{why}", ExitCode.NOTHING_RAN)
    unjudged = _ids(verdict.decisive, Status.NOT_JUDGED)
    if unjudged and not _is_explained(verdict):
        reason = f"no run could judge {unjudged}; all others that decide hold{unmet}"
        return Conclusion(_NO_VERDICT, "magenta", reason, ExitCode.ADAPTER_ERROR)
    return Conclusion(*_without_a_fault(verdict), ExitCode.CONFORMS)


def _is_explained(verdict: Verdict) -> bool:
    """Whether runs that could not be made, or known deviations, may keep rules from judging."""
    not_made = any(run.status is Status.NOT_RUN for run in verdict.runs)
    return not_made or any(rule.status is Status.KNOWN_DEVIATION for rule in verdict.rules)


def _without_a_fault(verdict: Verdict) -> tuple[str, str, str]:
    unmet = _unmet(verdict)
    if known := _ids(verdict.decisive, Status.KNOWN_DEVIATION):
        unknown = (r for r in verdict.decisive if r.status is not Status.KNOWN_DEVIATION)
        which = (
            "decide hold"
            if all(map(_lets_conform, unknown))
            else "were judged hold, but not all were"
        )
        return "Deviates as known", "yellow", f"{known}; all other rules that {which}{unmet}"
    core = [rule for rule in verdict.rules if rule.level is Level.CORE]
    if _ids(core, Status.PASSED) and all(map(_lets_conform, verdict.decisive)):
        not_run = _ids(verdict.rules, Status.NOT_INSTALLED)
        # The note of each says what to install.
        extra = f". Not judged, since an extra is not installed: {not_run}" if not_run else ""
        if unsure := _ids(verdict.decisive, Status.NOT_CERTAIN):
            extra = f". Not certain: {unsure}{extra}"
        left = _ids(core, Status.NOT_INSTALLED, Status.NOT_CERTAIN)
        judged = " that was judged" if left else ""
        others = " that was judged" if extra and not left else ""
        reason = f"every core rule{judged} holds, and every rule of the declared features{others}"
        return _CONFORMS, "green", f"{reason}{unmet}{extra}"
    if not any(rule.status.ran for rule in verdict.decisive):
        return "Partial", "yellow", f"no rule that decides was selected{unmet}"
    unjudged = _ids(verdict.decisive, Status.NOT_JUDGED, Status.NOT_RUN)
    missing = f"judged: {unjudged}" if unjudged else "selected"
    which = "decide" if unmet else "were judged"
    reason = f"the rules that {which} hold, but not every rule was {missing}{unmet}"
    return "Partial", "yellow", reason


def _wrong(verdict: Verdict) -> Iterator[str]:
    if broken := _ids(verdict.wrong, Status.FAILED):
        # Without `--strict`, these would be told as recommendations.
        is_why = all(rule.binding is Level.RECOMMENDED for rule in verdict.wrong)
        strictly = ", and with --strict, recommendations decide" if is_why else ""
        yield f"it breaks {broken}{strictly}"
    if kept := _ids(verdict.wrong, Status.UNEXPECTEDLY_PASSED):
        yield f"it keeps {kept}, known to be broken"
    if verdict.broken_runs:
        yield f"no verdict in {count_of(len(verdict.broken_runs), 'run')}"


def _unmet(verdict: Verdict) -> str:
    if not verdict.unmet:
        return ""
    verb = "is" if len(verdict.unmet) == 1 else "are"
    ids = _ids(verdict.unmet, Status.FAILED)
    return f". {count_of(len(verdict.unmet), 'recommendation')} {verb} not met: {ids}"


def _ids(rules: Iterable[RuleResult], *statuses: Status) -> str:
    return some_of([rule.id for rule in rules if rule.status in statuses])
