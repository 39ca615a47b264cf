"""The table of `docs/backends.md`: where the verdicts on the reference depend on the backend.

`python tests/agreement.py` runs the reference on moto, LocalStack, Ceph, and SeaweedFS, and prints
how they compare; with `--write` it updates the page.  Needs Docker with LocalStack's image, and
what `examples/servers` needs.  Ends with 1 if other rules differ than the page says.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from real_servers import running_server

PAGE = Path(__file__).parents[1] / "docs" / "backends.md"
SECTION = re.compile(r"(?<=compare like this:\n\n).*(?=\nThe reasons:)", re.DOTALL)
_BACKENDS = ("moto", "localstack", "ceph", "seaweedfs")


def _suite(*arguments: str, folder: str, among: Mapping[str, str] = os.environ) -> None:
    command = (sys.executable, "-m", "s3_reporter_conformance", *arguments)
    subprocess.run(command, env=dict(among), cwd=folder, check=False)


def _compared(folder: str) -> str:
    """Run the reference on each backend; the rows in which they differ."""
    for name in _BACKENDS:
        verify = ("verify", "reference", "--quiet", "--report", f"{name}.json")
        if name in {"moto", "localstack"}:
            _suite(*verify, "--backend", name, folder=folder)
        else:
            with running_server(name) as server:
                _suite(*verify, *server.arguments, folder=folder, among=server.environment)
    reports = [f"{name}.json" for name in _BACKENDS]
    _suite("compare", *reports, "--markdown", "table.md", folder=folder)
    return Path(folder, "table.md").read_text()


def main(*, write: bool) -> int:
    """Compare, print, and update the page if that is wanted.

    Returns:
        The exit code.
    """
    with tempfile.TemporaryDirectory() as folder:
        table = _compared(folder)
    page = PAGE.read_text()
    if write:
        PAGE.write_text(SECTION.sub(lambda _: table, page))
    # The versions of the backends may differ.
    return int(not all(row in page for row in table.splitlines() if not row.startswith("| rule")))


if __name__ == "__main__":
    sys.exit(main(write="--write" in sys.argv[1:]))
