"""What the requests of a call say about the buckets."""

from collections.abc import Iterable
from http import HTTPStatus

from ..wire.exchange import Exchange

_STORING = frozenset({"PutObject", "CopyObject", "CompleteMultipartUpload"})


def stored_keys(exchanges: Iterable[Exchange], bucket: str) -> frozenset[str]:
    """The keys under which a bucket was seen to store objects, as far as nothing was deleted.

    Args:
        exchanges: What was seen, in order.
        bucket: The bucket's real name.
    """
    here = [e for e in exchanges if e.succeeded and e.bucket == bucket]
    if any(e.operation.startswith("Delete") for e in here):
        return frozenset()
    return frozenset(e.key for e in here if e.operation in _STORING)


def was_called_wrong(exchange: Exchange) -> bool:
    """Whether the backend itself refused an upload in which the wire had found nothing wrong."""
    has_error = exchange.is_attempt and bool(exchange.error)
    return has_error and exchange.status == HTTPStatus.BAD_REQUEST


def changes_a_bucket(exchange: Exchange) -> bool:
    """Whether a request changed a bucket, such as its policy, or deleted it."""
    return exchange.succeeded and exchange.operation.startswith(("PutBucket", "DeleteBucket"))
