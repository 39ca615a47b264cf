"""Writes the local copy (diagram: local file output)."""

import os
import tempfile
from pathlib import Path


def write_local_copy(output_dir: Path, content: bytes, extension: str) -> Path:
    """Write `<output_dir>/reports/s3-report.<extension>`, completely or not at all.

    Raises:
        OSError: The folder cannot be made or the file cannot be written.
    """
    reports = output_dir / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    target = reports / f"s3-report.{extension}"
    handle, name = tempfile.mkstemp(dir=reports, prefix=".s3-report-")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        unfinished.chmod(0o644)
        unfinished.replace(target)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    return target
