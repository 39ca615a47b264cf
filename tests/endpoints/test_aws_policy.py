"""Each line of the policy in the documentation, and what an account forbids."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from aws_account import AWS, Account, started_account
from aws_policy import ACTIONS, POLICY, check_needed, used, without
from botocore.exceptions import ClientError
from running import A_JSON_REPORT, run_here, run_statuses, runs_with

DENIED = runs_with("credentials do not allow uploads")
EVENTS = runs_with("events for keys")
BUCKET = "s3-reporter-conformance-reports-1"


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    with started_account(tmp_path_factory.mktemp("aws")) as account:
        yield account


@pytest.mark.parametrize("action", ACTIONS)
def test_each_line_of_the_policy_is_needed(action: str, account: Account) -> None:
    with used(account) as backend:
        check_needed(action, account, backend)


def test_a_run_that_lacks_a_permission_is_not_made(tmp_path: Path, account: Account) -> None:
    forbidden = without("sts:GetFederationToken")
    account.allow(
        {**forbidden, "Statement": [s for s in forbidden["Statement"] if s["Sid"] != "Queues"]}
    )
    done = run_here(
        "verify",
        *(*AWS, "--yes", "-k", f"{A_JSON_REPORT} or {DENIED} or {EVENTS}"),
        *("--report", "report.json"),
        folder=tmp_path,
        environment=account.environment,
    )
    words = " ".join(done.stdout.split())
    assert "lacks the permission sts:GetFederationToken" in words, words
    assert "lacks the permission sqs:CreateQueue" in words
    found = run_statuses(tmp_path / "report.json")
    assert found.pop(A_JSON_REPORT) == "passed"
    assert set(found.values()) == {"not-run"}
    assert done.returncode == 0


def test_a_run_that_must_not_make_buckets_ends_at_once(tmp_path: Path, account: Account) -> None:
    account.allow(without("s3:PutBucketTagging"))
    done = run_here(
        *("verify", *AWS, "--yes", "-k", A_JSON_REPORT),
        folder=tmp_path,
        environment=account.environment,
    )
    words = " ".join(done.stdout.split())
    assert "the permission s3:PutBucketTagging is missing" in words, words
    assert ("No verdict" in words, done.returncode) == (True, 3)
    assert account.left == ([], [])


def test_a_role_gives_the_sessions_of_a_profile_that_is_itself_one(
    account: Account,
) -> None:
    trust = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"AWS": account.opened().account},
    }
    iam = account.iam
    role = iam.create_role(
        RoleName="reporter",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]["Arn"]
    iam.put_role_policy(RoleName="reporter", PolicyName="policy", PolicyDocument=json.dumps(POLICY))
    assume = {"Sid": "Role", "Effect": "Allow", "Action": ["sts:AssumeRole"], "Resource": role}
    statements = without("sts:GetFederationToken")["Statement"]
    account.allow({**POLICY, "Statement": [*statements, assume]})
    backend = account.opened(role=role)
    backend.create_bucket(BUCKET)
    try:
        session = backend.create_user(["s3:ListBucket"]).signer
        assert session is not None
        assert session.session_token
        restricted = account.client("s3", session)
        assert "Contents" not in restricted.list_objects_v2(Bucket=BUCKET)
        with pytest.raises(ClientError, match="AccessDenied"):
            restricted.put_object(Bucket=BUCKET, Key="a", Body=b"")
    finally:
        backend.clean()
