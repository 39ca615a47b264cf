"""The operations of S3 and the values that their headers take, as botocore's model has them."""

from collections.abc import Collection
from functools import cache
from typing import Any

from botocore.loaders import Loader

UPLOADS = frozenset({"PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"})
"""The operations that write an object."""

STORING = frozenset({"PutObject", "CompleteMultipartUpload"})
"""The operations after which the object is there."""


def operation_called(method: str, parameters: Collection[str], *, has_key: bool) -> str:
    """The operation on a bucket or an object; the HTTP method, if S3 has no such operation.

    S3 ignores the parameters of the query that it does not know.
    """
    found = [
        (len(needed), name)
        for name, (needed_method, needs_key, needed) in _operations().items()
        if (needed_method, needs_key) == (method, has_key) and needed <= set(parameters)
    ]
    return max(found)[1] if found else method


def known_values(name: str) -> frozenset[str]:
    """The values that S3 knows for a header, by their name in the model."""
    return frozenset(_model()["shapes"][name]["enum"])


@cache
def _model() -> Any:
    return Loader().load_service_model("s3", "service-2")


@cache
def _operations() -> dict[str, tuple[str, bool, frozenset[str]]]:
    """The method of each operation, whether it is on an object, and its parameters."""
    found = {}
    for name, operation in _model()["operations"].items():
        path, _, query = operation["http"]["requestUri"].partition("?")
        # A header tells copies from the others.
        if "{Bucket}" in path and "Copy" not in name and not operation.get("deprecated"):
            shape = _model()["shapes"][operation["input"]["shape"]]
            members = [shape["members"][member] for member in shape.get("required", ())]
            needed = {pair.partition("=")[0] for pair in query.split("&") if pair}
            needed |= {m["locationName"] for m in members if m.get("location") == "querystring"}
            found[name] = (operation["http"]["method"], "{Key+}" in path, frozenset(needed))
    return found
