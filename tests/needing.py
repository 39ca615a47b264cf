"""Tools that a test needs and that may be missing on the machine of a contributor."""

import os

import pytest


def need(what: str, *, present: bool) -> None:
    """Skip where a tool is missing, but not where all of them have to be there."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI has to have it")
    pytest.skip(f"{what} is missing")
