"""A request that S3 refuses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """The reason for which S3 refuses a request: its error code, and why, without any secret.

    It may follow from the credentials that were given, and not from a mistake.
    """

    code: str
    finding: str
    is_given: bool = False

    def __str__(self) -> str:
        return f"{self.code}: {self.finding}"


class RefusedError(Exception):
    """S3 refuses the request at hand; its arguments are those of `Refusal`."""
