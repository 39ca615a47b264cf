"""A request that S3 refuses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """The reason for which S3 refuses a request: its error code, and why, without any secret."""

    code: str
    finding: str

    def __str__(self) -> str:
        return f"{self.code}: {self.finding}"


class RefusedError(Exception):
    """S3 refuses the request at hand; its arguments are those of `Refusal`."""
