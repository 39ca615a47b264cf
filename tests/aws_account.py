"""An account of AWS, played by the stand-in."""

import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from certificates import make_certificates
from somebodys_server import client, started_server

from s3_reporter_conformance.backends.amazon import AmazonBackend, open_amazon
from s3_reporter_conformance.backends.emptying import delete_with_contents
from s3_reporter_conformance.backends.options import EndpointOptions
from s3_reporter_conformance.s3.credentials import Credentials

REGION = "eu-central-1"
"""The region of the profile."""

AWS = ("--backend", "aws", "--backend-profile", "suite")
"""The flags with which it is used."""

EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}
"""A policy."""

_STAND_IN = str(Path(__file__).with_name("aws_stand_in.py"))


@dataclass
class Account:
    """The account of AWS, with a user whose profile is `suite`.

    Attributes:
        url: Where AWS is.
        environment: The variables with which its profile is found.
        administrator: The access key of a user who may do everything.
        authority: The certificate authority.
    """

    url: str
    environment: Mapping[str, str]
    administrator: Credentials
    authority: Path

    def allow(self, policy: Mapping[str, Any]) -> None:
        """Replace what the user of the profile may do."""
        self.iam.put_user_policy(
            UserName="suite", PolicyName="policy", PolicyDocument=json.dumps(policy)
        )

    @cached_property
    def s3(self) -> Any:
        """The administrator's client of S3."""
        return self.client("s3")

    @cached_property
    def sqs(self) -> Any:
        """The administrator's client of SQS."""
        return self.client("sqs")

    @cached_property
    def iam(self) -> Any:
        """The administrator's client of IAM."""
        return self.client("iam")

    @property
    def left(self) -> tuple[list[str], list[str]]:
        """The names of the buckets, and the URLs of the queues."""
        buckets = self.s3.list_buckets()["Buckets"]
        queues = self.sqs.list_queues().get("QueueUrls", [])
        return [bucket["Name"] for bucket in buckets], queues

    def opened(self, **options: Any) -> AmazonBackend:
        """The backend, with the profile of the user; nothing is checked yet."""
        with pytest.MonkeyPatch.context() as changed:
            for name, value in self.environment.items():
                changed.setenv(name, value)
            return open_amazon(EndpointOptions(profile="suite", agreed=True, **options))

    def clear(self) -> None:
        """Delete all buckets and queues."""
        buckets, queues = self.left
        for bucket in buckets:
            delete_with_contents(self.s3, bucket)
        for queue in queues:
            self.sqs.delete_queue(QueueUrl=queue)

    def client(self, service: str, credentials: Credentials | None = None) -> Any:
        """A client of the administrator's, or with other credentials."""
        key = credentials or self.administrator
        return client(service, self.url, self.authority, key, REGION)


def make_account(url: str, folder: Path, authority: Path) -> Account:
    """Make the users of an account, and enforce IAM.

    Args:
        url: Where the stand-in listens.
        folder: Where to write the profile.
        authority: The certificate authority of its certificate.
    """
    iam = client("iam", url, authority)
    keys = {}
    for name in ("administrator", "suite"):
        iam.create_user(UserName=name)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        keys[name] = Credentials(key["AccessKeyId"], key["SecretAccessKey"])
    iam.put_user_policy(
        UserName="administrator",
        PolicyName="policy",
        PolicyDocument=json.dumps(EVERYTHING),
    )
    config = folder / "config"
    config.write_text(
        f"[profile suite]\nregion = {REGION}\nendpoint_url = {url}\n"
        f"aws_access_key_id = {keys['suite'].access_key_id}\n"
        f"aws_secret_access_key = {keys['suite'].secret_access_key}\n"
    )
    request = Request(f"{url}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"})  # noqa: S310 -- loopback
    with urlopen(request, context=ssl.create_default_context(cafile=authority)) as answer:  # noqa: S310 -- the same
        answer.read()
    environment = {"AWS_CONFIG_FILE": str(config), "AWS_CA_BUNDLE": str(authority)}
    return Account(url, environment, keys["administrator"], authority)


@contextmanager
def started_account(folder: Path) -> Iterator[Account]:
    """Start the stand-in, and end it.

    Args:
        folder: Where to write files.
    """
    certificates = make_certificates(folder)
    with started_server(certificates.server, (_STAND_IN,)) as url:
        yield make_account(url, folder, certificates.authority)
