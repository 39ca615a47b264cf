"""The common part of the servers: their processes, their ports, their users, and how they end."""

import os
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

LOOPBACK = "127.0.0.1"
PROFILE = "suite"
# Far away, because a server that ends is noticed at once.
_READY_SECONDS = 900
# Linux gives ports from 32768 on, other systems from 49152 on.
_FIRST_PORT, _PORTS = 20_000, 12_000


class ServerError(Exception):
    """A server does not start."""


@dataclass(frozen=True)
class User:
    """The identity that may do everything on the server."""

    access_key: str
    secret_key: str


def new_user() -> User:
    """Make up keys."""
    return User(secrets.token_hex(10).upper(), secrets.token_hex(20))


def free_ports(count: int) -> list[int]:
    """Find ports on the loopback interface that nobody listens on.

    They are none that a system gives to whoever asks for any: such a one could be taken by the time
    that the server, which has to be told its ports, listens.
    """
    ports: set[int] = set()
    while len(ports) < count:
        port = _FIRST_PORT + secrets.randbelow(_PORTS)
        with socket.socket() as each, suppress(OSError):
            each.bind((LOOPBACK, port))
            ports.add(port)
    return list(ports)


class Daemons:
    """The processes of a server, all of which end with this program.

    Attributes:
        folder: Where they keep their data and logs; deleted at the end.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: list[tuple[subprocess.Popen[bytes], Path]] = []

    def run(self, *command: str | Path) -> None:
        """Run a tool to its end."""
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode:
            raise ServerError(f"{command[0]} failed: {_last_lines(done.stdout + done.stderr)}")

    def start(self, *command: str | Path) -> None:
        """Start a process that stays."""
        log = self.folder / f"{Path(command[0]).name}.log"
        # On Linux, the process ends even if this one is killed.
        tied = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
        with log.open("ab") as output:
            process = subprocess.Popen(
                [*tied, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C in a terminal is for this program, which then ends the others.
                start_new_session=True,
            )
        self._running.append((process, log))

    def wait_until(self, what: str, ready: Callable[[], bool]) -> None:
        """Wait until the server has something, as long as every process lives."""
        deadline = time.monotonic() + _READY_SECONDS
        while not ready():
            self._check()
            if time.monotonic() > deadline:
                raise ServerError(f"after {_READY_SECONDS} seconds, there is no {what}")
            time.sleep(0.1)

    def wait(self) -> None:
        """Wait until a process ends, which none should."""
        while True:
            self._check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Kill the processes: what they keep is thrown away, so they need not save it."""
        for process, _ in self._running:
            process.kill()
            process.wait()

    def _check(self) -> None:
        for process, log in self._running:
            if process.poll() is not None:
                said = _last_lines(log.read_text(errors="replace"))
                raise ServerError(f"{log.stem} ended: {said}")


@contextmanager
def daemons() -> Iterator[Daemons]:
    """Give processes a folder, and end them however this program ends."""
    # In the background of a shell, Ctrl-C would be ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="s3-server-", ignore_cleanup_errors=True) as folder:
        running = Daemons(Path(folder))
        try:
            yield running
        finally:
            running.stop()


def answer(port: int, path: str = "/") -> bytes:
    """The answer of a server on the loopback interface; nothing if there is none yet."""
    connection = HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except (OSError, HTTPException):
        return b""
    finally:
        connection.close()


def serve(server: Daemons, name: str, port: int, user: User) -> None:
    """Print how to verify with the server, and wait until the program is interrupted.

    Args:
        server: Its processes.
        name: Its name and version.
        port: Where its S3 API answers.
        user: Who may do everything.
    """
    credentials = server.folder / "credentials"
    credentials.touch(0o600)
    credentials.write_text(
        f"[{PROFILE}]\n"
        f"aws_access_key_id = {user.access_key}\n"
        f"aws_secret_access_key = {user.secret_key}\n"
    )
    url = f"http://{LOOPBACK}:{port}"
    command = (
        *("s3-reporter-conformance", "verify", "--backend", url, "--backend-name", name),
        *("--backend-profile", PROFILE),
    )
    print(f"export AWS_SHARED_CREDENTIALS_FILE={shlex.quote(str(credentials))}")
    print(shlex.join(command), flush=True)
    print(f"{name} runs until Ctrl-C. Enter the two lines in another terminal.", file=sys.stderr)
    server.wait()


def main(start: Callable[[Daemons], None]) -> int:
    """Run a server until it is interrupted.

    Returns:
        The exit code.
    """
    try:
        with daemons() as server:
            start(server)
    except ServerError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def need(tools: tuple[str, ...], how: str) -> None:
    """Make sure that tools are installed.

    Args:
        tools: Their names.
        how: The command that installs them.
    """
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        raise ServerError(f"{', '.join(missing)} not found; install with: {how}")


def output_of(*command: str | Path) -> str:
    """The output of a tool; its exit code does not count."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _last_lines(text: str) -> str:
    return os.linesep.join(text.splitlines()[-3:])
