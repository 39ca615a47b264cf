"""Reporters that print, log, or reply what nobody expects."""

import logging
import os
import sys
from contextlib import suppress

from . import BROKEN, FAILED, PASSED, kind
from .reporter import Misbehaving

_MEGABYTE = 1 << 20
_logger = logging.getLogger(__name__)


@kind(BROKEN, says="more than 64 MB")
def prints_a_gigabyte(reporter: Misbehaving) -> str:
    for _ in range(1024):
        os.write(1, b"0123456789abcde\n" * (_MEGABYTE >> 4))
    return reporter.usual()


@kind(BROKEN, says="more than 64 MB")
def logs_a_gigabyte(reporter: Misbehaving) -> str:
    for _ in range(1024):
        _logger.warning("x" * _MEGABYTE)
    return reporter.usual()


@kind(BROKEN, says="more than 64 MB")
def returns_a_hundred_megabytes(_: Misbehaving) -> str:
    return "x" * 100 * _MEGABYTE


@kind(PASSED)
def logs_a_line_of_ten_megabytes(reporter: Misbehaving) -> str:
    _logger.warning("x" * 10 * _MEGABYTE)
    print("x" * 10 * _MEGABYTE, file=sys.stderr)
    return reporter.usual()


@kind(PASSED, BROKEN, "malformed")
def prints_no_utf_8(reporter: Misbehaving) -> str:
    os.write(1, b"\xff\xfe\0")
    return reporter.usual()


@kind(FAILED, BROKEN)
def returns_no_number(_: Misbehaving) -> float:
    return float("nan")


# No reply in UTF-8 can say it.
@kind(FAILED, BROKEN)
def returns_a_lone_surrogate(_: Misbehaving) -> str:
    return "s3://\ud800/\udfff"


@kind(PASSED, BROKEN)
def closes_standard_streams(reporter: Misbehaving) -> str:
    os.close(0)
    os.close(1)
    return reporter.usual()


@kind(BROKEN)
def closes_every_file(reporter: Misbehaving) -> str:
    returned = reporter.usual()
    os.closerange(0, 1024)
    return returned


@kind(PASSED)
def writes_into_every_open_file(reporter: Misbehaving) -> str:
    for file in range(3, 64):
        with suppress(OSError):
            os.write(file, b"\xff\n[1]\n{}\nnull\n")
    return reporter.usual()
