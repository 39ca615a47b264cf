"""The rules that a reporter is known to break, each with a reason and an expiry date.

A known deviation is still judged and must still fail: one that passes, or has expired, fails the
run, and so does the rule where it is broken outside of the deviation's circumstances, or holds in
them.  One that is flaky may hold, and is told all the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import tomlkit
from msgspec import Meta, Struct
from tomlkit.items import AoT

from ..adapters.manifest import Manifest
from ..disk.files import read, write
from ..disk.input_files import invalid, read_toml
from ..spec.rules import Rule
from ..words.errors import UsageError
from ..words.names import count_of, some_of, unknown
from .circumstances import ALWAYS, holds_in
from .runs import RunResult
from .status import Status

if TYPE_CHECKING:
    from .verdict import RuleResult, Verdict

_SCHEMA = "known-deviations"
_DAYS = 90
# The last days on which each run says that a deviation expires.
_SOON = 14
_Circumstances = Annotated[
    str, Meta(pattern=f"^{ALWAYS}$|. is .", examples=["file_format is yaml"])
]


class KnownDeviation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule that the reporter is known to break.

    Attributes:
        rule: The id of the rule, or a family of rules, at least one of which is broken.
        whenever: The circumstances under which the reporter breaks it; any, without it.
        flaky: Whether the reporter breaks it only at times.
        reason: Why the reporter breaks it.
        issue: A link to the issue.
        expires: The last day on which the deviation is accepted, a date.
    """

    rule: Annotated[str, Meta(examples=["KEY-03", "KEY-*"])]
    whenever: _Circumstances | None = None
    flaky: bool = False
    reason: Annotated[str, Meta(min_length=1, examples=["the prefix is joined as it is"])]
    issue: Annotated[str, Meta(min_length=1, examples=["https://example.org/issues/1"])]
    expires: Annotated[date, Meta(examples=["2027-01-31"])]

    def covers(self, run: RunResult) -> bool:
        """Whether a run is one in which the rule may be broken."""
        return self.whenever is None or holds_in(self.whenever, run)

    def names(self, rule: str) -> bool:
        """Whether it is about a rule, alone or with its family."""
        return self.rule in {rule, _family_of(rule)}


class KnownDeviationsFile(Struct, forbid_unknown_fields=True):
    """The rules that a reporter is known to break.

    Attributes:
        deviation: The deviations; each begins with [[deviation]], in double brackets.
    """

    deviation: tuple[KnownDeviation, ...] = ()


@dataclass(frozen=True)
class KnownDeviations:
    """The content of a file, by rule, and how results look in its light on a day."""

    path: Path = Path()
    entries: Mapping[str, KnownDeviation] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    def judge(self, result: "RuleResult", runs: Sequence[RunResult]) -> "RuleResult":
        """Tell a known failure from a new one, and a pass from one that was not expected."""
        entry = self.entry_of(result.id)
        if entry is None:
            return result
        known = f"known {self._until(entry.expires)}: {entry.reason} ({entry.issue})"
        is_current = entry.expires >= self.today
        if result.status is Status.PASSED:
            if entry.flaky and is_current:
                note = f"it holds this time; it is flaky, {known}"
                return replace(result, status=Status.KNOWN_DEVIATION, note=note)
            if _had_to_break(result, entry, runs):
                note = f"it holds, although {self.path} lists {entry.rule}: remove it"
                return replace(result, status=Status.UNEXPECTEDLY_PASSED, note=note)
        if result.status is not Status.FAILED:
            return result
        outside = [run.id for run in runs if run.id in result.runs and not entry.covers(run)]
        if not is_current:
            note = f"the known deviation expired on {entry.expires}: {entry.reason}"
        elif outside:
            none = "" if any(map(entry.covers, runs)) else ", which is so in no run"
            also = "also " if len(outside) < len(result.runs) else ""
            where = f"{also}broken in {some_of(outside)}"
            note = f"known only whenever {entry.whenever}{none}; {where}"
        elif inside := _kept_inside(entry, result.id, runs):
            when = ALWAYS if entry.whenever == ALWAYS else f"whenever {entry.whenever}"
            note = f"known to be broken {when}, but it holds in {some_of(inside)}"
        else:
            return replace(result, status=Status.KNOWN_DEVIATION, note=known)
        return replace(result, note=note)

    def _until(self, day: date) -> str:
        left = (day - self.today).days
        if left == 0:
            return "until today"
        return f"until {day}" + (f", for {count_of(left, 'more day')}" if 0 < left <= _SOON else "")

    def entry_of(self, rule: str) -> KnownDeviation | None:
        """The entry about a rule: its own, or that of its family."""
        return self.entries.get(rule) or self.entries.get(_family_of(rule))


def _family_of(rule: str) -> str:
    return f"{rule.rpartition('-')[0]}-*"


def _kept_inside(entry: KnownDeviation, rule: str, runs: Sequence[RunResult]) -> list[str]:
    """The runs that keep a rule in the circumstances that the rule's own entry says break it."""
    if entry.whenever is None or entry.flaky or entry.rule != rule:
        return []
    return [run.id for run in runs if rule in run.kept and entry.covers(run)]


def _had_to_break(result: "RuleResult", entry: KnownDeviation, runs: Sequence[RunResult]) -> bool:
    """Whether a run judged the rule that had to break it, or another one of its family."""
    if any(entry.names(finding.rule) for run in runs for finding in run.findings):
        return False
    if entry.whenever is None and any(run.status is Status.NOT_SELECTED for run in runs):
        # Any run may be the one that breaks it.
        return False
    return any(result.id in run.judged and entry.covers(run) for run in runs)


def read_known_deviations(path: Path, rules: Iterable[Rule], manifest: Manifest) -> KnownDeviations:
    """Read a file of known deviations.

    Raises:
        UsageError: It cannot be read, departs from its schema, or lists a rule that does not exist,
            is listed twice, or does not apply to the reporter.
    """
    entries = read_toml(path, KnownDeviationsFile, _SCHEMA).deviation
    if wrong := tuple(_wrong_in(entries, {rule.id: rule for rule in rules}, manifest)):
        raise invalid(path, _SCHEMA, *wrong)
    return KnownDeviations(path, {entry.rule: entry for entry in entries})


def _wrong_in(
    entries: Sequence[KnownDeviation], known: Mapping[str, Rule], manifest: Manifest
) -> Iterator[str]:
    """The mistakes that a schema cannot describe."""
    listed: set[str] = set()
    families = {*map(_family_of, known)}
    for number, entry in enumerate(entries):
        where, name = f"deviation[{number}]", entry.rule
        features = {rule.feature for rule in known.values() if entry.names(rule.id)}
        if name not in {*known, *families}:
            yield str(unknown("rule", name, families if "*" in name else known, where))
        elif features and not features & {None, *manifest.features}:
            missing = ", ".join(sorted(filter(None, features)))
            yield f"{where}: {name} does not apply: {manifest.name} does not declare {missing}"
        if name in listed:
            yield f"{where}: {name} is listed twice"
        listed.add(name)


def update_known_deviations(deviations: KnownDeviations, verdict: "Verdict") -> tuple[str, ...]:
    """Add what failed to the file, renew circumstances that do not fit, and remove what passed.

    All else in the file stays as it is.

    Returns:
        The changes, in words.

    Raises:
        UsageError: The file cannot be written, or not without a change of all else.
    """
    path = deviations.path
    changing = {Status.FAILED, Status.UNEXPECTEDLY_PASSED}
    rules = [rule for rule in verdict.rules if rule.status in changing]
    if not rules:
        return ()
    document = tomlkit.parse(read(path) if path.exists() else "")
    entries = document.setdefault("deviation", tomlkit.aot())
    if not isinstance(entries, AoT):
        raise UsageError(
            f"{path} cannot be updated, and stays as it is: begin each entry with [[deviation]]"
        )
    changes = tuple(_update(entries, rule, deviations) for rule in rules)
    if not entries:
        del document["deviation"]
    write(path, tomlkit.dumps(document).strip() + "\n")
    return tuple(filter(None, changes))


def _update(entries: Any, rule: "RuleResult", deviations: KnownDeviations) -> str:
    known = deviations.entry_of(rule.id)
    if known is None:
        entries.append(_entry(rule, deviations.today + timedelta(_DAYS)))
        return f"added {rule.id}: give it an issue"
    number = next((n for n, each in enumerate(entries) if each["rule"] == known.rule), None)
    if number is None:
        # It was removed with another rule of the family.
        return ""
    if rule.status is Status.UNEXPECTEDLY_PASSED:
        _remove(entries, number)
        return f"removed {known.rule}"
    if known.expires < deviations.today:
        return ""
    if rule.whenever and known.rule == rule.id:
        entries[number]["whenever"] = rule.whenever
    else:
        entries[number].pop("whenever", None)
    return f"renewed {known.rule}: {rule.id} is broken {rule.extent}"


def _remove(entries: AoT, number: int) -> None:
    """Remove an entry; the comments behind it are about the next one."""
    if number + 1 < len(entries):
        behind = takewhile(lambda part: part[0] is None, reversed(entries[number].value.body))
        comments = "".join(reversed([item.as_string() for _, item in behind])).lstrip()
        following = entries[number + 1].trivia
        following.indent = comments + following.indent
    del entries[number]


def _entry(rule: "RuleResult", expires: date) -> Any:
    given = {
        "rule": rule.id,
        "whenever": rule.whenever,
        "reason": " ".join(f"expected {rule.expected}; seen {rule.seen}".split()),
        "issue": "to be filed",
        "expires": expires,
    }
    entry = tomlkit.item({name: value for name, value in given.items() if value})
    entry.trivia.indent = "\n"
    return entry
