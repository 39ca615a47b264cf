"""Whether S3 knows the values of the headers that say how an object is stored, and allows them.

Amazon S3 API Reference, "PutObject" and "Error responses"; Amazon S3 User Guide, "Working with
object metadata", and "Required permissions for Amazon S3 API operations".
"""

from collections.abc import Mapping

from .credentials import Credentials
from .operations import BEGINNING, STORING, UPLOADS, known_values
from .refusal import RefusedError
from .request import Request

_SSE = "x-amz-server-side-encryption"
_KMS_KEY = f"{_SSE}-aws-kms-key-id"
_METADATA = "x-amz-meta-"
_ACL = "x-amz-acl"
_CLASS = "x-amz-storage-class"

_MOST_METADATA = 2048
# What a header needs beside s3:PutObject.
_ACTIONS = {
    _ACL: "s3:PutObjectAcl",
    "x-amz-grant-": "s3:PutObjectAcl",
    "x-amz-object-lock-legal-hold": "s3:PutObjectLegalHold",
    "x-amz-object-lock-mode": "s3:PutObjectRetention",
    "x-amz-object-lock-retain-until-date": "s3:PutObjectRetention",
    _KMS_KEY: "kms:GenerateDataKey",
    "x-amz-tagging": "s3:PutObjectTagging",
}
# Everybody in the account may use the key that AWS keeps for S3 there.
_KEY_OF_S3 = "alias/aws/s3"


def check_upload_headers(request: Request) -> None:
    """Check the headers of an upload.

    Raises:
        RefusedError: S3 refuses the value of one.
    """
    given = request.named
    if request.operation in BEGINNING:
        _check_known("InvalidArgument", _SSE, "ServerSideEncryption", given.get(_SSE))
        if given.get(_KMS_KEY) and not given.get(_SSE, "").startswith("aws:kms"):
            raise RefusedError("InvalidArgument", f"`{_KMS_KEY}` is sent without `{_SSE}: aws:kms`")
        _check_known("InvalidArgument", _ACL, "ObjectCannedACL", given.get(_ACL) or None)
        _check_known("InvalidStorageClass", _CLASS, "StorageClass", given.get(_CLASS) or None)
        _check_metadata(given)
    condition = given.get("if-none-match", "*")
    if request.operation in STORING and condition != "*":
        finding = f"`If-None-Match` is {condition!r}, and S3 takes nothing but `*`"
        raise RefusedError("NotImplemented", finding)


def check_permissions(request: Request, owner: Credentials) -> None:
    """Check that a request needs no more than s3:PutObject, if its credentials allow no more.

    Raises:
        RefusedError: S3 answers with the error that the credentials are for.
    """
    if owner.refused and request.operation not in UPLOADS:
        finding = f"{request.operation} is no upload, and the credentials allow no more"
        raise RefusedError(owner.refused, finding, True)
    if owner.refused != "AccessDenied":
        return
    for name, value in request.named.items():
        needed = [action for begin, action in _ACTIONS.items() if name.startswith(begin)]
        if needed and not value.endswith(_KEY_OF_S3):
            finding = f"`{name}` needs {needed[0]}, and the credentials allow s3:PutObject alone"
            raise RefusedError(owner.refused, finding, True)


def _check_known(code: str, header: str, name: str, value: str | None) -> None:
    if value is not None and value not in known_values(name):
        raise RefusedError(code, f"`{header}` is {value!r}, which S3 does not know")


def _check_metadata(given: Mapping[str, str]) -> None:
    size = sum(
        len(name.removeprefix(_METADATA).encode()) + len(value.encode("latin-1", "replace"))
        for name, value in given.items()
        if name.startswith(_METADATA)
    )
    if size > _MOST_METADATA:
        finding = f"the user metadata has {size} bytes, and S3 takes {_MOST_METADATA}"
        raise RefusedError("MetadataTooLarge", finding)
