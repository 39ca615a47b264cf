"""Settings of Python that a user's machine may have, and that no verdict may depend on."""

import os
import sys
from pathlib import Path


def search_own_modules_first() -> None:
    """Search the user's folders last: the current one, and those in PYTHONPATH.

    Otherwise a module there would take the place of one of the standard library, or of a library
    of the suite.
    """
    standard = os.path.dirname(os.__file__)  # noqa: PTH120 -- so as to import nothing before
    if standard in sys.path:
        begin = sys.path.index(standard)
        sys.path[:] = [*sys.path[begin:], *sys.path[:begin]]


def use_utf_8() -> None:
    """Start over in Python's UTF-8 mode, if the locale has an encoding that lacks characters.

    The output folders of the scenarios have names beyond ASCII.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606


def open_standard_streams() -> None:
    """Take the null device for each stream that is closed, as some daemons start programs.

    Otherwise a file that is opened later would get the number of the stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            null = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 -- it stays open
            setattr(sys, name, null)
