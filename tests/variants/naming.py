"""Other ways to name the object, and to write the same data in it."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml
from dateutil.parser import isoparse

from .plain import Plain, variant

NEPAL = timezone(timedelta(hours=5, minutes=45))


def instant(started: str | datetime, zone: timezone = timezone.utc) -> datetime:
    moment = started if isinstance(started, datetime) else isoparse(started)
    return moment.astimezone(zone)


# The instant in UTC, in ISO 8601's extended format.
IsoTimestamp = variant(timestamp=lambda _, started: instant(started).isoformat())


class DigitsApart(Plain):
    """The instant's digits with hyphens between all of them, and YAML where no format is set."""

    default_format = "yaml"

    def timestamp(self, started: str | datetime) -> str:
        moment = instant(started)
        fraction = f"-{moment.microsecond:06}" if moment.microsecond else ""
        return f"{moment:%Y-%m-%d-%H-%M-%S}{fraction}"


# The time as the clock at the scan's place showed it, without separators, with its zone.
LocalTime = variant(timestamp=lambda _, started: f"{instant(started, NEPAL):%Y%m%d%H%M%S%f%z}")


class DefaultForEmptyPrefix(Plain):
    """A prefix of its own where none is configured, and where it is empty."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.prefix = self.prefix or "scans"


class Units(Plain):
    """The time with a letter for each unit, and a zone by its distance from UTC."""

    def timestamp(self, started: str | datetime) -> str:
        moment = instant(started, timezone(timedelta(hours=-5)))
        fraction = f".{moment.microsecond:06}" if moment.microsecond else ""
        return f"{moment:%Y-%m-%dT%Hh%Mm%S}{fraction}s UTC-05:00"


class PrettyAndFlow(Plain):
    """JSON indented, sorted and in ASCII; YAML in flow style, by libyaml."""

    def serialize(self, data: Any) -> bytes:
        if self.format == "json":
            return json.dumps(data, indent=4, sort_keys=True).encode()
        return yaml.dump(data, Dumper=yaml.CSafeDumper, default_flow_style=True).encode()


class ReversedAndQuoted(Plain):
    """Keys in reverse; JSON without spaces, in UTF-8; YAML with a beginning, all text in quotes."""

    def serialize(self, data: Any) -> bytes:
        reverse = dict(reversed(data.items()))
        if self.format == "json":
            return json.dumps(reverse, separators=(",", ":"), ensure_ascii=False).encode()
        text = yaml.safe_dump(
            reverse, sort_keys=False, default_style='"', explicit_start=True, allow_unicode=True
        )
        return str(text).encode()
