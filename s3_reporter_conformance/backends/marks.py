"""What marks a bucket or a queue as the suite's own, so that it is found again after a crash."""

import secrets

PREFIX = "s3-reporter-conformance-"
"""What the names of buckets and queues begin with where others may have theirs, too."""

TAG = {"s3-reporter-conformance": "delete-me"}
"""The tag without which nothing is deleted that another run left."""

TAG_SET = [{"Key": key, "Value": value} for key, value in TAG.items()]
"""The same, as S3 has it."""

OWNER = "s3-reporter-conformance.owner"
"""The tag of a bucket that says which process made it; see `owners`."""


def new_name() -> str:
    """A name for a bucket or a queue with which something is tried."""
    return f"{PREFIX}probe-{secrets.token_hex(6)}"
