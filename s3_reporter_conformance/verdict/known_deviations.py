"""What a reporter is known to miss, each with a reason and a day on which that ends.

A known deviation still runs and must still fail: one that passes, or has expired, fails the run.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

import tomlkit
import tomlkit.exceptions

from ..adapters.manifest import Manifest
from ..errors import UsageError
from ..files import read, write
from ..names import unknown
from ..schemas import read_toml
from ..spec.requirements import Requirement
from ..violations import shown
from .status import Status
from .verdict import Result, Verdict

_SCHEMA = "known-deviations"
_DAYS = 90
_REASON = 160
_TO_BE_FILED = "to be filed"
# Where an entry begins.
_BEGIN = re.compile(r"^(?=[ \t]*\[\[[ \t]*deviation[ \t]*\]\])", re.MULTILINE)


@dataclass(frozen=True)
class KnownDeviation:
    """One requirement that the reporter is known to miss.

    Attributes:
        requirement: Its id.
        reason: Why the reporter misses it.
        issue: Where that is dealt with.
        expires: The last day on which it is accepted.
    """

    requirement: str
    reason: str
    issue: str
    expires: date


@dataclass(frozen=True)
class KnownDeviations:
    """What a file lists, and how results look in its light.

    Attributes:
        path: The file.
        entries: The deviations, by requirement.
        today: The day on which they are looked at.
    """

    path: Path = Path()
    entries: Mapping[str, KnownDeviation] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    @property
    def unfiled(self) -> tuple[str, ...]:
        """The requirements for which nobody has named an issue yet."""
        return tuple(
            each.requirement for each in self.entries.values() if each.issue == _TO_BE_FILED
        )

    def judge(self, result: Result) -> Result:
        """Tell a known failure from a new one, and a pass from one that was not expected."""
        entry = self.entries.get(result.requirement)
        if entry is None:
            return result
        if result.status is Status.PASSED:
            note = f"it passes, although {self.path} lists it: take it out"
            return replace(result, status=Status.UNEXPECTEDLY_PASSED, note=note)
        if result.status is not Status.FAILED:
            return result
        if entry.expires < self.today:
            note = f"the known deviation expired on {entry.expires}: {entry.reason}"
            return replace(result, note=note)
        note = f"known until {entry.expires}: {entry.reason} ({entry.issue})"
        return replace(result, status=Status.KNOWN_DEVIATION, note=note)


def read_known_deviations(
    path: Path, requirements: Iterable[Requirement], manifest: Manifest
) -> KnownDeviations:
    """Read a file of known deviations.

    Raises:
        UsageError: It cannot be read, departs from its schema, or lists something that is no
            requirement, is listed twice, or does not apply to the reporter.
    """
    known = {requirement.id: requirement for requirement in requirements}

    document = read_toml(path, _SCHEMA, lambda found: _wrong_in(found, known, manifest))
    entries = [KnownDeviation(**entry) for entry in document.get("deviation", ())]
    return KnownDeviations(path, {entry.requirement: entry for entry in entries})


def _wrong_in(
    document: Mapping[str, Any], known: Mapping[str, Requirement], manifest: Manifest
) -> Iterator[str]:
    """What a schema cannot say of known deviations."""
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
            case {"requirement": str(name)}:
                yield from _wrong_requirement(where, name, known, manifest)
                if name in listed:
                    yield f"{where}: {name} is listed twice"
                listed.add(name)


def _wrong_requirement(
    where: str, name: str, known: Mapping[str, Requirement], manifest: Manifest
) -> Iterator[str]:
    requirement = known.get(name)
    if requirement is None:
        yield str(unknown("requirement", name, known, where))
    elif requirement.feature and requirement.feature not in manifest.features:
        yield (
            f"{where}: {name} does not apply: {manifest.name} does not declare "
            f"{requirement.feature}"
        )


def update_known_deviations(deviations: KnownDeviations, verdict: Verdict) -> tuple[str, ...]:
    """Add what failed to the file and take out what passed; all else in it stays as it is.

    Returns:
        What was done, in words.

    Raises:
        UsageError: The file cannot be written.
    """
    path = deviations.path
    passing = {r.requirement for _, r in verdict.results if r.status is Status.UNEXPECTEDLY_PASSED}
    failing = [
        result
        for _, result in verdict.results
        if result.status is Status.FAILED and result.requirement not in deviations.entries
    ]
    expires = deviations.today + timedelta(_DAYS)
    before = read(path) if path.exists() else ""
    blocks = [_without(passing, block) for block in _BEGIN.split(before)]
    text = "\n\n".join([*("".join(blocks).rstrip(),), *(_entry(r, expires) for r in failing)])
    kept = {n: entry for n, entry in deviations.entries.items() if n not in passing}
    _check_written(path, text, kept, [result.requirement for result in failing])
    write(path, text.strip() + "\n")
    return (
        *(f"added {result.requirement}: give it a reason and an issue" for result in failing),
        *(f"took out {name}" for name in sorted(passing)),
    )


def _check_written(
    path: Path, text: str, kept: Mapping[str, KnownDeviation], added: Collection[str]
) -> None:
    """Make sure that an update says what it is meant to, before it takes the place of the file."""
    entries = _listed(text)
    found = {entry.get("requirement"): entry for entry in entries}
    as_before = all(found.get(name) == vars(entry) for name, entry in kept.items())
    if not as_before or found.keys() != {*kept, *added} or len(entries) > len(found):
        raise UsageError(
            f"{path} cannot be updated, and stays as it is: expected entries that each begin "
            "with a line [[deviation]]"
        )


def _listed(text: str) -> list[dict[str, Any]]:
    """The entries of a file, or of a part of it; none if it cannot be read."""
    try:
        entries: list[dict[str, Any]] = tomlkit.parse(text).unwrap().get("deviation", [])
    except tomlkit.exceptions.TOMLKitError:
        return []
    return entries


def _without(passing: Collection[str], block: str) -> str:
    """What stays of a block: all of it, or the comments behind it, which belong to the next."""
    if not any(entry.get("requirement") in passing for entry in _listed(block)):
        return block
    lines = block.splitlines(keepends=True)
    return "".join(reversed(list(takewhile(_is_aside, reversed(lines)))))


def _is_aside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _entry(result: Result, expires: date) -> str:
    findings = result.decisive.findings if result.decisive else {}
    said = " ".join(word for pair in findings.items() for text in pair for word in text.split())
    values = {
        "requirement": result.requirement,
        "reason": said if len(said) <= _REASON else f"{said[:_REASON]} ...",
        "issue": _TO_BE_FILED,
        "expires": expires,
    }
    lines = [f"{name} = {tomlkit.item(value).as_string()}" for name, value in values.items()]
    return "\n".join(["[[deviation]]", *lines])
