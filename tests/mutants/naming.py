"""The object's name, got wrong (diagram: object naming)."""

import re
import time
from datetime import datetime, timezone
from itertools import count
from typing import Any, ClassVar
from unicodedata import normalize
from urllib.parse import quote, unquote

from dateutil.parser import isoparse
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.naming import object_key

from .catalogue import mutant
from .over_reference import Changed, ChangedConfiguration, ChangedPut


@mutant(aim="KEY-01")
class UploadTime(Changed):
    """Takes the time of the upload for the timestamp."""

    changes: ClassVar = {
        "object_key": lambda prefix, _, form: object_key(prefix, datetime.now(timezone.utc), form)
    }


@mutant(aim="KEY-01")
class NoTimestamp(Changed):
    """Gives the reports of all scans one name."""

    changes: ClassVar = {"object_key": lambda prefix, _, form: f"{folder(prefix)}ash-report.{form}"}


@mutant(aim="KEY-06")
class ZoneDropped(Changed):
    """Writes the time as the clock at the scan's place showed it, without its zone."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            prefix, moment(started).replace(tzinfo=None), form
        )
    }


@mutant(aim="KEY-01")
class DateOnly(Changed):
    """Writes the day of the scan, but not the time."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: (
            f"{folder(prefix)}ash-report-{moment(started):%Y%m%d}.{form}"
        )
    }


@mutant(aim="EXT-TIMESTAMP-01")
class NoneInKey(Changed):
    """Writes None, or nothing, where the start of the scan is unknown."""

    changes: ClassVar = {
        "scan_start": lambda results: str(results.metadata.summary_stats.start),
        "object_key": lambda prefix, started, form: (
            f"{folder(prefix)}ash-report-{started}.{form}"
            if started in {"", "None"}
            else object_key(prefix, started, form)
        ),
    }


@mutant(aim="EXT-HADOOP-01")
class TimestampAsItIs(Changed):
    """Writes the timestamp with its colons and plus sign, although it says that it does not."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: f"{folder(prefix)}ash-report-{started}.{form}"
    }


@mutant(aim="KEY-02")
class PrefixIgnored(Changed):
    """Names the object without the configured prefix."""

    changes: ClassVar = {"object_key": lambda _, *rest: object_key("ash-reports/", *rest)}


@mutant(aim="KEY-03")
class NoSlash(Changed):
    """Joins the prefix and the name as they are."""

    changes: ClassVar = {"object_key": lambda prefix, *rest: prefix + object_key("", *rest)}


@mutant(aim="KEY-05")
class TwoSlashes(Changed):
    """Puts a slash after every prefix, also after one that has it."""

    changes: ClassVar = {
        "object_key": lambda prefix, *rest: (f"{prefix}/" if prefix else "") + object_key("", *rest)
    }


@mutant(aim="KEY-05")
class SlashAtTheBeginning(Changed):
    """Puts a slash after an empty prefix."""

    changes: ClassVar = {
        "object_key": lambda prefix, *rest: f"{prefix.rstrip('/')}/" + object_key("", *rest)
    }


@mutant(aim="KEY-03")
class OtherName(Changed):
    """Calls the object ash_report."""

    changes: ClassVar = {
        "object_key": lambda *parts: object_key(*parts).replace("ash-report-", "ash_report-")
    }


@mutant(aim="KEY-02")
class PrefixDecoded(Changed):
    """Takes a prefix for percent-encoded."""

    changes: ClassVar = {"object_key": lambda prefix, *rest: object_key(unquote(prefix), *rest)}


@mutant(aim="KEY-02")
class PrefixSanitized(Changed):
    """Replaces what a file's name may not have everywhere."""

    changes: ClassVar = {
        "object_key": lambda prefix, *rest: object_key(re.sub(r"[<>|*\\]", "-", prefix), *rest)
    }


@mutant(aim="KEY-02")
class PrefixCut(Changed):
    """Takes no more than a hundred characters of the prefix."""

    changes: ClassVar = {"object_key": lambda prefix, *rest: object_key(prefix[:100], *rest)}


@mutant(aim="KEY-02")
class PrefixNormalized(Changed):
    """Makes one character of a letter and its accent."""

    changes: ClassVar = {
        "object_key": lambda prefix, *rest: object_key(normalize("NFC", prefix), *rest)
    }


@mutant(aim="KEY-02")
class KeyQuoted(ChangedPut):
    """Percent-encodes the key, which the SDK then does once more."""

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments | {"Key": quote(arguments["Key"])})


@mutant(aim="KEY-04")
class TxtForJson(Changed):
    """Gives JSON the extension .txt."""

    changes: ClassVar = {"object_key": lambda *parts: object_key(*parts).replace(".json", ".txt")}


@mutant(aim="KEY-04")
class AlwaysJsonExtension(Changed):
    """Gives YAML the extension .json."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, _: object_key(prefix, started, "json")
    }


@mutant(aim="KEY-04")
class YmlExtension(Changed):
    """Gives YAML the extension .yml."""

    changes: ClassVar = {"object_key": lambda *parts: object_key(*parts).replace(".yaml", ".yml")}


@mutant(aim="KEY-04")
class NoExtension(Changed):
    """Names the object without an extension."""

    changes: ClassVar = {
        "object_key": lambda *parts: object_key(*parts).removesuffix(f".{parts[-1]}")
    }


@mutant(aim="ERR-06")
class NewTimestampInEachRetry(ChangedPut):
    """Takes a new timestamp for each retry."""

    attempts = count()

    def put(self, client: Any, put_object: Any, arguments: dict[str, Any]) -> Any:
        if attempt := next(self.attempts):
            arguments["Key"] = arguments["Key"].replace("Z.", f".{attempt}Z.")
        return put_object(**arguments)


@mutant(aim="EXT-PREFIX-01")
class OtherDefaultPrefix(ChangedConfiguration):
    """Has another default prefix than it says."""

    def change(self, configuration: Any, options: Any) -> Any:
        return type(configuration)(
            **vars(configuration) | {"prefix": options.get("key_prefix", "reports/")}
        )


@mutant(aim="KEY-01")
class NamedByGeneration(S3Reporter):
    """Names the object by when the results were generated, not by when the scan started."""

    def report(self, results: Any) -> str:
        started = results.metadata.summary_stats.start
        later = moment(started or "2026-01-15T10:30:00Z").timestamp() + 60
        generated = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(later))
        return super().report(_Restarted(results, generated))


class _Restarted:
    def __init__(self, results: Any, start: str) -> None:
        self.to_simple_dict = results.to_simple_dict
        stats = type("Stats", (), {"start": start})
        self.metadata = type("Metadata", (), {"summary_stats": stats, "generated_at": start})


@mutant(aim="KEY-06")
class FractionDropped(Changed):
    """Writes whole seconds, so that one of two scans in a second replaces the other."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            prefix, moment(started).replace(microsecond=0), form
        )
    }


@mutant(aim="SEQ-01")
class StartMustBeText(Changed):
    """Fails if the start of the scan is not text."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(prefix, isoparse(started), form)
    }


@mutant(aim="KEY-07")
class NoneForPrefix(ChangedConfiguration):
    """Writes None where no prefix is configured."""

    def change(self, configuration: Any, options: Any) -> Any:
        return type(configuration)(
            **vars(configuration) | {"prefix": str(options.get("key_prefix"))}
        )


@mutant(aim="EXT-TIMESTAMP-01")
class FirstInstantInKey(Changed):
    """Names the report by the first instant that it knows where the start is unknown."""

    changes: ClassVar = {
        "scan_start": lambda results: (
            results.metadata.summary_stats.start or "1970-01-01T00:00:00+00:00"
        )
    }


@mutant(aim="EXT-TIMESTAMP-01")
class WordInKey(Changed):
    """Writes a word for nothing among others where the start of the scan is unknown."""

    changes: ClassVar = {
        "scan_start": lambda results: results.metadata.summary_stats.start or "",
        "object_key": lambda prefix, started, form: (
            object_key(prefix, started, form)
            if started
            else f"{folder(prefix)}ash-report-at-<nil>-{time.time_ns()}.{form}"
        ),
    }


def moment(started: Any) -> datetime:
    """The start of the scan, which is text or a datetime."""
    return started if isinstance(started, datetime) else isoparse(started)


def folder(prefix: str) -> str:
    """The prefix with one slash at its end, or nothing."""
    return f"{prefix.rstrip('/')}/" if prefix else ""


@mutant(aim="KEY-01")
class MidnightWithoutTime(Changed):
    """Writes the date alone if the scan started at midnight, UTC."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(prefix, started, form).replace(
            "T000000Z", ""
        )
    }


@mutant(aim="KEY-06")
class SignOfMinutesLost(Changed):
    """Takes an offset of less than an hour for one to the east."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            prefix, str(started).replace("-00:30", "+00:30"), form
        )
    }


@mutant(aim="KEY-02")
class YamlPrefixExpanded(Changed):
    """Expands the prefix as a date, for reports in YAML."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            moment(started).strftime(prefix.replace("% ", "%% ")) if form == "yaml" else prefix,
            started,
            form,
        )
    }


@mutant(aim="KEY-06")
class YamlFractionDropped(Changed):
    """Drops the fraction of the second in the names of reports in YAML."""

    changes: ClassVar = {
        "object_key": lambda prefix, started, form: object_key(
            prefix, moment(started).replace(microsecond=0) if form == "yaml" else started, form
        )
    }
