"""Builds the object key (diagram: object naming)."""

import re
from datetime import datetime, timezone
from typing import Any

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
        OverflowError: In UTC, it is before the year 1 or after the year 9999.
    """
    folder = prefix.rstrip("/")
    name = f"ash-report-{_timestamp(started)}.{extension}"
    return f"{folder}/{name}" if folder else name


def is_time(value: Any) -> bool:
    """Whether a value is a time that a key can hold."""
    try:
        return isinstance(value, str | datetime) and bool(_timestamp(value))
    except (ValueError, OverflowError):
        return False


def _timestamp(started: str | datetime) -> str:
    moment = started if isinstance(started, datetime) else isoparse(started)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    moment = moment.astimezone(timezone.utc)
    return re.sub("[-:]", "", moment.replace(tzinfo=None).isoformat()) + "Z"
