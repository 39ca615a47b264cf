"""What a Given sentence puts on the world for a Then sentence to find."""

from dataclasses import dataclass
from typing import BinaryIO

FOREIGN_FILE = "reports/ash.html"
FOREIGN_TEXT = "<p>another reporter's report</p>"


@dataclass(frozen=True)
class OpenCopy:
    """A local copy that somebody has open.

    Attributes:
        file: The open file.
        content: What was in it when it was opened.
    """

    file: BinaryIO
    content: bytes
