"""Hostile surroundings: what a machine, a shell, or a user may have set up around a run."""

import configparser
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

# Modules that the suite and its libraries import once Python has started.
_SHADOWED = (
    *("argparse", "asyncio", "concurrent", "csv", "email", "http", "json", "logging", "platform"),
    *("queue", "random", "secrets", "socket", "ssl", "subprocess", "tempfile", "uuid", "xml"),
    *("boto3", "botocore", "click", "dateutil", "flask", "gherkin", "jinja2", "moto", "pytest"),
    *("conftest", "features", "pytest_bdd", "reference", "steps", "tests", "werkzeug", "yaml"),
)
_PROFILE = """
[{name}]
region = us-west-1
endpoint_url = {trap}
retry_mode = adaptive
credential_process = touch '{trace}'
s3 =
  addressing_style = virtual
"""
_CREDENTIALS = """
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""


def _read() -> configparser.ConfigParser:
    rows = configparser.ConfigParser(interpolation=None)
    rows.optionxform = str  # type: ignore[assignment, method-assign] # variables have capitals
    rows.read(Path(__file__).with_suffix(".ini"), encoding="utf-8")
    return rows


_ROWS = _read()

SURROUNDINGS = tuple(_ROWS.sections())
"""The rows of the table."""

VARIABLES = SURROUNDINGS[: SURROUNDINGS.index("no_utf_8")]
"""The rows that can all be set up at once."""


class Trap:
    """An address on the loopback interface to which nobody should connect."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    @property
    def sprung(self) -> bool:
        """Whether somebody connected."""
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


@dataclass
class Place:
    """The place of a run.

    Attributes:
        root: A folder for all that a row needs.
        trap: An address to lead the suite astray with.
        folder: The current folder.
        environment: The variables to add to those of the tests.
        umask: What new files may not allow.
        namespaces: What the run has to itself, in the words of `unshare`.
        shell: What a shell does before it starts the run.
    """

    root: Path
    trap: Trap
    folder: Path = field(init=False)
    environment: dict[str, str] = field(default_factory=dict)
    umask: int = 0o022
    namespaces: tuple[str, ...] = ()
    shell: str = ""

    def __post_init__(self) -> None:
        self.folder = self.make("folder")

    def make(self, name: str) -> Path:
        """Make a folder."""
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def trace(self) -> Path:
        """The file that appears if a program runs that only the user's settings name."""
        return self.root / "a program of the user ran"

    def surround(self, row: str) -> None:
        """Set the variables of a row of the table, and prepare what they name."""
        user = self._make_user()
        self.environment |= {
            name: value.format(trap=self.trap.url, root=self.root, user=user)
            for name, value in _ROWS[row].items()
        }
        match row:
            case "settings_of_pytest":
                (self.folder / "conftest.py").write_text("raise RuntimeError('loaded')")
                (self.folder / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
            case "shadowing_modules":
                for name in _SHADOWED:
                    module = self.make("shadows") / f"{name}.py"
                    module.write_text("raise SystemExit(f'{__name__} is shadowed')")
            case "strict_umask":
                self.umask = 0o077
            case "read_only_home":
                # A mount, because no mode keeps root from writing.
                self.mount(self.make("read-only"), "ro")
            case "spaces_and_accents":
                self.folder = self.make("mañana 50% 'día' 日本")
                self.make("tëmp földer")

    def mount(self, folder: Path, options: str) -> None:
        """Let a folder be a disk of its own, with some options, that nobody but the run sees."""
        self.namespaces = ("--mount",)
        self.shell = f"mount -t tmpfs -o {options} tmpfs '{folder}'"

    def cut_off(self) -> Path:
        """Leave no network but the loopback interface; return the file for what is sent anyway."""
        trace = self.root / "trace"
        traced = "-f --seccomp-bpf -qq -e signal=none -e trace=connect,sendto,sendmsg,sendmmsg"
        self.namespaces = ("--net",)
        self.shell = f"ip link set lo up && set -- strace {traced} -o '{trace}' \"$@\""
        return trace

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs the suite here."""
        suite = [sys.executable, "-m", "s3_reporter_conformance", *arguments]
        if not self.shell:
            return suite
        alone = ["unshare", "--map-root-user", *self.namespaces] if self.namespaces else []
        return [*alone, "sh", "-c", f'{self.shell} && exec "$@"', "sh", *suite]

    def _make_user(self) -> Path:
        """Make a home with profiles that name a program, and a folder for models of the SDK."""
        self.make("models")
        user = self.make("user")
        (user / "token").write_text("a token of the user")
        aws = self.make("user/.aws")
        (aws / "credentials").write_text(_CREDENTIALS)
        names = ("default", "profile production", "profile audit", "profile ci")
        profiles = (
            _PROFILE.format(name=name, trap=self.trap.url, trace=self.trace) for name in names
        )
        (aws / "config").write_text("".join(profiles))
        return user
