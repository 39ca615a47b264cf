"""Reporters for the tests of the suite itself: broken ones, and some over the reference."""

import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from s3_reporter_conformance.reference import S3Reporter


class Broken:
    """Is always ready, and does nothing."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        del options, output_dir

    def validate(self) -> bool:
        return True

    def report(self, results: Any) -> str:
        del results
        return "no"


class Raises(Broken):
    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        raise RuntimeError("no luck")


class Exits(Broken):
    def report(self, results: Any) -> str:
        del results
        os._exit(3)


class Sleeps(Broken):
    def report(self, results: Any) -> str:
        del results
        time.sleep(600)
        return "too late"


class RaisesInReport(Broken):
    def report(self, results: Any) -> str:
        del results
        raise KeyError("bucket")


class FalseAlarm(S3Reporter):
    """Breaks a recommendation: it logs an error that never was."""

    def report(self, results: Any) -> str:
        logging.getLogger("mine").error("something went wrong")
        return super().report(results)


class HalfWaits(S3Reporter):
    """Waits half as long as it is told, as equal jitter may."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        halved = {**options, "base_delay": options.get("base_delay", 1) / 2}
        super().__init__(halved, output_dir)


class TwoRetries(S3Reporter):
    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__({**options, "max_retries": 2, "base_delay": 0.01}, output_dir)
