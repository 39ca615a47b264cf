"""Reporters that print, log, or reply what nobody expects."""

import json
import logging
import os
import sys
from contextlib import suppress
from typing import Any

from .catalogue import BROKEN, FAILED, PASSED, Occasion, kind

_MEGABYTE = 1 << 20
_logger = logging.getLogger(__name__)


def _flood(stream: int) -> None:
    for _ in range(1024):
        os.write(stream, b"0123456789abcde\n" * (_MEGABYTE >> 4))


@kind(BROKEN, None, "more than 64 MB")
def prints_a_gigabyte(occasion: Occasion) -> Any:
    _flood(1)
    return occasion.report()


@kind(BROKEN, None, "more than 64 MB")
def complains_for_a_gigabyte(occasion: Occasion) -> Any:
    _flood(2)
    return occasion.report()


@kind(BROKEN, None, "more than 64 MB")
def logs_a_gigabyte(occasion: Occasion) -> Any:
    line = "x" * _MEGABYTE
    for _ in range(1024):
        _logger.warning(line)
    return occasion.report()


@kind(PASSED)
def logs_a_line_of_ten_megabytes(occasion: Occasion) -> Any:
    _logger.warning("x" * 10 * _MEGABYTE)
    print("x" * 10 * _MEGABYTE, file=sys.stderr)
    return occasion.report()


@kind(PASSED, BROKEN, "malformed")
def prints_a_banner_first(occasion: Occasion) -> Any:
    print("S3 reporter, all rights reserved")
    return occasion.report()


@kind(PASSED, BROKEN, "malformed")
def replies_twice(occasion: Occasion) -> Any:
    returned = occasion.report()
    print(json.dumps({"returned": returned}))
    return returned


@kind(FAILED, BROKEN)
def returns_no_number(_: Occasion) -> Any:
    return float("nan")


@kind(BROKEN, None, "more than 64 MB")
def returns_a_hundred_megabytes(_: Occasion) -> Any:
    return "x" * 100 * _MEGABYTE


@kind(PASSED, BROKEN, "malformed")
def prints_deep_nesting(occasion: Occasion) -> Any:
    print("[" * 1_000_000)
    return occasion.report()


@kind(PASSED, BROKEN, "malformed")
def prints_no_utf_8(occasion: Occasion) -> Any:
    os.write(1, b"\xff\xfe\0")
    return occasion.report()


# No reply in UTF-8 can say it.
@kind(FAILED, BROKEN)
def returns_a_lone_surrogate(_: Occasion) -> Any:
    return "s3://\ud800/\udfff"


@kind(PASSED)
def closes_standard_input(occasion: Occasion) -> Any:
    os.close(0)
    return occasion.report()


@kind(PASSED, BROKEN)
def closes_standard_output(occasion: Occasion) -> Any:
    os.close(1)
    return occasion.report()


@kind(BROKEN)
def closes_every_file(occasion: Occasion) -> Any:
    returned = occasion.report()
    os.closerange(0, 1024)
    return returned


@kind(PASSED)
def writes_into_every_open_file(occasion: Occasion) -> Any:
    for file in range(3, 64):
        with suppress(OSError):
            os.write(file, b"\xff\n[1]\n{}\nnull\n")
    return occasion.report()
