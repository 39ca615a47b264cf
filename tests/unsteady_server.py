"""A moto server that behaves as S3 APIs do that are far away, busy, or different."""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
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
        makes_buckets: Whether an upload to a bucket that is not there makes the bucket.
        seen: How many requests came of the suite, were throttled, and were answered late.
    """

    delay: float = 0.0
    throttled: int = 0
    throttles_reporter: bool = False
    late: int = 0
    refused: str = ""
    makes_buckets: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    _listings: Counter[str] = field(default_factory=Counter)

    def answer(self, request: Request) -> Response | None:
        """Answer in the place of moto, or not."""
        bucket, _, key = request.path.strip("/").partition("/")
        is_upload = request.method == "PUT" and bool(key)
        time.sleep(self.delay)
        if _OF_SUITE in request.headers.get("Authorization", ""):
            self.seen["suite"] += 1
            if self.seen["suite"] % 10 < self.throttled:
                self.seen["throttled"] += 1
                return Response(_SLOW_DOWN, 503)
        elif self.throttles_reporter and is_upload:
            return Response(_SLOW_DOWN, 503)
        if request.method == "GET" and "list-type" in request.args:
            self._listings[bucket] += 1
            if self._listings[bucket] <= self.late:
                self.seen["late"] += 1
                return Response(_NOTHING, 200)
        if self.refused and key.startswith(self.refused):
            return Response(_REFUSED, 400)
        account = s3_backends["123456789012"]["aws"]
        if self.makes_buckets and is_upload and bucket not in account.buckets:
            account.create_bucket(bucket, "us-east-1")
        return None


@contextmanager
def unsteady(behavior: Behavior) -> Iterator[str]:
    """Start a server, and end it."""
    moto = DomainDispatcherApplication(create_backend_app)

    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        answer = behavior.answer(Request(environ, populate_request=False))
        found: Iterable[bytes] = (answer or moto)(environ, start)
        return found

    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
