"""Compares the attempts of one upload: each must store the same object (interpretation 1)."""

from collections.abc import Iterator, Mapping, Sequence

from ..wire.exchange import Exchange

# What S3 stores with an object (Amazon S3 API Reference, PutObject). Signature, date, checksums,
# and what an SDK says of itself may differ.
_STORED = (
    "cache-control",
    "content-disposition",
    "content-language",
    "content-type",
    "x-amz-acl",
    "x-amz-grant-",
    "x-amz-meta-",
    "x-amz-object-lock-",
    "x-amz-server-side-encryption",
    "x-amz-storage-class",
    "x-amz-tagging",
    "x-amz-website-redirect-location",
)


def changes_between(attempts: Sequence[Exchange]) -> Iterator[str]:
    """The changes from the first attempt to later ones, in words."""
    for number, attempt in enumerate(attempts[1:], start=2):
        for what, first, later in _compared(attempts[0], attempt):
            if first != later:
                yield (
                    f"in attempt {number}, {what} is {later or 'missing'} "
                    f"instead of {first or 'missing'}"
                )


def _compared(first: Exchange, later: Exchange) -> Iterator[tuple[str, str, str]]:
    yield "the bucket", first.bucket, later.bucket
    yield "the key", first.key, later.key
    if first.scope and later.scope:
        yield "the region", first.scope.region, later.scope.region
        yield "the access key", first.scope.access_key_id, later.scope.access_key_id
    if first.is_whole and later.is_whole and first.payload != later.payload:
        other = "other " if len(first.payload) == len(later.payload) else ""
        yield "the content", f"{len(first.payload)} bytes", f"{len(later.payload)} {other}bytes"
    headers, others = _stored(first), _stored(later)
    for name in sorted({*headers, *others}):
        yield name, headers.get(name, ""), others.get(name, "")


def _stored(attempt: Exchange) -> Mapping[str, str]:
    stored = {name: value for name, value in attempt.header.items() if name.startswith(_STORED)}
    return {**stored, "content-encoding": content_encoding(attempt)}


def content_encoding(upload: Exchange) -> str:
    """The encoding that S3 stores, which does not include the framing of a signed body."""
    encodings = upload.header.get("content-encoding", "").split(",")
    return ", ".join(e for each in encodings if (e := each.strip()) not in {"", "aws-chunked"})
