"""AWS access keys, made up for a run or read from a profile."""

import string
from dataclasses import dataclass
from random import Random

REGION = "us-east-1"
"""The region for which the suite itself signs."""

_LETTERS = string.ascii_uppercase + "234567"
_BASE64 = string.ascii_letters + string.digits + "+/"


@dataclass(frozen=True)
class Credentials:
    """An access key.  Each profile has its own, so that requests tell profiles apart.

    Attributes:
        session_token: What is sent with it where it is temporary; empty if it is not.
        expired: Whether it has been temporary long enough.
        refused: The error code that S3 answers to whatever is not an upload, and AccessDenied also
            to uploads that need more than s3:PutObject; empty if it does not.
    """

    access_key_id: str
    secret_access_key: str
    session_token: str = ""
    expired: bool = False
    refused: str = ""

    @classmethod
    def random(
        cls, rng: Random, *, temporary: bool = False, expired: bool = False
    ) -> "Credentials":
        """Make up an access key of the usual form; a temporary one has a session token."""
        prefix = "ASIA" if temporary or expired else "AKIA"
        key_id = prefix + "".join(rng.choices(_LETTERS, k=16))
        # As AWS makes them, and each has what must be encoded in a URL.
        secret = "".join(rng.choices(_BASE64, k=32)) + "a+b/c+/d"
        if prefix == "AKIA":
            return cls(key_id, secret)
        # With each character of Base64 that has to be encoded in a URL.
        token = "FwoGZXIvYXdzE+/" + "".join(rng.choices(_BASE64, k=344)) + "="
        return cls(key_id, secret, token, expired)
