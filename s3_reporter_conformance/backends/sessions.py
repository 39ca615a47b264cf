"""Credentials of AWS that may do less than those that they come from."""

import json
from collections.abc import Sequence
from typing import Any

from ..s3.credentials import Credentials

# What a session is called, up to 32 characters.
_NAME = "s3-reporter-conformance"


def session_allowed(sts: Any, actions: Sequence[str], role: str | None) -> Credentials:
    """Get a session that is allowed some actions at most.

    A session policy takes away from what the user or the role is allowed, and adds nothing (AWS IAM
    User Guide, "Session policies").

    Args:
        sts: The client.
        actions: The actions, such as `s3:ListBucket`.
        role: The ARN of the role to assume; `None` to federate the user, which only the access key
            of an IAM user can.

    Raises:
        ClientError: STS gives none.
    """
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    if role:
        answer = sts.assume_role(RoleArn=role, RoleSessionName=_NAME, Policy=policy)
    else:
        answer = sts.get_federation_token(Name=_NAME, Policy=policy)
    key = answer["Credentials"]
    return Credentials(key["AccessKeyId"], key["SecretAccessKey"], key["SessionToken"])
