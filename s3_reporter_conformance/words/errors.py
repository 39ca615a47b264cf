"""The exceptions of the suite, by whose fault they are."""

QUOTING = "It printed:"
"""The words before what a reporter printed, in the message of an error."""


class Nonconformance(AssertionError):  # noqa: N818 -- the finding of a judge, not an error
    """The reporter breaks a rule."""

    def __init__(self, expected: str, seen: str) -> None:
        """Take the behavior that the rule demands, and the behavior that was observed."""
        super().__init__(f"expected: {expected}\nseen: {seen}")
        self.expected = expected
        self.seen = seen


class UncertainError(Exception):
    """A judge cannot tell whether the reporter breaks a rule."""


class AdapterError(Exception):
    """The adapter broke: a crash, a hang, a malformed reply.  There is no verdict."""


class AdapterTimeoutError(AdapterError):
    """The reporter did not finish in time."""


class BackendError(Exception):
    """The S3 API that the suite provides failed.  There is no verdict."""


class UsageError(Exception):
    """The user's input is invalid."""


class UnsupportedError(Exception):
    """A run cannot be made with this backend, or reporter."""


class NotInstalledError(Exception):
    """An optional dependency is missing, so the run is not made."""
