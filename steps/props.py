"""What a Given sentence puts on the world for a Then sentence to find."""

from dataclasses import dataclass
from typing import BinaryIO

FOREIGN_FILE = "reports/ash.html"
FOREIGN_TEXT = "<p>another reporter's report</p>"
FOREIGN_FILES = (
    FOREIGN_FILE,
    "reports/ash.csv.tmp",
    "reports/ash.sarif",
    "reports/ash.summary.md",
    "reports/archive/report.json",
    "ash_aggregated_results.json",
    "scanners/bandit/source/bandit.sarif",
)


@dataclass(frozen=True)
class OpenCopy:
    """A local copy that somebody has open.

    Attributes:
        file: The open file.
        content: What was in it when it was opened.
    """

    file: BinaryIO
    content: bytes
