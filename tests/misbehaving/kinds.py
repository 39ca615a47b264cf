"""Reporters that do not merely break a rule, but harm the machine and the suite that runs them."""

import ctypes
import fcntl
import gzip
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from .reporter import Misbehaving

PASSED, FAILED, BROKEN = "passed", "failed", "adapter-error"

HELD = "held"
"""The file, in the folder of the run, that a process keeps locked as long as it lives."""

Misbehavior = Callable[[Any], Any]
"""Takes the place of `report`, given a reporter whose `usual()` does what the reference does."""


@dataclass(frozen=True)
class Kind:
    """One kind of misbehavior.

    Attributes:
        misbehave: The function.
        statuses: The statuses of its run, by adapter.
        says: Words of the findings if it does not pass.
        file_format: The format of the report in whose call it happens.
    """

    misbehave: Misbehavior
    statuses: dict[str, str]
    says: str
    file_format: str


KINDS: dict[str, Kind] = {}


def kind(
    python: str, command: str = "", says: str = "", file_format: str = "json"
) -> Callable[[Misbehavior], Misbehavior]:
    """Put a kind of misbehavior into the catalogue; see `Kind`."""
    statuses = {"python": python, "command": command or python}

    def enter(misbehave: Misbehavior) -> Misbehavior:
        KINDS[misbehave.__name__] = Kind(misbehave, statuses, says, file_format)
        return misbehave

    return enter


_HOURS = 3600 * 5
_SLEEP = shutil.which("sleep") or "sleep"
_MEGABYTE = 1 << 20
_TERABYTE = 1 << 40


def _hold() -> None:
    """Keep the file locked that a test looks at, as long as this process lives."""
    file = os.open(HELD, os.O_RDWR)
    os.set_inheritable(file, True)
    fcntl.flock(file, fcntl.LOCK_SH)


def _stay() -> None:
    _hold()
    time.sleep(_HOURS)
    os._exit(0)


def _without_streams() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)


def _daemon() -> None:
    """Become a daemon as the books tell, and leave no trace in the environment."""
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    _without_streams()
    _hold()
    os.execve(_SLEEP, [_SLEEP, str(_HOURS)], {})  # noqa: S606 -- a daemon needs no shell


@kind(BROKEN, says="did not finish within")
def ignores_every_signal_that_it_can(_: "Misbehaving") -> None:
    _hold()
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    time.sleep(_HOURS)


@kind(PASSED, BROKEN, "left processes running")
def leaves_a_daemon(reporter: "Misbehaving") -> str:
    _daemon()
    return reporter.usual()


@kind(PASSED, BROKEN, "did not finish within")
def leaves_a_thread(reporter: "Misbehaving") -> str:
    threading.Thread(target=_stay).start()
    return reporter.usual()


@kind(BROKEN, says="SIGSEGV")
def segfaults(_: "Misbehaving") -> None:
    # Else it may write a core file of any size.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.string_at(0)


@kind(FAILED, BROKEN)
def takes_all_memory_that_it_may(_: "Misbehaving") -> Any:
    resource.setrlimit(resource.RLIMIT_AS, (0, 0))
    return [bytes(1 << 20) for _ in range(1 << 20)]


@kind(BROKEN)
def kills_its_group(_: "Misbehaving") -> None:
    os.killpg(0, signal.SIGKILL)


@kind(BROKEN)
def kills_its_parent(reporter: "Misbehaving") -> str:
    os.kill(os.getppid(), signal.SIGKILL)
    return reporter.usual()


@kind(BROKEN)
def exits_without_a_word(_: "Misbehaving") -> None:
    os._exit(0)


@kind(PASSED)
def changes_what_its_process_shares(reporter: "Misbehaving") -> str:
    import boto3  # noqa: PLC0415 -- what it patches is its own

    returned = reporter.usual()
    for place, name in ((boto3, "client"), (boto3.Session, "client"), (socket.socket, "connect")):
        setattr(place, name, None)
    os.chdir("/")
    os.environ.clear()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    os.umask(0o777)
    tempfile.tempdir = "/nonexistent"
    sys.path.clear()
    return returned


@kind(BROKEN, says="more than 64 MB")
def prints_a_gigabyte(reporter: "Misbehaving") -> str:
    for _ in range(1024):
        os.write(1, b"0123456789abcde\n" * (_MEGABYTE >> 4))
    return reporter.usual()


@kind(BROKEN, says="more than 64 MB")
def returns_a_hundred_megabytes(_: "Misbehaving") -> str:
    return "x" * 100 * _MEGABYTE


@kind(PASSED, BROKEN, "malformed")
def prints_no_utf_8(reporter: "Misbehaving") -> str:
    os.write(1, b"\xff\xfe\0")
    return reporter.usual()


# No reply in UTF-8 can say it.
@kind(FAILED, BROKEN)
def returns_a_lone_surrogate(_: "Misbehaving") -> str:
    return "s3://\ud800/\udfff"


@kind(BROKEN)
def closes_every_file(reporter: "Misbehaving") -> str:
    returned = reporter.usual()
    os.closerange(0, 1024)
    return returned


@kind(PASSED)
def writes_into_every_open_file(reporter: "Misbehaving") -> str:
    for file in range(3, 64):
        with suppress(OSError):
            os.write(file, b"\xff\n[1]\n{}\nnull\n")
    return reporter.usual()


def _home() -> Path:
    return Path(os.environ["HOME"])


@kind(FAILED, says=".aws")
def removes_its_home(reporter: "Misbehaving") -> str:
    returned = reporter.usual()
    shutil.rmtree(_home())
    return returned


@kind(FAILED)
def makes_its_output_folder_a_link_to_all_processes(reporter: "Misbehaving") -> str:
    """To a folder in which links lead everywhere, and to which nobody can write."""
    shutil.rmtree(reporter.output_dir)
    reporter.output_dir.symlink_to("/proc")
    return reporter.usual()


@kind(PASSED)
def leaves_links_to_everything_pipes_and_locked_folders(reporter: "Misbehaving") -> str:
    for name, target in (("root", "/"), ("proc", "/proc"), ("itself", "itself")):
        (reporter.output_dir / name).symlink_to(target)
    (reporter.output_dir / "zero").symlink_to("/dev/zero")
    for folder in (reporter.output_dir, _home()):
        os.mkfifo(folder / "pipe")
    # So that nobody but root can clean up.
    locked = _home() / "locked"
    locked.mkdir()
    (locked / "file").write_text("here")
    locked.chmod(0)
    return reporter.usual()


@kind(FAILED, says="outside")
def writes_outside(reporter: "Misbehaving") -> str:
    (reporter.output_dir.parent / "outside").write_text("here")
    return reporter.usual()


@kind(FAILED, says="huge")
def leaves_a_huge_file(reporter: "Misbehaving") -> str:
    """One that takes no room on the disk, but more memory than there is."""
    for folder in (reporter.output_dir, _home()):
        with (folder / "huge").open("wb") as file:
            file.truncate(_TERABYTE)
    return reporter.usual()


@kind(FAILED)
def leaves_many_files(reporter: "Misbehaving") -> str:
    for number in range(10_500):
        os.mknod(reporter.output_dir / f"{number}")
    return reporter.usual()


@kind(PASSED)
def nests_folders_deeply(reporter: "Misbehaving") -> str:
    """So that no path names the innermost."""
    here = Path.cwd()
    os.chdir(reporter.output_dir)
    for _ in range(3_000):
        Path("d").mkdir()
        os.chdir("d")
    Path("file").write_text("deep down")
    os.chdir(here)
    return reporter.usual()


@kind(FAILED, says="LOC-03")
def leaves_names_of_any_bytes(reporter: "Misbehaving") -> str:
    folder = os.fsencode(reporter.output_dir)
    for name in (b"\xff\xfe", b"new\nline", b"\x1b[31mred", b"-rf"):
        os.mknod(folder + b"/" + name)
    return reporter.usual()


def _connect() -> socket.socket:
    endpoint = urlsplit(os.environ["AWS_ENDPOINT_URL"])
    return socket.create_connection((endpoint.hostname, endpoint.port))


def _send(*pieces: bytes) -> None:
    """Send something on a connection of its own; S3 may hang up on such a client."""
    with _connect() as connection, suppress(OSError):
        for piece in pieces:
            connection.sendall(piece)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1000)


@kind(FAILED, says="14")
def retries_for_ever(reporter: "Misbehaving") -> None:
    while True:
        reporter.usual()


@kind(FAILED, says="requests")
def sends_a_million_small_requests(_: "Misbehaving") -> None:
    """On one connection after the other, and a hundred on each."""
    while True:
        with _connect() as connection, suppress(ConnectionError):
            for _request in range(100):
                connection.sendall(b"GET /bucket/key HTTP/1.1\r\nHost: s3\r\n\r\n")
                connection.recv(1000)


@kind(PASSED)
def opens_a_thousand_connections(reporter: "Misbehaving") -> str:
    connections: list[socket.socket] = []
    with suppress(OSError):
        while len(connections) < 900:
            connections.append(_connect())
    for connection in connections:
        with suppress(OSError):
            connection.sendall(b"GET / HT")
    for connection in connections:
        connection.close()
    return reporter.usual()


@kind(PASSED)
def sends_no_requests(reporter: "Misbehaving") -> str:
    """HTTP/2, TLS, noise, and endless lines."""
    _send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    _send(b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + os.urandom(160))
    _send(os.urandom(1 << 16))
    _send(b"\r\n" * 10_000)
    _send(b"BREW / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET\r\n\r\n")
    _send(b"GET /" + b"a" * (1 << 20))
    _send(b"GET / HTTP/1.1\r\n", b"a: b\r\n" * 10_000)
    _send(b"GET / HTTP/1.1\r\na: ", b"b" * (1 << 20))
    return reporter.usual()


@kind(FAILED, says="EntityTooLarge")
def uploads_two_hundred_megabytes(reporter: "Misbehaving") -> str:
    try:
        return reporter.put("ash-report.json", bytes(200 << 20))
    except Exception as error:  # noqa: BLE001 -- S3 hangs up, which an SDK meets in many ways
        return str(error)


def _upload(reporter: "Misbehaving", content: bytes) -> str:
    return reporter.put("ash-report-2026.yaml", content, ContentType="application/yaml")


@kind(FAILED, file_format="yaml")
def uploads_a_bomb_of_aliases(reporter: "Misbehaving") -> str:
    """A YAML document of a few lines that denotes 10 to the power of 12 items."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 13)]
    # Where the suite compares it, too.
    lines += [f"{name}: *a12" for name in ("metadata", "scanner_results", "sarif")]
    return _upload(reporter, "\n".join(lines).encode())


@kind(FAILED)
def uploads_a_compressed_bomb(reporter: "Misbehaving") -> str:
    return _upload(reporter, gzip.compress(bytes(1 << 26)) * 20)
