"""Tools that a test needs and that may be missing on the machine of a contributor."""

import os

import pytest


def need_installed(tool: str, *, present: bool) -> None:
    """Skip where a tool is missing, but not where all of them have to be there."""
    if not present and os.environ.get("CI"):
        pytest.fail(f"{tool} is missing, and CI has to have it")
    if not present:
        pytest.skip(f"{tool} is missing")
