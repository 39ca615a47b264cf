"""A moto server in a process of its own, as somebody else's."""

import json
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import boto3


def free_port() -> int:
    """A port of this machine at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def started_server(certificate: Path | None = None) -> Iterator[str]:
    """Start a server, with TLS if it has a certificate, and end it."""
    port = free_port()
    tls = ["-c", str(certificate), "-k", str(certificate)] if certificate else []
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port), *tls],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def client(service: str, url: str, ca_bundle: Path | None = None) -> Any:
    return boto3.client(
        service,  # type: ignore[call-overload] # one of two services
        endpoint_url=url,
        verify=str(ca_bundle) if ca_bundle else None,
        region_name="us-east-1",
        aws_access_key_id="someone",
        aws_secret_access_key="someone",
    )


def suite_profile(server: str, folder: Path, ca_bundle: Path | None = None) -> Path:
    """Make the server take nothing but what is signed by users that it knows.

    Returns a file with their profiles: `suite`, who may do everything, and `denied`, who may not.
    """
    iam = client("iam", server, ca_bundle)
    document = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [document]})
    credentials = folder / "credentials"
    with credentials.open("w") as file:
        for name in ("suite", "denied"):
            iam.create_user(UserName=name)
            key = iam.create_access_key(UserName=name)["AccessKey"]
            file.write(
                f"[{name}]\naws_access_key_id = {key['AccessKeyId']}\n"
                f"aws_secret_access_key = {key['SecretAccessKey']}\n"
            )
    iam.put_user_policy(UserName="suite", PolicyName="all", PolicyDocument=policy)
    context = ssl.create_default_context(cafile=ca_bundle)
    url, header = f"{server}/moto-api/reset-auth", {"Content-Type": "text/plain"}
    request = Request(url, b"0", header)  # noqa: S310 -- loopback
    with urlopen(request, context=context) as answer:  # noqa: S310 -- loopback
        answer.read()
    return credentials
