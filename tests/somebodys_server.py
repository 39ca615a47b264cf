"""A moto server as somebody else's: it may check signatures, and be slow, busy, or different."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import settings
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

_OF_SUITE = "Credential=inspector/"
_SLOW_DOWN = "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"
_NOTHING = "<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>"
_REFUSED = "<Error><Code>InvalidRequest</Code></Error>"


@dataclass
class Behavior:
    """The differences from moto.

    Attributes:
        delay: How long each request takes, in seconds.
        throttled: How many of every ten requests of the suite itself are answered SlowDown.
        throttles_reporter: Whether every upload of a reporter is.
        late: How many listings of a bucket are still empty.
        refused: The beginning of keys that are refused.
        seen: How many requests came of the suite, were throttled, and were answered late.
    """

    delay: float = 0.0
    throttled: int = 0
    throttles_reporter: bool = False
    late: int = 0
    refused: str | None = None
    seen: Counter[str] = field(default_factory=Counter)
    _listings: Counter[str] = field(default_factory=Counter)

    def answer(self, request: Request) -> Response | None:
        """Answer in the place of moto, or not."""
        bucket, _, key = request.path.strip("/").partition("/")
        time.sleep(self.delay)
        if _OF_SUITE in request.headers.get("Authorization", ""):
            self.seen["suite"] += 1
            if self.seen["suite"] % 10 < self.throttled:
                self.seen["throttled"] += 1
                return Response(_SLOW_DOWN, 503)
        elif self.throttles_reporter and request.method == "PUT" and key:
            return Response(_SLOW_DOWN, 503)
        if request.method == "GET" and "list-type" in request.args:
            self._listings[bucket] += 1
            if self._listings[bucket] <= self.late:
                self.seen["late"] += 1
                return Response(_NOTHING, 200)
        if self.refused and key.startswith(self.refused):
            return Response(_REFUSED, 400)
        return None


@contextmanager
def started_server(
    behavior: Behavior | None = None, certificate: Path | None = None
) -> Iterator[str]:
    """Start a server in this process, with TLS if it has a certificate, and end it."""
    moto = DomainDispatcherApplication(create_backend_app)
    behavior = behavior or Behavior()

    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        answer = behavior.answer(Request(environ, populate_request=False))
        found: Iterable[bytes] = (answer or moto)(environ, start)
        return found

    pair = (str(certificate), str(certificate)) if certificate else None
    server = make_server("127.0.0.1", 0, application, threaded=True, ssl_context=pair)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as changed:
        # Until `suite_profile` changes it.
        changed.setattr(settings, "INITIAL_NO_AUTH_ACTION_COUNT", float("inf"))
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    moto_api_backend.reset()


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

    Returns a file with the profile `suite`, of a user who may do everything.
    """
    iam = client("iam", server, ca_bundle)
    document = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [document]})
    credentials = folder / "credentials"
    iam.create_user(UserName="suite")
    key = iam.create_access_key(UserName="suite")["AccessKey"]
    credentials.write_text(
        f"[suite]\naws_access_key_id = {key['AccessKeyId']}\n"
        f"aws_secret_access_key = {key['SecretAccessKey']}\n"
    )
    iam.put_user_policy(UserName="suite", PolicyName="all", PolicyDocument=policy)
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    return credentials
