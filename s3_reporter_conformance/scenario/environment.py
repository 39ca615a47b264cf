"""The environment variables of a call, which `docs/contract.md` promises, and its folders."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from ..adapters.processes import clean_environment
from ..s3.credentials import Credentials
from .run import DEFAULT_PROFILE

TEMPORARY = "temporary"
"""The name of the folder beside HOME that is TMPDIR."""

SECRETS = frozenset(
    {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}
)
"""The variables whose values are not shown."""

OF_ANOTHER_REPORTER = b"<p>another reporter's report</p>"
"""The content of the files that others have in the output folder."""

_OF_OTHERS = (
    "reports/ash.html",
    "reports/ash.csv.tmp",
    "reports/ash.sarif",
    "reports/ash.summary.md",
    "reports/ash.yaml",
    "reports/report-of-last-month.json",
    "reports/archive/report.json",
    "ash_aggregated_results.json",
    "scanners/bandit/source/bandit.sarif",
)
# 2020-01-01, in seconds since 1970: a reporter that cleans up finds them old.
_LONG_AGO = 1_577_836_800


def _always(home: Path, endpoint: str) -> dict[str, str]:
    return {
        **clean_environment(),
        "HOME": str(home),
        "TMPDIR": str(home.with_name(TEMPORARY)),
        "AWS_ENDPOINT_URL": endpoint,
        # One SDK call is one request, so that attempts can be counted on the wire.
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


ALWAYS = tuple(_always(Path("home"), ""))
"""The variables that each call gets; a scenario may set others, and these otherwise."""


def environment_of(
    home: Path, endpoint: str, scenario: Mapping[str, str | None]
) -> Mapping[str, str]:
    """The whole environment of a call; a scenario removes a variable by setting it to `None`."""
    environment = {**_always(home, endpoint), **scenario}
    return {name: value for name, value in environment.items() if value is not None}


def fill_home(
    home: Path,
    profiles: Mapping[str, Credentials],
    regions: Mapping[str, str],
    in_config: Collection[str],
) -> None:
    """Write the files of AWS profiles, with their regions, and a file of another program.

    The keys of a profile are in the file `credentials`, or, of some, in `config`: AWS reads both,
    with blanks around the equals sign or without.
    """
    credentials, config = [], []
    for name, each in profiles.items():
        is_default = name == DEFAULT_PROFILE
        equals = " = " if is_default else "="
        keys = [f"{key.lower()}{equals}{value}" for key, value in variables_of(each).items()]
        section = name if is_default else f"profile {name}"
        config += [f"[{section}]", "output = json"]
        if name in in_config:
            config += keys
        else:
            credentials += [f"[{name}]", *keys]
        if name in regions:
            config.append(f"region = {regions[name]}")
    for folder in (".aws", ".cache"):
        (home / folder).mkdir()
    (home / ".cache" / "of-another-program").write_text("{}")
    for lines, file in ((credentials, "credentials"), (config, "config")):
        (home / ".aws" / file).write_text("\n".join([*lines, ""]))


def fill_output_dir(folder: Path) -> None:
    """Write files of other programs, such as other reporters of ASH."""
    paths = [folder / name for name in _OF_OTHERS]
    for parent in {path.parent for path in paths}:
        parent.mkdir(parents=True, exist_ok=True)
    for path in paths:
        path.write_bytes(OF_ANOTHER_REPORTER)
        os.utime(path, (_LONG_AGO, _LONG_AGO))


def variables_of(credentials: Credentials | None) -> dict[str, str]:
    """The environment variables with credentials; none without."""
    if credentials is None:
        return {}
    names = {
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
        "AWS_SESSION_TOKEN": credentials.session_token,
    }
    return {name: value for name, value in names.items() if value}
