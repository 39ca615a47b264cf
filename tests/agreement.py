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

from differing import PAGE, differences
from real_servers import running_server

from s3_reporter_conformance.reporting.report import read_report
from s3_reporter_conformance.reporting.side_by_side import lines, markdown

SECTION = re.compile(r"(?<=compare like this:\n\n).*(?=\nThe reasons:)", re.DOTALL)
_VERIFY = (sys.executable, "-m", "s3_reporter_conformance", "verify", "reference", "--quiet")


def reports(folder: Path) -> list[Path]:
    """Run the reference on each backend.

    Args:
        folder: Where to write the reports.

    Returns:
        The files, the one of moto first.
    """
    written = [_verify(folder, name, "--backend", name) for name in ("moto", "localstack")]
    for name in ("ceph", "seaweedfs"):
        with running_server(name) as server:
            written.append(_verify(folder, name, *server.arguments, among=server.environment))
    return written


def _verify(
    folder: Path, name: str, *arguments: str, among: Mapping[str, str] = os.environ
) -> Path:
    report = folder / f"{name}.json"
    command = (*_VERIFY, *arguments, "--report", str(report))
    subprocess.run(command, env=dict(among), cwd=folder, check=False)
    return report


def main(*, write: bool) -> int:
    """Compare, print, and update the page if that is wanted.

    Returns:
        The exit code.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = reports(Path(folder))
        read = [read_report(path) for path in paths]
    for line in lines(read, [Path(path.name) for path in paths]):
        print(line)
    table, page = markdown(read), PAGE.read_text()
    if write:
        PAGE.write_text(SECTION.sub(lambda _: table, page))
    return int(differences(table) != differences(page))


if __name__ == "__main__":
    sys.exit(main(write="--write" in sys.argv[1:]))
