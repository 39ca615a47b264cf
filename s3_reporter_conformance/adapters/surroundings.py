"""The variables that all processes of a reporter share, whatever the scenario and the machine."""

import os
from collections.abc import Mapping
from importlib import resources


def surroundings() -> Mapping[str, str]:
    """The variables under which mistakes show that a machine on UTC would hide."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        # A zone whose offset is never zero, no whole number of hours, and another one in summer,
        # which is when it is winter in the north.  A name, because Node.js takes the POSIX form
        # `<+1245>-12:45` for UTC.
        "TZ": "Pacific/Chatham",
        # The C library looks there, so that the zone is known where the system has none.
        "TZDIR": str(resources.files("tzdata") / "zoneinfo"),
        # Without a locale, programs such as Java 17 read and write US-ASCII.
        "LANG": "C.UTF-8",
    }
