"""Which permission of IAM is missing where AWS denies a request.

Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
"""

import re

from botocore.exceptions import ClientError

_DENIED = frozenset({"403", "AccessDenied", "AccessDeniedException", "AuthorizationError"})
# AWS often says it itself.
_SAID = re.compile(r"not authorized to perform: ([\w-]+:\w+)")
# The actions of S3 that are not called as the operations are.
_ACTIONS = {
    "HeadBucket": "ListBucket",
    "HeadObject": "GetObject",
    "ListBuckets": "ListAllMyBuckets",
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "ListObjectVersions": "ListBucketVersions",
    "ListObjectsV2": "ListBucket",
    "PutBucketNotificationConfiguration": "PutBucketNotification",
}


def is_denied(error: ClientError) -> bool:
    """Whether a request failed because a permission is missing."""
    return error.response["Error"].get("Code") in _DENIED


def missing_permission(error: ClientError) -> str:
    """The action that was denied, such as `s3:CreateBucket`."""
    if said := _SAID.search(error.response["Error"].get("Message") or ""):
        return said[1]
    operation = error.operation_name
    if operation in {"AssumeRole", "GetFederationToken"}:
        return f"sts:{operation}"
    if "Queue" in operation or "Message" in operation:
        return f"sqs:{operation}"
    return f"s3:{_ACTIONS.get(operation, operation)}"
