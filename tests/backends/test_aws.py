"""AWS itself: what a run makes there, and asks before.  A stand-in plays AWS."""

import json
import os
import pty
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from random import SystemRandom
from typing import Any

import boto3
import pytest
from aws_account import REGION, Account, started_account
from botocore.exceptions import ClientError
from running import COMMAND, run_here

from s3_reporter_conformance.backends.amazon import AmazonBackend, check_amazon, open_amazon
from s3_reporter_conformance.backends.options import EndpointOptions
from s3_reporter_conformance.credentials import Credentials
from s3_reporter_conformance.errors import BackendError, UnsupportedError, UsageError
from s3_reporter_conformance.wire.proxy import Wire

PAGE = (Path(__file__).parents[2] / "docs" / "backends.md").read_text()
POLICY: Mapping[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])
ACTIONS = [action for statement in POLICY["Statement"] for action in statement["Action"]]
AWS = ("--backend", "aws", "--backend-profile", "suite")
OPTIONS = EndpointOptions(profile="suite", agreed=True)
EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}
BUCKET = "s3-reporter-conformance-reports-1"


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    with started_account(tmp_path_factory.mktemp("aws")) as account:
        yield account


@pytest.fixture(scope="module")
def opened(account: Account) -> AmazonBackend:
    with pytest.MonkeyPatch.context() as changed:
        for name, value in account.environment.items():
            changed.setenv(name, value)
        return open_amazon(OPTIONS)


@pytest.fixture
def backend(account: Account, opened: AmazonBackend) -> Iterator[AmazonBackend]:
    """AWS, used with no more than the policy of the documentation."""
    account.allow(POLICY)
    yield opened
    account.allow(POLICY)
    account.clear()
    opened.clean()


def without(action: str) -> Mapping[str, Any]:
    statements = [
        {**statement, "Action": [each for each in statement["Action"] if each != action]}
        for statement in POLICY["Statement"]
    ]
    return {**POLICY, "Statement": [each for each in statements if each["Action"]]}


def everything(backend: AmazonBackend) -> Iterator[str]:
    """Do all that the suite does, and say what it may not."""
    try:
        backend.open()
        backend.create_bucket(BUCKET)
        yield from _optional(backend)
    except BackendError as error:
        yield f"refused: {error}"
    try:
        for leftover in backend.leftovers():
            backend.delete_leftover(leftover)
    except BackendError as error:
        yield f"clean: {error}"


def _optional(backend: AmazonBackend) -> Iterator[str]:
    try:
        backend.watch_bucket(BUCKET)
    except UnsupportedError as error:
        yield f"not run: {error}"
    try:
        backend.create_user(["s3:ListBucket"])
    except UnsupportedError as error:
        yield f"not run: {error}"


def test_the_policy_of_the_documentation_suffices(tmp_path: Path, account: Account) -> None:
    account.allow(POLICY)
    done = run_here(
        "verify",
        *(*AWS, "--yes"),
        *("-k", "ARC-01 or CFG-14 or ERR-02 or ERR-19 or ERR-20 or INT-01"),
        folder=tmp_path,
        environment=account.environment,
    )
    assert "6 passed" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
    words = " ".join(done.stdout.split())
    assert (
        f"This run uses AWS in {REGION} at {account.url}, as arn:aws:iam::123456789012:user"
        in words
    )
    assert re.search(r"about \d,\d{3} requests, for about \$0\.0\d at the prices", words)
    assert account.left == ([], [])


@pytest.mark.parametrize("action", ACTIONS)
def test_each_line_of_the_policy_is_needed(
    action: str, account: Account, backend: AmazonBackend
) -> None:
    """One is denied: what needs it is refused or not run, and says so."""
    account.allow(without(action))
    said = list(everything(backend))
    assert said, "nothing needs it"
    assert all(action in words for words in said), said
    of_objects = action.startswith("s3:") and action not in {
        "s3:GetBucketTagging",
        "s3:ListAllMyBuckets",
        "s3:PutBucketNotification",
    }
    if of_objects:
        assert said[0].startswith("refused: ")
    elif "List" in action or action == "s3:GetBucketTagging":
        assert [words.partition(":")[0] for words in said] == ["clean"]
    else:
        assert said[0].startswith("not run: the AWS profile suite lacks the permission ")


def test_what_a_permission_is_missing_for_is_not_run(tmp_path: Path, account: Account) -> None:
    forbidden = without("sts:GetFederationToken")
    account.allow(
        {**forbidden, "Statement": [s for s in forbidden["Statement"] if s["Sid"] != "Queues"]}
    )
    done = run_here(
        "verify",
        *(*AWS, "--yes", "-k", "ERR-19 or INT-01 or KEY-03"),
        folder=tmp_path,
        environment=account.environment,
    )
    words = " ".join(done.stdout.split())
    assert "lacks the permission sts:GetFederationToken" in words, words
    assert "lacks the permission sqs:CreateQueue" in words
    assert ("1 passed" in words, "2 not run" in words, done.returncode) == (True, True, 0)


def test_a_run_that_must_not_make_buckets_ends_at_once(tmp_path: Path, account: Account) -> None:
    account.allow(without("s3:PutBucketTagging"))
    done = run_here(
        *("verify", *AWS, "--yes", "-k", "KEY-03"), folder=tmp_path, environment=account.environment
    )
    words = " ".join(done.stdout.split())
    assert "the permission s3:PutBucketTagging is missing" in words, words
    assert ("No verdict" in words, done.returncode) == (True, 3)
    assert account.left == ([], [])


def test_a_role_gives_the_sessions_of_a_profile_that_is_itself_one(
    account: Account, opened: AmazonBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": opened.account}}
    iam = account.iam
    role = iam.create_role(
        RoleName="reporter",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]["Arn"]
    iam.put_role_policy(RoleName="reporter", PolicyName="policy", PolicyDocument=json.dumps(POLICY))
    assume = {"Sid": "Role", "Effect": "Allow", "Action": ["sts:AssumeRole"], "Resource": role}
    statements = without("sts:GetFederationToken")["Statement"]
    account.allow({**POLICY, "Statement": [*statements, assume]})
    for name, value in account.environment.items():
        monkeypatch.setenv(name, value)
    backend = open_amazon(replace(OPTIONS, role=role))
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


def test_a_reporter_reaches_nothing_but_buckets_of_the_suite(
    account: Account, backend: AmazonBackend
) -> None:
    """The wire signs with a profile that may be allowed more."""
    account.allow(EVERYTHING)
    account.s3.create_bucket(
        Bucket="of-somebody-else", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    account.s3.put_object(Bucket="of-somebody-else", Key="secret", Body=b"")
    backend.create_bucket(BUCKET)
    key = Credentials.random(SystemRandom())
    with closing(Wire(backend.endpoint)) as wire, wire.record(credentials=[key]):
        s3, sts = (
            boto3.client(
                service,
                endpoint_url=wire.url,
                region_name="eu-west-1",
                aws_access_key_id=key.access_key_id,
                aws_secret_access_key=key.secret_access_key,
            )
            for service in ("s3", "sts")
        )
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"")
        assert sts.get_caller_identity()["Arn"].endswith(":user/suite")
        for denied in (
            lambda: s3.put_object(Bucket="of-somebody-else", Key="a", Body=b""),
            lambda: s3.copy_object(Bucket=BUCKET, Key="b", CopySource="of-somebody-else/secret"),
        ):
            with pytest.raises(ClientError, match="AccessDenied"):
                denied()
    stored = account.s3.list_objects_v2(Bucket="of-somebody-else")["Contents"]
    assert [each["Key"] for each in stored] == ["secret"]


def test_nothing_is_made_unless_somebody_agrees(tmp_path: Path, account: Account) -> None:
    account.allow(POLICY)
    done = run_here("smoke", "reference", *AWS, folder=tmp_path, environment=account.environment)
    assert "nobody can be asked here: add --yes to agree" in done.stderr
    assert done.returncode == 4
    said, code = answered("n", "smoke", "reference", *AWS, folder=tmp_path, account=account)
    assert "It deletes them at the end" in said
    assert "Go on? [y/N]:" in said
    assert "nothing was run: the answer was no" in said
    assert code == 4
    assert account.left == ([], [])


def answered(answer: str, *arguments: str, folder: Path, account: Account) -> tuple[str, int]:
    """Run the command at a terminal, and answer its question."""
    terminal, ours = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **account.environment},
        stdin=ours,
        stdout=ours,
        stderr=ours,
    ) as process:
        os.close(ours)
        os.write(terminal, f"{answer}\n".encode())
        printed = b""
        # A terminal whose other side is closed cannot be read.
        with suppress(OSError):
            while chunk := os.read(terminal, 4096):
                printed += chunk
    os.close(terminal)
    return " ".join(printed.decode().split()), process.returncode


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (EndpointOptions(), "--backend aws needs --backend-profile"),
        (EndpointOptions(profile="nosuch", agreed=True), "--backend-profile nosuch: The config"),
        (replace(OPTIONS, allow_remote=True), "--allow-remote applies only to an endpoint"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: EndpointOptions, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        check_amazon(options)
