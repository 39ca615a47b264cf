"""A moto server in a process of its own, as somebody else's."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import boto3


@contextmanager
def started_server() -> Iterator[str]:
    """Start a server, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def client(service: str, url: str) -> Any:
    return boto3.client(
        service,  # type: ignore[call-overload] # one of two services
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="someone",
        aws_secret_access_key="someone",
    )


def suite_profile(server: str, folder: Path) -> Path:
    """Make the server take nothing but what is signed by a user that it knows.

    Returns:
        A file with this user's profile, `suite`.
    """
    iam = client("iam", server)
    iam.create_user(UserName="suite")
    document = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    iam.put_user_policy(
        UserName="suite",
        PolicyName="all",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [document]}),
    )
    key = iam.create_access_key(UserName="suite")["AccessKey"]
    credentials = folder / "credentials"
    credentials.write_text(
        f"[suite]\naws_access_key_id = {key['AccessKeyId']}\n"
        f"aws_secret_access_key = {key['SecretAccessKey']}\n"
    )
    connection = HTTPConnection(server.removeprefix("http://"))
    connection.request("POST", "/moto-api/reset-auth", "0")
    connection.getresponse().read()
    return credentials
