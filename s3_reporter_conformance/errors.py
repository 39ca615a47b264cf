"""The exceptions of the suite, by whose fault they are."""

from collections.abc import Mapping


class Nonconformance(AssertionError):  # noqa: N818 -- the finding of a judge, not an error
    """The reporter does not meet a requirement.

    Attributes:
        expected: What the requirement demands.
        seen: What was observed instead.
        symptoms: What that tells of where it went wrong, the most telling first: for each diagram
            the nodes at which it comes about.
    """

    def __init__(self, expected: str, seen: str, *symptoms: Mapping[str, frozenset[str]]) -> None:
        """Store all three."""
        super().__init__(f"expected: {expected}\nseen: {seen}")
        self.expected = expected
        self.seen = seen
        self.symptoms = symptoms


class AdapterError(Exception):
    """The adapter broke: a crash, a hang, a malformed reply.  There is no verdict."""


class AdapterTimeoutError(AdapterError):
    """The reporter did not finish in time."""


class BackendError(Exception):
    """The S3 API that the suite provides failed.  There is no verdict."""


class UsageError(Exception):
    """The user's input is invalid."""


class UnsupportedError(Exception):
    """A requirement cannot be checked for real with this backend, or reporter; so it is not run."""


class NotInstalledError(Exception):
    """An optional dependency is missing, so the requirement is not run."""
