"""Builds the object key (diagram: object naming)."""

from datetime import datetime, timezone

from dateutil.parser import isoparse


def object_key(prefix: str, started: str | datetime, extension: str) -> str:
    """Build the key `prefix/ash-report-<timestamp>.<extension>` (interpretation 7).

    The timestamp is written in ISO 8601's basic format and in UTC, `20260115T103000Z`: it holds
    no `:`, `+` or space, on which the globs of Spark and Hive fail.

    Args:
        prefix: With or without a slash at its end; empty for none.
        started: When the scan started; a time without a zone is taken as UTC.
        extension: `json` or `yaml`.

    Raises:
        ValueError: `started` is text that is not ISO 8601.
    """
    folder = prefix.rstrip("/")
    name = f"ash-report-{_timestamp(started)}.{extension}"
    return f"{folder}/{name}" if folder else name


def _timestamp(started: str | datetime) -> str:
    moment = started if isinstance(started, datetime) else isoparse(started)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    moment = moment.astimezone(timezone.utc)
    fraction = f".{moment.microsecond:06}" if moment.microsecond else ""
    return f"{moment:%Y%m%dT%H%M%S}{fraction}Z"
