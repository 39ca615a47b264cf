"""What S3 would refuse, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from .faults import ErrorResponse


class Aspect(Enum):
    """What S3 looks at before it takes a request."""

    SIGNATURE = "signature"
    SESSION_TOKEN = "session token"  # noqa: S105 -- a name, not a token
    DIGEST = "digest"
    LENGTH = "length"
    HEADERS = "headers"
    KEY = "key"


@dataclass(frozen=True)
class Refusal:
    """A request that S3 would refuse.

    Attributes:
        aspect: What is wrong with it.
        finding: What is wrong, in words, without any secret.
        response: What S3 answers.
    """

    aspect: Aspect
    finding: str
    response: ErrorResponse

    @classmethod
    def of(
        cls,
        aspect: Aspect,
        code: str,
        finding: str,
        message: str = "",
        details: Mapping[str, str] | None = None,
    ) -> "Refusal":
        """Refuse a request.

        Args:
            aspect: What is wrong with it.
            code: S3's error code.
            finding: What is wrong, in words.
            message: S3's message, where it is not always the same for the code.
            details: The further elements of S3's error document.
        """
        return cls(aspect, finding, ErrorResponse.of(code, message, details))

    def __str__(self) -> str:
        """The refusal in words."""
        return f"{self.response.code}: {self.finding}"
