"""Hostile surroundings: what a machine, a shell, or a user may have set up around a run."""

import os
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

# Modules that the suite and its libraries import once Python has started.
_SHADOWED = (
    *("argparse", "asyncio", "concurrent", "csv", "email", "http", "json", "logging", "platform"),
    *("queue", "random", "secrets", "socket", "ssl", "subprocess", "tempfile", "uuid", "xml"),
    *("boto3", "botocore", "click", "dateutil", "flask", "gherkin", "jinja2", "moto", "pytest"),
    *("conftest", "features", "pytest_bdd", "reference", "steps", "tests", "werkzeug", "yaml"),
)


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
        folder.mkdir(parents=True)
        return folder

    @property
    def trace(self) -> Path:
        """The file that appears if a program runs that only the user's settings name."""
        return self.root / "a program of the user ran"


def keys(_: Place) -> Mapping[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "AWS_SESSION_TOKEN": "a token of the user",
        "AWS_SECURITY_TOKEN": "an old token of the user",
        "AWS_CREDENTIAL_EXPIRATION": "2001-01-01T00:00:00Z",
    }


def profile_and_region(_: Place) -> Mapping[str, str]:
    return {
        "AWS_PROFILE": "production",
        "AWS_DEFAULT_PROFILE": "production",
        "AWS_REGION": "us-west-1",
        "AWS_DEFAULT_REGION": "us-west-2",
        "ASH_S3_BUCKET_NAME": "a-bucket-of-the-user",
    }


def role(place: Place) -> Mapping[str, str]:
    token = place.root / "token"
    token.write_text("a token of the user")
    return {
        "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/production",
        "AWS_ROLE_SESSION_NAME": "production",
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(token),
        "AWS_ENDPOINT_URL_STS": place.trap.url,
    }


def container_credentials(place: Place) -> Mapping[str, str]:
    return {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{place.trap.url}/credentials",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a token of the user",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": place.trap.url,
        "ECS_CONTAINER_METADATA_URI_V4": place.trap.url,
    }


def endpoints(place: Place) -> Mapping[str, str]:
    services = ("", "_S3", "_SQS", "_STS", "_IAM")
    return {f"AWS_ENDPOINT_URL{service}": place.trap.url for service in services}


def ignored_endpoints(_: Place) -> Mapping[str, str]:
    return {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}


def certificates(_: Place) -> Mapping[str, str]:
    names = ("AWS_CA_BUNDLE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
    return dict.fromkeys(names, "/nowhere/bundle.pem")


def retries(_: Place) -> Mapping[str, str]:
    return {"AWS_RETRY_MODE": "adaptive", "AWS_MAX_ATTEMPTS": "9"}


def other_settings_of_the_sdk(place: Place) -> Mapping[str, str]:
    return {
        "AWS_CONFIG_FILE": str(_aws(place) / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(_aws(place) / "credentials"),
        "AWS_DATA_PATH": str(place.make("models")),
        "AWS_DEFAULTS_MODE": "mobile",
        "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
        "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "legacy",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "AWS_USE_FIPS_ENDPOINT": "true",
        "BOTO_CONFIG": "/nowhere/boto.cfg",
    }


def settings_of_moto(_: Place) -> Mapping[str, str]:
    return {
        "INITIAL_NO_AUTH_ACTION_COUNT": "0",
        "MOTO_S3_CUSTOM_ENDPOINTS": "http://s3.example.com",
        "MOTO_S3_DEFAULT_MAX_KEYS": "1",
        "S3_IGNORE_SUBDOMAIN_BUCKETNAME": "true",
        "TEST_SERVER_MODE": "true",
    }


def real_looking_profiles(place: Place) -> Mapping[str, str]:
    return {"HOME": str(_aws(place).parent)}


def proxies(place: Place) -> Mapping[str, str]:
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    return {
        **dict.fromkeys(names, place.trap.url),
        **dict.fromkeys(map(str.lower, names), place.trap.url),
        "NO_PROXY": "example.com",
        "no_proxy": "example.com",
    }


def settings_of_pytest(place: Place) -> Mapping[str, str]:
    (place.folder / "conftest.py").write_text("raise RuntimeError('loaded')")
    (place.folder / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    return {
        "PYTEST_ADDOPTS": "--deselect everything --nonsense",
        "PYTEST_PLUGINS": "nosuchplugin",
        "PYTEST_DEBUG": "1",
    }


def settings_of_python(_: Place) -> Mapping[str, str]:
    return {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "1",
        "PYTHONOPTIMIZE": "2",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "error",
    }


def shadowing_modules(place: Place) -> Mapping[str, str]:
    folder = place.make("modules")
    for name in _SHADOWED:
        (folder / f"{name}.py").write_text("raise SystemExit(f'{__name__} is shadowed')")
    return {"PYTHONPATH": str(folder)}


def foreign_language(_: Place) -> Mapping[str, str]:
    names = ("LANG", "LC_ALL", "LANGUAGE")
    return {**dict.fromkeys(names, "tr_TR.UTF-8"), "TZ": "America/St_Johns"}


def no_utf_8(_: Place) -> Mapping[str, str]:
    return {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def strict_umask(place: Place) -> Mapping[str, str]:
    place.umask = 0o077
    return {}


def read_only_home(place: Place) -> Mapping[str, str]:
    # A mount, because no mode keeps root from writing.
    home = place.make("home")
    mount(place, home, "ro")
    return {"HOME": str(home)}


def no_home(_: Place) -> Mapping[str, str]:
    return {"HOME": "/nowhere"}


def spaces_and_accents(place: Place) -> Mapping[str, str]:
    place.folder = place.make("mañana 50% 'día' 日本")
    return {"TMPDIR": str(place.make("tëmp földer"))}


Surround = Callable[[Place], Mapping[str, str]]
"""Prepares a place, and gives the variables to set."""

VARIABLES: tuple[Surround, ...] = (
    keys,
    profile_and_region,
    role,
    container_credentials,
    endpoints,
    ignored_endpoints,
    certificates,
    retries,
    other_settings_of_the_sdk,
    settings_of_moto,
    real_looking_profiles,
    proxies,
    settings_of_pytest,
    settings_of_python,
    shadowing_modules,
    foreign_language,
)
"""The rows that can all be set up at once."""

SURROUNDINGS: tuple[Surround, ...] = (
    *VARIABLES,
    no_utf_8,
    strict_umask,
    read_only_home,
    no_home,
    spaces_and_accents,
)
"""The rows of the table."""


def mount(place: Place, folder: Path, options: str) -> None:
    """Let a folder be a disk of its own, with some options, that nobody but the run sees."""
    place.namespaces = ("--mount",)
    place.shell = f"mount -t tmpfs -o {options} tmpfs '{folder}'"


def cut_off(place: Place) -> Path:
    """Leave no network but the loopback interface; give the file for what is sent nevertheless."""
    trace = place.root / "trace"
    traced = "-f --seccomp-bpf -qq -e signal=none -e trace=connect,sendto,sendmsg,sendmmsg"
    place.namespaces = ("--net",)
    place.shell = f"ip link set lo up && set -- strace {traced} -o '{trace}' \"$@\""
    return trace


def command(place: Place, *arguments: str) -> list[str]:
    """The command line that runs the suite in a place."""
    suite = [sys.executable, "-m", "s3_reporter_conformance", *arguments]
    if not place.shell:
        return suite
    alone = ["unshare", "--map-root-user", *place.namespaces] if place.namespaces else []
    return [*alone, "sh", "-c", f'{place.shell} && exec "$@"', "sh", *suite]


def environment(place: Place) -> dict[str, str]:
    """The whole environment of a run in a place."""
    return {**os.environ, **place.environment}


def _aws(place: Place) -> Path:
    """The profiles of a user, which name a program."""
    folder = place.root / "user" / ".aws"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "credentials").write_text(
        "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
    )
    (folder / "config").write_text(
        "".join(
            f"[{name}]\nregion = us-west-1\nendpoint_url = {place.trap.url}\n"
            f"retry_mode = adaptive\ncredential_process = touch '{place.trace}'\n"
            "s3 =\n  addressing_style = virtual\n"
            for name in ("default", "profile production", "profile audit", "profile ci")
        )
    )
    return folder
