"""A front that makes a server behave as S3 APIs do that are far away, busy, or different."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from somebodys_server import client

_OF_SUITE = "Credential=inspector/"
_SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"
_NOTHING = b"<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>"


@dataclass
class Behavior:
    """The differences from the server.

    Attributes:
        delay: How long each request takes, in seconds.
        throttled: How many of every ten requests of the suite itself are answered SlowDown.
        throttles_reporter: Whether every upload of a reporter is.
        late: How many listings of a bucket are still empty.
        refused: The beginning of keys that are refused.
        makes_buckets: Whether an upload to a bucket that is not there makes the bucket.
        answered: How many requests were answered in each of these ways.
    """

    delay: float = 0.0
    throttled: int = 0
    throttles_reporter: bool = False
    late: int = 0
    refused: str = ""
    makes_buckets: bool = False
    answered: Counter[str] = field(default_factory=Counter)


@contextmanager
def unsteady(url: str, behavior: Behavior) -> Iterator[str]:
    """Start a front, and end it.

    Args:
        url: The server behind it.
        behavior: What is unlike it.
    """

    class Front(_Front):
        pass

    Front.behind, Front.behavior, Front.listings = url, behavior, Counter()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Front(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behind: str
    behavior: Behavior
    listings: Counter[str]

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = urlsplit(self.path)
        bucket, _, key = path.path.strip("/").partition("/")
        is_upload = self.command == "PUT" and bool(key)
        is_listing = self.command == "GET" and "list-type" in path.query
        behavior = self.behavior
        time.sleep(behavior.delay)
        if _OF_SUITE in self.headers.get("Authorization", ""):
            behavior.answered["suite"] += 1
            if behavior.answered["suite"] % 10 < behavior.throttled:
                behavior.answered["throttled"] += 1
                self.send(503, _SLOW_DOWN)
                return
        elif behavior.throttles_reporter and is_upload:
            behavior.answered["throttled"] += 1
            self.send(503, _SLOW_DOWN)
            return
        if is_listing:
            self.listings[bucket] += 1
            # The first is that of a bucket that is not there: whether it answers.
            if not bucket.startswith("probe") and self.listings[bucket] <= behavior.late:
                behavior.answered["late"] += 1
                self.send(200, _NOTHING)
                return
        if behavior.refused and key.startswith(behavior.refused):
            self.send(400, b"<Error><Code>InvalidRequest</Code></Error>")
            return
        if behavior.makes_buckets and is_upload:
            client("s3", self.behind).create_bucket(Bucket=bucket)
        self.forward(body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

    def forward(self, body: bytes) -> None:
        connection = HTTPConnection(urlsplit(self.behind).netloc)
        connection.request(self.command, self.path, body, dict(self.headers.items()))
        answer = connection.getresponse()
        kept = {"etag", "content-type", "location", "x-amz-bucket-region"}
        headers = {name: value for name, value in answer.getheaders() if name.lower() in kept}
        self.send(answer.status, answer.read(), headers)
        connection.close()

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        pass
