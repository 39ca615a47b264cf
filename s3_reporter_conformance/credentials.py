"""AWS access keys, made up for a run or read from a profile."""

import string
from dataclasses import dataclass
from random import Random

REGION = "us-east-1"
"""The region for which the suite itself signs."""

_LETTERS = string.ascii_uppercase + "234567"


@dataclass(frozen=True)
class Credentials:
    """An access key.  Each profile has its own, so that requests tell profiles apart."""

    access_key_id: str
    secret_access_key: str

    @classmethod
    def random(cls, rng: Random) -> "Credentials":
        """Make up an access key of the usual form."""
        key_id = "AKIA" + "".join(rng.choices(_LETTERS, k=16))
        return cls(key_id, f"{rng.getrandbits(160):040x}")
