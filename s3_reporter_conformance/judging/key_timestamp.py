"""Reads the timestamp in an object's key (interpretation 7)."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.parser import isoparse

from ..adapters.processes import LOCAL_ZONE
from ..scenario.run import Run

# Year, month, day, hour, minute, and second; a slash would begin another folder.
_SEPARATOR = r"[^\d/]*"
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_SECONDS = _SEPARATOR.join(rf"(?P<{part}>\d{{{4 if part == 'year' else 2}}})" for part in _PARTS)
_FRACTION = rf"(?:{_SEPARATOR}(?P<fraction>\d+))?"
# As in `10h30m00s`.
_UNIT = r"(?:s|sec|秒|초)?"
_OFFSET = rf"(?P<zone>Z|[+-]\d\d(?:{_SEPARATOR}\d\d)?)"
_ZONE = rf"{_UNIT}(?:(?:[^\w/]|_)*(?:UTC|GMT|(?:UTC|GMT)?{_OFFSET}))?"
# As RFC 9557 annotates a zone; a slash would begin another folder here, too.
_ANNOTATION = r"(?:\[[^\]/]*\])?"
# A hyphen may precede a fraction or a zone.
_FORMS = tuple(
    re.compile(_SECONDS + rest + _ANNOTATION, re.IGNORECASE | re.ASCII)
    for rest in (_FRACTION + _ZONE, _ZONE)
)
_EXTENSIONS = r"(?:\.[a-z]+)"
_FLAGS = re.DOTALL | re.IGNORECASE
_NAME = re.compile(rf"ash-report-(?P<timestamp>[^.].*?){_EXTENSIONS}+", _FLAGS)
_OTHER_NAME = re.compile(rf"\D*(?P<timestamp>\d.*?)(?:\W?ash.report)?{_EXTENSIONS}*", _FLAGS)
# How languages print a missing value, and the instants that they take for a missing time.
_PLACEHOLDER = re.compile(
    r"(?<![^\W_])(none|null|nil|undefined|unknown|missing|nan|invalid.?date)(?![^\W_])|(?-i:NaN)",
    re.IGNORECASE,
)
_UTC = re.compile(r"Z$|UTC|GMT", re.IGNORECASE)
_HALF_A_DAY = timedelta(hours=12)
_FIRST_INSTANTS = ("00010101", "19700101")


def timestamp_in(key: str) -> str | None:
    """The timestamp in a key that ends with `ash-report-<timestamp>.<extension>`.

    Beside another name, it begins with the first digit; that the name or the extension is wrong,
    other rules say.
    """
    name = key.rpartition("/")[2]
    match = _NAME.fullmatch(name) or _OTHER_NAME.fullmatch(name)
    return match["timestamp"] if match else None


def timestamp_of(run: Run) -> str | None:
    """The timestamp in the key of a run; whether a slash precedes the name, another rule says."""
    return timestamp_in(run.key.removeprefix(run.prefix or ""))


def meant_by(start: str | datetime) -> Iterator[str | datetime]:
    """The starts that a start may mean: without a zone, it is in UTC, or in local time."""
    yield start
    with suppress(ValueError):
        moment = _parsed(start)
        if moment.tzinfo is None:
            yield moment.replace(tzinfo=ZoneInfo(LOCAL_ZONE))


def denotes(text: str, start: str | datetime) -> bool:
    """Whether a text denotes the start of a scan.

    It does if it is the start verbatim, or if it holds the year, month, day, hour, minute, and
    second of the same instant in this order, the fraction of the second if there is one, and the
    zone unless it is UTC.  Anything but a slash may separate them.
    """
    with suppress(ValueError):
        return text == str(start) or _instant(start) in instants(text)
    return False


def denotes_roughly(text: str, start: str | datetime) -> bool:
    """Whether a text denotes the start of a scan, but for its fraction and its zone."""
    if denotes(text, start):
        return True
    with suppress(ValueError):
        instant = _instant(start).replace(microsecond=0)
        offset = instant.utcoffset() or timedelta()
        # The zone is there, or lost.
        right = {instant, instant + offset}
        return not right.isdisjoint(each.replace(microsecond=0) for each in instants(text))
    return False


def mistaken_for(text: str, start: str | datetime) -> str:
    """What a wrong timestamp shows of the start instead, in words; empty if nobody can tell."""
    with suppress(ValueError):
        instant = _instant(start)
        if text.startswith(str(int(instant.timestamp()))):
            return "which is the start in seconds since 1970"
        shown = {each.replace(microsecond=0) for each in instants(text)}
        twelve = " or by a clock of 12 hours" if LOCAL_ZONE.endswith("12") else ""
        mistakes = {
            "but for its fraction": timezone.utc,
            f"in local time, {LOCAL_ZONE}, without its zone{twelve}": ZoneInfo(LOCAL_ZONE),
            "without its zone": instant.tzinfo,
        }
        for mistake, zone in mistakes.items():
            clock = instant.astimezone(zone).replace(tzinfo=timezone.utc, microsecond=0)
            if clock in shown:
                is_wrong_utc = zone is not timezone.utc and _UTC.search(text)
                return f"which is the start {mistake}{' and called UTC' if is_wrong_utc else ''}"
        if instant.replace(microsecond=0) - _HALF_A_DAY in shown:
            return "which is the start by a clock of 12 hours"
    return ""


def is_placeholder(text: str) -> bool:
    """Whether a text contains a word for a missing value, or is the first instant of a calendar."""
    digits = re.sub(r"\D", "", text)
    return bool(_PLACEHOLDER.search(text)) or digits.startswith(_FIRST_INSTANTS)


def with_zone(moment: datetime) -> datetime:
    """A time with its zone, so that it equals the same instant in another one; by default UTC."""
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc)


def _instant(start: str | datetime) -> datetime:
    return with_zone(_parsed(start))


def _parsed(start: str | datetime) -> datetime:
    return start if isinstance(start, datetime) else isoparse(start)


def instants(text: str) -> Iterator[datetime]:
    """The instants that a text may denote."""
    for match in filter(None, (form.fullmatch(text) for form in _FORMS)):
        parts = match.groupdict()
        fraction = (parts.get("fraction") or "").ljust(6, "0")
        # No scan results hold a finer fraction.
        if fraction[6:].strip("0"):
            continue
        numbers = [int(part) for part in match.group(*_PARTS)] + [int(fraction[:6])]
        with suppress(ValueError, OverflowError):
            yield datetime(*numbers, tzinfo=timezone.utc) - _offset(parts["zone"] or "Z")  # type: ignore[arg-type, misc]


def _offset(zone: str) -> timedelta:
    digits = re.sub(r"\D", "", zone).ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone.startswith("-") else offset
