"""The exceptions of the suite, by whose fault they are."""


class Nonconformance(AssertionError):  # noqa: N818 -- the finding of a judge, not an error
    """The reporter does not do what a requirement says.

    Attributes:
        expected: What the requirement asks for.
        seen: What was observed instead.
    """

    def __init__(self, expected: str, seen: str) -> None:
        """Take both in words."""
        super().__init__(f"expected: {expected}\nseen: {seen}")
        self.expected = expected
        self.seen = seen


class AdapterError(Exception):
    """The reporter could not be asked: crash, hang, malformed reply.  Nothing can be said of it."""


class AdapterTimeoutError(AdapterError):
    """The reporter did not finish in time."""


class BackendError(Exception):
    """The S3 API that the suite provides failed.  Nothing can be said of the reporter."""


class UsageError(Exception):
    """What the user asked for makes no sense."""


class UnsupportedError(Exception):
    """The backend cannot do for real what a requirement needs, so the requirement is not run."""


class NotInstalledError(Exception):
    """What a requirement needs is optional and missing, so the requirement is not run."""
