"""The folder in which the suite keeps what the next run may need."""

from pathlib import Path

FOLDER = Path(".s3-reporter-conformance")
"""Its place, in the current folder."""


def make_folder() -> None:
    """Make the folder, of which Git takes no note."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
