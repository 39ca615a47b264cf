"""What the backend answers."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from xml.sax.saxutils import unescape

from .faults import THROTTLING


@dataclass(frozen=True)
class Response:
    """An HTTP response.

    Attributes:
        status: The HTTP status.
        headers: Names and values, in their order.
        body: The whole body.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def failed(self) -> bool:
        """Whether the backend failed, or wants to be asked more slowly."""
        if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return True
        return self.status >= HTTPStatus.BAD_REQUEST and (
            self.status == HTTPStatus.TOO_MANY_REQUESTS or self.element("Code") in THROTTLING
        )

    def header(self, name: str) -> str:
        """The value of a header; empty if it is not there.

        Args:
            name: Its name in lower case.
        """
        return next((value for each, value in self.headers if each.lower() == name), "")

    def element(self, name: str) -> str:
        """The text of an element of S3's error document; empty if it is not there."""
        found = re.search(rf"<{name}>([^<]*)</{name}>", self.body.decode(errors="replace"))
        return unescape(found[1]).strip() if found else ""
