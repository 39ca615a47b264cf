"""What is said of errors that are not the usual ones, got wrong (interpretation 4)."""

from typing import ClassVar

from s3_reporter_conformance.reference import reporter
from s3_reporter_conformance.reference.errors import ErrorType, error_message, error_type

from .catalogue import mutant
from .errors import VAGUE
from .over_reference import Changed


@mutant(aim="ERR-12")
class VagueAboutRareThrottling(Changed):
    """Knows what to say of throttling by the name SlowDown only."""

    changes: ClassVar = {
        "error_message": lambda error, bucket: (
            VAGUE
            if error_type(error) is ErrorType.THROTTLING and "SlowDown" not in str(error)
            else error_message(error, bucket)
        )
    }


@mutant(aim="ERR-12")
class TokensAreDenied(Changed):
    """Takes a session token that is refused for a lack of permission."""

    changes: ClassVar = {
        "error_message": lambda error, bucket: (
            "Access denied: the credentials lack s3:PutObject"
            if any(code in str(error) for code in ("ExpiredToken", "InvalidToken"))
            else error_message(error, bucket)
        )
    }


def said_quietly(message: str) -> str:
    """Return a message, and log it unless it is about credentials."""
    if not any(name in message for name in ("ProfileNotFound", "NoCredentials")):
        reporter.logger.error(message)
    return message


@mutant(aim="ERR-11")
class QuietAboutCredentials(Changed):
    """Returns that there are no credentials, or no such profile, and logs nothing."""

    changes: ClassVar = {"_failure": said_quietly}
