"""The environment variables of a call, which `docs/contract.md` promises to reporters."""

from collections.abc import Mapping
from pathlib import Path

from ..adapters.processes import clean_environment

ALWAYS = (
    *clean_environment(),
    "HOME",
    "TMPDIR",
    "AWS_ENDPOINT_URL",
    "AWS_MAX_ATTEMPTS",
    "AWS_EC2_METADATA_DISABLED",
)
"""The variables that each call gets; a scenario may set others, and these otherwise."""

TEMPORARY = "temporary"
"""The name of the folder beside HOME that is TMPDIR."""

SECRETS = frozenset({"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
"""The variables whose values are not shown."""


def environment_of(
    home: Path, endpoint: str, scenario: Mapping[str, str | None]
) -> Mapping[str, str]:
    """The whole environment of a call; a scenario removes a variable by setting it to `None`."""
    values = (
        *clean_environment().values(),
        str(home),
        str(home.with_name(TEMPORARY)),
        endpoint,
        # One SDK call is one request, so that attempts can be counted on the wire.
        "1",
        "true",
    )
    environment = {**dict(zip(ALWAYS, values, strict=True)), **scenario}
    return {name: value for name, value in environment.items() if value is not None}
