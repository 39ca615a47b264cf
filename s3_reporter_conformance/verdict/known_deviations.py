"""The rules that a reporter is known to break, each with a reason and an expiry date.

A known deviation is still judged and must still fail: one that passes, or has expired, fails the
run, and so does the rule where it is broken outside of the deviation's circumstances.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.items import AoT

from ..adapters.manifest import Manifest
from ..disk.documents import read_toml
from ..disk.files import read, write
from ..spec.rules import Rule
from ..words.errors import UsageError
from ..words.names import count_of, some_of, unknown
from ..words.violations import shown
from .circumstances import Condition
from .runs import RunResult
from .status import Status

if TYPE_CHECKING:
    from .verdict import RuleResult, Verdict

_SCHEMA = "known-deviations"
_DAYS = 90
_REASON = 160
_TO_BE_FILED = "to be filed"


@dataclass(frozen=True)
class KnownDeviation:
    """One rule that the reporter is known to break.

    Attributes:
        rule: Its id.
        whenever: The circumstances, in words; `None` for any.
        reason: Why the reporter breaks it.
        issue: Where that is dealt with.
        expires: The last day on which it is accepted.
    """

    rule: str
    reason: str
    issue: str
    expires: date
    whenever: str | None = None

    def covers(self, run: RunResult) -> bool:
        """Whether a run is one in which the rule may be broken."""
        return self.whenever is None or Condition.parse(self.whenever).holds_in(run)


@dataclass(frozen=True)
class KnownDeviations:
    """The content of a file, and how results look in its light.

    Attributes:
        path: The file.
        entries: The deviations, by rule.
        today: The day of the run.
    """

    path: Path = Path()
    entries: Mapping[str, KnownDeviation] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    @property
    def unfiled(self) -> tuple[str, ...]:
        """The rules for which nobody has named an issue yet."""
        return tuple(each.rule for each in self.entries.values() if each.issue == _TO_BE_FILED)

    def judge(self, result: "RuleResult", runs: Sequence[RunResult]) -> "RuleResult":
        """Tell a known failure from a new one, and a pass from one that was not expected."""
        entry = self.entries.get(result.id)
        if entry and result.status is Status.PASSED and _had_to_break(result, entry, runs):
            note = f"it holds, although {self.path} lists it: remove it"
            return replace(result, status=Status.UNEXPECTEDLY_PASSED, note=note)
        if entry and result.status is Status.FAILED:
            return self._judge_failure(result, entry, runs)
        return result

    def _judge_failure(
        self, result: "RuleResult", entry: KnownDeviation, runs: Sequence[RunResult]
    ) -> "RuleResult":
        if entry.expires < self.today:
            note = f"the known deviation expired on {entry.expires}: {entry.reason}"
            return replace(result, note=note)
        outside = [run.id for run in runs if run.id in result.runs and not entry.covers(run)]
        if outside:
            note = f"known only whenever {entry.whenever}; also broken in {some_of(outside)}"
            return replace(result, note=note)
        note = f"known until {entry.expires}: {entry.reason} ({entry.issue})"
        return replace(result, status=Status.KNOWN_DEVIATION, note=note)


def _had_to_break(result: "RuleResult", entry: KnownDeviation, runs: Sequence[RunResult]) -> bool:
    """Whether a run judged the rule that had to break it."""
    judged = [run for run in runs if result.id in run.judged and entry.covers(run)]
    if entry.whenever is None:
        # Any run may be the one that breaks it.
        return bool(judged) and not any(run.status is Status.NOT_SELECTED for run in runs)
    return bool(judged)


def read_known_deviations(path: Path, rules: Iterable[Rule], manifest: Manifest) -> KnownDeviations:
    """Read a file of known deviations.

    Raises:
        UsageError: It cannot be read, departs from its schema, or lists a rule that does not exist,
            is listed twice, or does not apply to the reporter.
    """
    known = {rule.id: rule for rule in rules}
    document = read_toml(path, _SCHEMA, lambda found: _wrong_in(found, known, manifest))
    entries = [KnownDeviation(**entry) for entry in document.get("deviation", ())]
    return KnownDeviations(path, {entry.rule: entry for entry in entries})


def _wrong_in(
    document: Mapping[str, Any], known: Mapping[str, Rule], manifest: Manifest
) -> Iterator[str]:
    """The mistakes that a schema cannot describe."""
    entries = document.get("deviation")
    if isinstance(entries, dict):
        yield "deviation: begin each entry with [[deviation]], in double brackets"
    if not isinstance(entries, list):
        return
    listed: set[str] = set()
    for number, entry in enumerate(entries):
        where = f"deviation[{number}]"
        match entry:
            case {"expires": expires} if type(expires) is not date:
                yield (
                    f"{where}.expires is {shown(expires)}: expected a date without quotes, such as "
                    f"{date.today() + timedelta(_DAYS)}"  # noqa: DTZ011 -- the user's day
                )
        match entry:
            case {"whenever": str(words)}:
                yield from _wrong_condition(where, words)
        match entry:
            case {"rule": str(name)}:
                yield from _wrong_rule(where, name, known, manifest)
                if name in listed:
                    yield f"{where}: {name} is listed twice"
                listed.add(name)


def _wrong_condition(where: str, words: str) -> Iterator[str]:
    try:
        Condition.parse(words)
    except UsageError as error:
        yield f"{where}.whenever: {error}"


def _wrong_rule(
    where: str, name: str, known: Mapping[str, Rule], manifest: Manifest
) -> Iterator[str]:
    rule = known.get(name)
    if rule is None:
        yield str(unknown("rule", name, known, where))
    elif rule.feature and rule.feature not in manifest.features:
        yield f"{where}: {name} does not apply: {manifest.name} does not declare {rule.feature}"


def update_known_deviations(deviations: KnownDeviations, verdict: "Verdict") -> tuple[str, ...]:
    """Add what failed to the file, widen what is broken elsewhere, too, and remove what passed.

    All else in the file stays as it is.

    Returns:
        The changes, in words.

    Raises:
        UsageError: The file cannot be written.
    """
    path, known = deviations.path, deviations.entries
    passing = {rule.id for rule in verdict.rules if rule.status is Status.UNEXPECTEDLY_PASSED}
    failing = [rule for rule in verdict.rules if rule.status is Status.FAILED]
    added = [rule for rule in failing if rule.id not in known]
    wider = [
        rule for rule in failing if rule.id in known and known[rule.id].expires >= deviations.today
    ]
    if not (passing or added or wider):
        return ()
    document = tomlkit.parse(read(path) if path.exists() else "")
    entries = document.setdefault("deviation", tomlkit.aot())
    if not isinstance(entries, AoT):
        raise UsageError(
            f"{path} cannot be updated, and stays as it is: begin each entry with [[deviation]]"
        )
    _remove(entries, passing)
    for rule in wider:
        _widen(next(entry for entry in entries if entry["rule"] == rule.id), rule)
    for rule in added:
        entries.append(_entry(rule, deviations.today + timedelta(_DAYS)))
    if not entries:
        del document["deviation"]
    write(path, tomlkit.dumps(document).strip() + "\n")
    return (
        *(f"added {rule.id}: give it a reason and an issue" for rule in added),
        *(f"widened {rule.id}: it is broken {_how(rule)}" for rule in wider),
        *(f"removed {name}" for name in sorted(passing)),
    )


def _remove(entries: Any, passing: Collection[str]) -> None:
    for number in reversed(range(len(entries))):
        if entries[number].get("rule") not in passing:
            continue
        if number + 1 < len(entries):
            following = entries[number + 1].trivia
            following.indent = _comments_behind(entries[number]) + following.indent
        del entries[number]


def _comments_behind(entry: Any) -> str:
    """The comments after an entry, which are about the next one."""
    behind = takewhile(lambda part: part[0] is None, reversed(entry.value.body))
    return "".join(reversed([item.as_string() for _, item in behind])).lstrip()


def _widen(entry: Any, rule: "RuleResult") -> None:
    if rule.whenever is None:
        del entry["whenever"]
    else:
        entry["whenever"] = rule.whenever


def _how(rule: "RuleResult") -> str:
    if rule.whenever is None:
        return f"in {rule.broken} of {count_of(rule.judged, 'run')}"
    return f"whenever {rule.whenever}"


def _entry(rule: "RuleResult", expires: date) -> Any:
    said = " ".join(f"expected {rule.expected}; seen {rule.seen}".split())
    values = {
        "rule": rule.id,
        "whenever": rule.whenever,
        "reason": said if len(said) <= _REASON else f"{said[:_REASON]} ...",
        "issue": _TO_BE_FILED,
        "expires": expires,
    }
    entry = tomlkit.table()
    entry.trivia.indent = "\n"
    for name, value in values.items():
        if value is not None:
            entry.add(name, value)
    return entry
