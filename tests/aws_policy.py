"""The policy of the documentation, and what happens without one of its actions."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aws_account import Account

from s3_reporter_conformance.backends.amazon import AmazonBackend
from s3_reporter_conformance.backends.marks import new_name
from s3_reporter_conformance.words.errors import BackendError, UnsupportedError

_PAGE = (Path(__file__).parents[1] / "docs" / "backends.md").read_text()
POLICY: Mapping[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", _PAGE, re.DOTALL)[0])
"""The smallest policy that suffices."""

ACTIONS = [action for statement in POLICY["Statement"] for action in statement["Action"]]
"""All that it allows."""

_OF_CLEAN = frozenset(
    {"s3:GetBucketTagging", "s3:ListAllMyBuckets", "sqs:ListQueueTags", "sqs:ListQueues"}
)


@contextmanager
def used(account: Account, **options: Any) -> Iterator[AmazonBackend]:
    """AWS, used with this policy; all is deleted at the end."""
    account.allow(POLICY)
    backend = account.opened(**options)
    try:
        yield backend
    finally:
        account.allow(POLICY)
        account.clear()
        backend.clean()


def without(action: str) -> Mapping[str, Any]:
    """The policy, but for one action."""
    statements = [
        {**statement, "Action": [each for each in statement["Action"] if each != action]}
        for statement in POLICY["Statement"]
    ]
    return {**POLICY, "Statement": [each for each in statements if each["Action"]]}


def check_needed(action: str, account: Account, backend: AmazonBackend) -> None:
    """Deny one action: what needs it is refused or not run, and says so."""
    account.allow(without(action))
    said = list(_everything(backend))
    assert said, "nothing needs it"
    assert all(action in words for words in said), said
    if action in _OF_CLEAN:
        assert [words.partition(":")[0] for words in said] == ["clean"]
    elif action.startswith("s3:") and action != "s3:PutBucketNotification":
        assert said[0].startswith("refused: ")
    else:
        assert said[0].startswith("not run: the AWS profile suite lacks the permission ")


def _everything(backend: AmazonBackend) -> Iterator[str]:
    """Do all that the suite does, and say what it may not."""
    try:
        backend.open()
        bucket = new_name()
        backend.create_bucket(bucket)
        yield from _optional(backend, bucket)
    except BackendError as error:
        yield f"refused: {error}"
    try:
        for leftover in backend.leftovers():
            backend.delete_leftover(leftover)
    except BackendError as error:
        yield f"clean: {error}"


def _optional(backend: AmazonBackend, bucket: str) -> Iterator[str]:
    try:
        backend.watch_bucket(bucket)
    except UnsupportedError as error:
        yield f"not run: {error}"
    try:
        backend.create_user(["s3:ListBucket"])
    except UnsupportedError as error:
        yield f"not run: {error}"
