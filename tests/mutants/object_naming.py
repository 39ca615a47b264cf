"""Wrong keys (diagram: object naming)."""

import re
import time
from datetime import datetime, timezone
from posixpath import normpath
from types import SimpleNamespace
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, unquote

from dateutil.parser import isoparse

from .mutant import Change, Mutant, each, for_form, is_retry, sending, when


def moment(started: str | datetime | None) -> datetime:
    """The start of the scan, which is text or a datetime; now if it is missing."""
    started = started or datetime.now(timezone.utc)
    return started if isinstance(started, datetime) else isoparse(started)


def prefixed(prefix: str, name: str) -> str:
    return f"{prefix.rstrip('/')}/{name}" if prefix else name


def with_prefix(change: Change) -> Change:
    """The right name, with something done to the prefix."""
    return lambda right, prefix, *rest: right(change(prefix), *rest)


def with_start(change: Change) -> Change:
    """The right name, with something done to the start of the scan."""
    return lambda right, prefix, started, form: right(prefix, change(moment(started)), form)


def renamed(old: str, new: str) -> Change:
    """The right name, but for a part of it."""
    return lambda right, *parts: right(*parts).replace(old, new)


def if_unknown(name: Change) -> Change:
    """Another name if the start of the scan is unknown."""
    return lambda right, prefix, started, form: (
        right(prefix, started, form) if started else prefixed(prefix, f"{name(started)}.{form}")
    )


def year_of_the_week(right: Any, prefix: str, started: Any, form: str) -> str:
    """The key with YYYY for yyyy, which differs at the turn of the year."""
    at = moment(started)
    at = at.replace(tzinfo=at.tzinfo or timezone.utc).astimezone(timezone.utc)
    return str(right(prefix, started, form)).replace(f"{at:-%Y}", f"{at:-%G}")


def prefix_expanded(right: Any, prefix: str, started: Any, form: str) -> Any:
    return right(moment(started).strftime(prefix.replace("% ", "%% ")), started, form)


def named_by_generation(self: Any, right: Any, results: Any) -> Any:
    started = results.metadata.summary_stats.start
    later = moment(started or "2026-01-15T10:30:00Z").timestamp() + 60
    generated = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(later))
    stats = SimpleNamespace(start=generated)
    metadata = SimpleNamespace(summary_stats=stats, generated_at=generated)
    return right(SimpleNamespace(to_simple_dict=results.to_simple_dict, metadata=metadata))


def new_timestamp(self: Any, right: Any, arguments: Any) -> Any:
    key = arguments["Key"].replace("Z.", f".{self.attempts}Z.")
    return right({**arguments, "Key": key})


without_fraction = with_start(lambda started: started.replace(microsecond=0))

MUTANTS = (
    # The timestamp.
    *each(
        "KEY-01",
        "object_key",
        UploadTime=with_start(lambda _: datetime.now(timezone.utc)),
        NoTimestamp=lambda _, prefix, started, form: prefixed(prefix, f"ash-report.{form}"),
        DateOnly=lambda _, prefix, started, form: prefixed(
            prefix, f"ash-report-{moment(started):%Y%m%d}.{form}"
        ),
        EpochSeconds=lambda _, prefix, started, form: prefixed(
            prefix, f"ash-report-{moment(started).timestamp():.0f}.{form}"
        ),
        YearOfTheWeek=year_of_the_week,
        MidnightWithoutTime=renamed("T000000Z", ""),
        SignOfMinutesLost=lambda right, prefix, started, form: right(
            prefix, str(started).replace("-00:30", "+00:30"), form
        ),
        # The local time of the machine, as if that were UTC.
        LocalTime=with_start(lambda started: started.astimezone().replace(tzinfo=None)),
    ),
    Mutant("NamedByGeneration", "KEY-01", report=named_by_generation),
    *each(
        "KEY-06",
        "object_key",
        ZoneDropped=with_start(lambda started: started.replace(tzinfo=None)),
        FractionDropped=without_fraction,
        YamlFractionDropped=for_form("yaml", without_fraction),
    ),
    Mutant(
        "StartMustBeText",
        "SEQ-01",
        object_key=lambda right, prefix, started, form: right(prefix, isoparse(started), form),
    ),
    Mutant("NewTimestampInEachRetry", "ERR-06", put=when(is_retry, new_timestamp)),
    # The start is unknown.
    *each(
        "EXT-TIMESTAMP-01",
        "object_key",
        NoneInKey=if_unknown(lambda started: f"ash-report-{started}"),
        FirstInstantInKey=lambda right, prefix, started, form: right(
            prefix, started or "1970-01-01T00:00:00+00:00", form
        ),
        WordInKey=if_unknown(lambda _: f"ash-report-at-<nil>-{time.time_ns()}"),
    ),
    Mutant(
        "TimestampAsItIs",
        "EXT-HADOOP-01",
        object_key=lambda _, prefix, started, form: prefixed(
            prefix, f"ash-report-{started}.{form}"
        ),
    ),
    # The prefix.
    *each(
        "KEY-02",
        "object_key",
        PrefixIgnored=with_prefix(lambda _: "ash-reports/"),
        PrefixDecoded=with_prefix(unquote),
        PrefixSanitized=with_prefix(lambda prefix: re.sub(r"[<>|*\\]", "-", prefix)),
        PrefixCut=with_prefix(lambda prefix: prefix[:100]),
        PrefixNormalized=with_prefix(lambda prefix: normalize("NFC", prefix)),
        PrefixIsAPath=with_prefix(lambda prefix: prefix and normpath(prefix)),
        PrefixIsATemplate=with_prefix(datetime.now(timezone.utc).strftime),
        YamlPrefixExpanded=for_form("yaml", prefix_expanded),
        PrefixCutAtItsDot=with_prefix(lambda prefix: prefix.partition(".")[0]),
    ),
    # The SDK encodes the key once more.
    Mutant("KeyQuoted", "KEY-02", put=sending(Key=lambda given: quote(given["Key"]))),
    Mutant("NoneForPrefix", "KEY-07", prefix=lambda _, options: str(options.get("key_prefix"))),
    Mutant(
        "OtherDefaultPrefix",
        "EXT-PREFIX-01",
        prefix=lambda _, options: options.get("key_prefix", "reports/"),
    ),
    Mutant("NoSlash", "KEY-03", object_key=lambda right, prefix, *rest: prefix + right("", *rest)),
    Mutant(
        "TwoSlashes",
        "KEY-05",
        object_key=lambda right, prefix, *rest: (f"{prefix}/" if prefix else "") + right("", *rest),
    ),
    Mutant(
        "SlashAtTheBeginning",
        "KEY-05",
        object_key=lambda right, prefix, *rest: f"{prefix.rstrip('/')}/" + right("", *rest),
    ),
    # The name and its extension.
    Mutant("OtherName", "KEY-03", object_key=renamed("ash-report-", "ash_report-")),
    *each(
        "KEY-04",
        "object_key",
        TxtForJson=renamed(".json", ".txt"),
        YmlExtension=renamed(".yaml", ".yml"),
        AlwaysJsonExtension=lambda right, prefix, started, _: right(prefix, started, "json"),
        NoExtension=lambda right, *parts: right(*parts).removesuffix(f".{parts[-1]}"),
    ),
)
