"""Writes the local copy (diagram: local file output)."""

from pathlib import Path


def write_local_copy(output_dir: Path, content: bytes, extension: str) -> None:
    """Write `<output_dir>/reports/s3-report.<extension>`, completely, or raise OSError."""
    reports = output_dir / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    unfinished = reports / f".s3-report.{extension}"
    try:
        unfinished.write_bytes(content)
        unfinished.replace(reports / f"s3-report.{extension}")
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
