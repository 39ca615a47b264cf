"""Builds the object key (diagram: object naming)."""

import re
from datetime import datetime, timezone

from dateutil.parser import isoparse


def object_key(prefix: str, started: str | datetime | None, extension: str) -> str:
    """Build the key `prefix/ash-report-<timestamp>.<extension>` (interpretation 7).

    The timestamp is in ISO 8601's basic format and in UTC, `20260115T103000Z`: it holds no `:`,
    `+`, or space, on which the globs of Spark and Hive fail.  A start without a zone is in UTC; a
    missing one is now.  Raises ValueError or OverflowError if `started` is no time of the years 1
    to 9999 in ISO 8601.
    """
    moment = started or datetime.now(timezone.utc)
    if isinstance(moment, str):
        moment = isoparse(moment)
    if moment.tzinfo:
        moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    timestamp = re.sub("[-:]", "", moment.isoformat())
    name = f"ash-report-{timestamp}Z.{extension}"
    folder = prefix.rstrip("/")
    return f"{folder}/{name}" if folder else name
