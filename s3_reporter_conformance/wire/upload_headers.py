"""Whether S3 knows the values of the headers that say how an object is stored.

Amazon S3 API Reference, "PutObject" and "Error responses"; Amazon S3 User Guide, "Working with
object metadata" and "Categorizing your objects using tags".
"""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from .exchange import Exchange
from .refusal import Aspect, Refusal

_SSE = "x-amz-server-side-encryption"
_KMS_KEY = f"{_SSE}-aws-kms-key-id"
_METADATA = "x-amz-meta-"
_ACL = "x-amz-acl"
_CLASS = "x-amz-storage-class"
_TAGGING = "x-amz-tagging"

_KMS = frozenset({"aws:kms", "aws:kms:dsse"})
_ENCRYPTIONS = _KMS | {"AES256", "aws:fsx"}
_ACLS = frozenset(
    {
        "authenticated-read",
        "aws-exec-read",
        "bucket-owner-full-control",
        "bucket-owner-read",
        "log-delivery-write",
        "private",
        "public-read",
        "public-read-write",
    }
)
_CLASSES = frozenset(
    {
        "DEEP_ARCHIVE",
        "EXPRESS_ONEZONE",
        "FSX_ONTAP",
        "FSX_OPENZFS",
        "GLACIER",
        "GLACIER_IR",
        "INTELLIGENT_TIERING",
        "ONEZONE_IA",
        "OUTPOSTS",
        "REDUCED_REDUNDANCY",
        "SNOW",
        "STANDARD",
        "STANDARD_IA",
    }
)
_MOST_TAGS = 10
_LONGEST_TAG_KEY = 128
_LONGEST_TAG_VALUE = 256
_MOST_METADATA = 2048
# Where an object begins, and where it is there in the end.
_BEGIN = {"PutObject", "CreateMultipartUpload"}
_END = {"PutObject", "CompleteMultipartUpload"}


def wrong_upload_headers(request: Exchange) -> Iterator[Refusal]:
    """Find the headers of an upload whose values S3 refuses."""
    # A presigned URL may have them as parameters.
    named = {name.lower(): value for name, value in request.query.items()}
    given = {**named, **request.header}
    if request.operation in _BEGIN:
        yield from _wrong_encryption(given)
        yield from _wrong_acl(given)
        yield from _wrong_class(given)
        yield from _wrong_tags(given)
        yield from _wrong_metadata(given)
    if request.operation in _END:
        yield from _wrong_condition(given)


def _wrong_encryption(given: Mapping[str, str]) -> Iterator[Refusal]:
    method = given.get(_SSE)
    if method is not None and method not in _ENCRYPTIONS:
        yield _argument(_SSE, method, "The encryption method specified is not supported")
    if given.get(_KMS_KEY) and method not in _KMS:
        yield _header(
            "InvalidArgument",
            f"`{_KMS_KEY}` is sent without `{_SSE}: aws:kms`",
            "Server Side Encryption with AWS KMS managed key requires HTTP header "
            f"{_SSE} : aws:kms",
            ArgumentName=_SSE,
            ArgumentValue=method or "null",
        )


def _wrong_acl(given: Mapping[str, str]) -> Iterator[Refusal]:
    acl = given.get(_ACL)
    if acl and acl not in _ACLS:
        yield _argument(_ACL, acl)


def _wrong_class(given: Mapping[str, str]) -> Iterator[Refusal]:
    storage_class = given.get(_CLASS)
    if storage_class and storage_class not in _CLASSES:
        yield _header(
            "InvalidStorageClass",
            f"`{_CLASS}` is {storage_class!r}, which is none of S3's",
            StorageClassRequested=storage_class,
        )


def _wrong_tags(given: Mapping[str, str]) -> Iterator[Refusal]:
    tagging = given.get(_TAGGING, "")
    tags = parse_qsl(tagging, keep_blank_values=True)
    keys = [key for key, _ in tags]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        yield _header(
            "InvalidArgument",
            f"`{_TAGGING}` has the key {twice[0]!r} twice",
            f"The header '{_TAGGING}' shall be encoded as UTF-8 then URLEncoded URL query "
            "parameters without tag name duplicates.",
            ArgumentName=_TAGGING,
            ArgumentValue=tagging,
        )
    if len(tags) > _MOST_TAGS:
        yield _header(
            "BadRequest",
            f"`{_TAGGING}` has {len(tags)} tags, and S3 takes {_MOST_TAGS}",
            f"Object tags cannot be greater than {_MOST_TAGS}",
        )
    for key, value in tags:
        for what, name, text, most in (
            ("key", "TagKey", key, _LONGEST_TAG_KEY),
            ("value", "TagValue", value, _LONGEST_TAG_VALUE),
        ):
            if len(text) > most:
                yield _header(
                    "InvalidTag",
                    f"`{_TAGGING}` has a {what} of {len(text)} characters, and S3 takes {most}",
                    f"The {name} you have provided is invalid",
                    **{name: text},
                )


def _wrong_metadata(given: Mapping[str, str]) -> Iterator[Refusal]:
    size = sum(
        len(name.removeprefix(_METADATA).encode()) + len(value.encode("latin-1", "replace"))
        for name, value in given.items()
        if name.startswith(_METADATA)
    )
    if size > _MOST_METADATA:
        yield _header(
            "MetadataTooLarge",
            f"the user metadata, names and values, has {size} bytes, and S3 takes {_MOST_METADATA}",
            Size=str(size),
            MaxSizeAllowed=str(_MOST_METADATA),
        )


def _wrong_condition(given: Mapping[str, str]) -> Iterator[Refusal]:
    condition = given.get("if-none-match")
    if condition is not None and condition != "*":
        yield _header(
            "NotImplemented",
            f"`If-None-Match` is {condition!r}, and S3 takes nothing but `*`",
            Header="If-None-Match",
            additionalMessage="We don't accept the provided value of If-None-Match header for this "
            "API",
        )


def _argument(name: str, value: str, message: str = "") -> Refusal:
    return _header(
        "InvalidArgument",
        f"`{name}` is {value!r}, which S3 does not know",
        message,
        ArgumentName=name,
        ArgumentValue=value,
    )


def _header(code: str, finding: str, message: str = "", **details: str) -> Refusal:
    return Refusal.of(Aspect.HEADERS, code, finding, message, details)
