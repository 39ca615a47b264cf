"""Stands in for AWS, which nobody can reach from where this is tested: moto with IAM enforced.

This is the program that serves.  What moto lacks is added: a session may do what both its policy
and its owner's allow, SQS and STS look at the resources in a policy, and S3 at the region that a
request is signed for.
"""

import json
from collections.abc import Sequence
from typing import Any

from moto.core.responses import ActionResult
from moto.iam import access_control
from moto.iam.access_control import (
    AssumedRoleAccessKey,
    IAMPolicy,
    IAMRequestBase,
    PermissionResult,
)
from moto.s3 import responses as s3_responses
from moto.s3.exceptions import S3ClientError
from moto.s3.models import s3_backends
from moto.server import main
from moto.sts.models import AssumedRole, sts_backends
from moto.sts.responses import TokenResponse
from werkzeug.serving import WSGIRequestHandler

_ACCOUNT = "123456789012"
_FEDERATED = "arn:aws:sts::123456789012:federated-user/"
_check = IAMRequestBase.check_action_permitted
_OWNERS: dict[str, Sequence[Any]] = {}
"""The policies of the user who made a session, by the session's access key."""
_collect = AssumedRoleAccessKey.collect_policies


def _session_of(key: AssumedRoleAccessKey) -> AssumedRole:
    sessions = sts_backends[_ACCOUNT]["aws"].assumed_roles
    return next(each for each in sessions if each.access_key_id == key._access_key_id)  # noqa: SLF001


def _get_federation_token(self: TokenResponse) -> ActionResult:
    name, headers = self._get_param("Name"), self.headers
    key_id = headers["Authorization"].partition("Credential=")[2].partition("/")[0]
    owner = access_control.create_access_key(_ACCOUNT, "aws", key_id, headers)
    session = self.backend.assume_role(
        region_name=self.region,
        role_session_name=name,
        role_arn=_FEDERATED + name,
        policy=self._get_param("Policy"),
        duration=900,
        external_id="",
    )
    _OWNERS[session.access_key_id] = owner.collect_policies()
    return ActionResult({"Credentials": session, "PackedPolicySize": 6})


def _collect_policies(self: AssumedRoleAccessKey) -> Sequence[Any]:
    return _OWNERS.get(self._access_key_id) or _collect(self)


def _check_action_permitted(self: Any, resource: str) -> None:
    if self._service == "sts":
        resource = _FEDERATED + self._data["Name"][0] if "Name" in self._data else resource
    elif self._service == "sqs":
        said = json.loads(self._body)
        name = said.get("QueueName") or said.get("QueueUrl", "").rpartition("/")[2]
        resource = f"arn:aws:sqs:{self._region}:{_ACCOUNT}:{name or '*'}"
    else:
        _check_region(resource.rpartition(":::")[2].partition("/")[0], self._region)
    _check(self, resource)
    if self._action == "sqs:CreateQueue" and said.get("tags"):
        self._action = "sqs:TagQueue"
        _check(self, resource)
    if isinstance(self._access_key, AssumedRoleAccessKey):
        policy = IAMPolicy(_session_of(self._access_key).policy)
        if policy.is_action_permitted(self._action, resource) is not PermissionResult.PERMITTED:
            self._raise_access_denied()


def _check_region(bucket: str, region: str) -> None:
    found = s3_backends[_ACCOUNT]["aws"].buckets.get(bucket)
    if found and found.region_name != region:
        raise S3ClientError("AuthorizationHeaderMalformed", f"expecting {found.region_name!r}")


def _serve() -> None:
    # HeadBucket needs s3:ListBucket: IAM has no action of the other name.
    s3_responses.ACTION_MAP["BUCKET"]["HEAD"]["DEFAULT"] = "ListBucket"
    for of_moto, method in (
        (TokenResponse, _get_federation_token),
        (AssumedRoleAccessKey, _collect_policies),
        (IAMRequestBase, _check_action_permitted),
    ):
        setattr(of_moto, method.__name__.removeprefix("_"), method)
    # A handshake of TLS costs more than most requests.
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    main()


if __name__ == "__main__":
    _serve()
