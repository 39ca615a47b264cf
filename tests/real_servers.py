"""The servers of `examples/servers`, started and stopped, and reports from them."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

FOLDER = Path(__file__).parents[1] / "examples" / "servers"


@dataclass(frozen=True)
class RealServer:
    """A server that runs, and what it says to add to `verify` and to set."""

    name: str
    url: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    process: "subprocess.Popen[str]"


@contextmanager
def running_server(name: str) -> Iterator[RealServer]:
    """Start a server, `ceph` or `seaweedfs`, as its page says, and stop it."""
    process = subprocess.Popen(
        [sys.executable, str(FOLDER / f"{name}.py")], stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stdout
            _, *exported = shlex.split(process.stdout.readline())
            _, _, *arguments = shlex.split(process.stdout.readline())
            environment = dict(each.split("=", 1) for each in exported)
            options = dict(zip(arguments[::2], arguments[1::2], strict=True))
            yield RealServer(
                options["--backend-name"],
                options["--backend"],
                tuple(arguments),
                {**os.environ, **environment},
                process,
            )
        finally:
            process.terminate()


def unlike_moto(report: Report) -> set[tuple[str, Status]]:
    """The rules whose status differs from moto, where every rule that is asked passes."""
    usual = {Status.PASSED, Status.NOT_CLAIMED, Status.NOT_SELECTED}
    return {
        (each.id, each.status)
        for each in report.rules
        # Spark is not installed here.
        if each.status not in usual and each.id != "EXT-HADOOP-02"
    }
