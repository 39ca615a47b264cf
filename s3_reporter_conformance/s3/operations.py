"""The operations of S3 and the values that their headers take, as botocore's model has them."""

from collections.abc import Collection, Iterator
from typing import Any

from botocore.loaders import Loader

UPLOADS = frozenset({"PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"})
"""The operations that write an object."""

BEGINNING = frozenset({"PutObject", "CreateMultipartUpload"})
"""The operations whose headers say how an object is stored."""

SENDING = frozenset({"PutObject", "UploadPart"})
"""The operations whose body is content of an object."""

STORING = frozenset({"PutObject", "CompleteMultipartUpload"})
"""The operations after which the object is there."""


def operation_called(method: str, parameters: Collection[str], *, has_key: bool) -> str:
    """The operation on a bucket or an object; the HTTP method, if S3 has no such operation.

    S3 ignores the parameters of the query that it does not know.
    """
    found = [
        (len(needed), name)
        for name, needed_method, needs_key, needed in _OPERATIONS
        if (needed_method, needs_key) == (method, has_key) and needed <= set(parameters)
    ]
    return max(found)[1] if found else method


def known_values(name: str) -> frozenset[str]:
    """The values that S3 knows for a header, by their name in the model."""
    return frozenset(_MODEL["shapes"][name]["enum"])


def _operations() -> Iterator[tuple[str, str, bool, frozenset[str]]]:
    for name, operation in _MODEL["operations"].items():
        path, _, query = operation["http"]["requestUri"].partition("?")
        # A header tells copies from the others.
        if "{Bucket}" in path and "Copy" not in name and not operation.get("deprecated"):
            shape = _MODEL["shapes"][operation["input"]["shape"]]
            members = [shape["members"][member] for member in shape.get("required", ())]
            needed = {pair.partition("=")[0] for pair in query.split("&") if pair}
            needed |= {m["locationName"] for m in members if m.get("location") == "querystring"}
            yield name, operation["http"]["method"], "{Key+}" in path, frozenset(needed)


# At import, before the processes are forked that share them.
_MODEL: Any = Loader().load_service_model("s3", "service-2")
_OPERATIONS = tuple(_operations())
