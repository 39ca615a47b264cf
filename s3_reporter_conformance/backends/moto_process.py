"""Starts the process of the moto server, which ends with this process.

It imports little, so that the server can start while this process still imports the rest.
"""

import atexit
import subprocess
import sys
from functools import cache

from ..words.errors import BackendError
from .sdk_environment import environment_of_moto

# Not `-m`, which would search the current folder for this suite first.  What is installed comes
# before the folders of the user's, in which a script may be called `moto.py`.
_SERVER = """
import sys
sys.path[:] = [*sys.path[1:], *sys.argv[1:]]
import gc
gc.set_threshold(100_000)
from s3_reporter_conformance.backends.moto_server import main
main()
"""


@cache
def start_moto() -> "subprocess.Popen[bytes]":
    """Start the server if it is not running, without waiting until it listens."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment_of_moto(),
        # An interrupt at the terminal must not end the server before the suite has cleaned up.
        start_new_session=True,
    )
    atexit.register(process.communicate)
    atexit.register(process.kill)
    return process


@cache
def port_of_moto() -> int:
    """Wait until the server listens.

    Raises:
        BackendError: It did not start.
    """
    output = start_moto().stdout
    line = output.readline() if output else b""
    if not line.strip():
        raise BackendError("moto did not start; see what it printed above")
    return int(line)
