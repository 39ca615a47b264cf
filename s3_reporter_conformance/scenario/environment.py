"""The environment variables of a call, which `docs/contract.md` promises to reporters."""

import os
from collections.abc import Mapping
from pathlib import Path

ALWAYS = ("PATH", "HOME", "AWS_ENDPOINT_URL", "AWS_MAX_ATTEMPTS", "AWS_EC2_METADATA_DISABLED")
"""The variables that each call gets; a scenario may set others, and these otherwise."""

SECRETS = frozenset({"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
"""The variables whose values are not shown."""


def environment_of(
    home: Path, endpoint: str, scenario: Mapping[str, str | None]
) -> Mapping[str, str]:
    """The whole environment of a call.

    Args:
        home: The folder with the AWS profiles.
        endpoint: Where S3 is, a URL.
        scenario: What the scenario sets; `None` for a variable that it takes away.
    """
    values = (
        os.environ.get("PATH", os.defpath),
        str(home),
        endpoint,
        # One SDK call is one request, so that attempts can be counted on the wire.
        "1",
        "true",
    )
    environment = {**dict(zip(ALWAYS, values, strict=True)), **scenario}
    return {name: value for name, value in environment.items() if value is not None}
