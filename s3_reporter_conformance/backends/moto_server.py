"""The process of the moto server."""

import logging
import os
import sys
from functools import cache
from threading import Lock, Thread
from typing import Any

import msgspec
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.moto_server import werkzeug_app
from moto.s3.models import FakeKey, S3Backend, s3_backends
from moto.s3.utils import ARCHIVE_STORAGE_CLASSES
from werkzeug import Request, Response
from werkzeug.serving import make_server

from ..s3.credentials import REGION
from .base import CONTENT_OF_OTHERS, OF_OTHERS, OWN_BUCKET, StoredObject
from .moto import OBJECTS, RESET

_LOOPBACK = "127.0.0.1"


class _Application(werkzeug_app.DomainDispatcherApplication):
    """Serves moto, and answers the suite itself from moto's memory, in one request."""

    def __init__(self) -> None:
        super().__init__(werkzeug_app.create_backend_app)
        self._made: set[str] = set()
        self._making = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        if request.path == RESET:
            # With the same seed, the next run has the same names.
            self._made.clear()
        if request.path == OBJECTS:
            return self._objects(request)(environ, start_response)
        self._make(request.path.split("/")[1])
        return super().__call__(environ, start_response)

    # Moto lists its own folder for every request.
    @cache  # noqa: B019 -- there is one application, which lasts as long as the process
    def get_backend_for_host(self, host: str | None) -> Any:
        return super().get_backend_for_host(host)

    def _objects(self, request: Request) -> Response:
        """Store objects with PUT; read those of a bucket with GET, and delete it with DELETE."""
        if request.method == "PUT":
            for each in msgspec.json.decode(request.data, type=list[StoredObject]):
                self._make(each.bucket)
                _s3().put_object(each.bucket, each.key, each.content)
            return Response()
        name = request.args["bucket"]
        bucket = _s3().buckets.get(name)
        if request.method == "DELETE":
            # Nothing makes it any more.
            self._made.add(name)
            if bucket:
                bucket.keys.clear()
                _s3().delete_bucket(name)
            return Response()
        keys = bucket.keys.values() if bucket else ()
        # Not the markers of what was deleted.
        own = (key for key in keys if isinstance(key, FakeKey) and key.name not in OF_OTHERS)
        found = [_stored(key) for key in own]
        return Response(msgspec.json.encode(found))

    def _make(self, bucket: str) -> None:
        """Make a bucket of the suite's before the first request that concerns it."""
        with self._making:
            if OWN_BUCKET.fullmatch(bucket) and bucket not in self._made:
                self._made.add(bucket)
                _s3().create_bucket(bucket, REGION)
                s3_backends.bucket_accounts[bucket] = ("aws", DEFAULT_ACCOUNT_ID)
                # As many have it: each object has a version, which is no part of its URL.
                _s3().put_bucket_versioning(bucket, "Enabled")
                for key in OF_OTHERS:
                    _s3().put_object(bucket, key, CONTENT_OF_OTHERS)


def _s3() -> S3Backend:
    return s3_backends[DEFAULT_ACCOUNT_ID]["aws"]


def _stored(key: FakeKey) -> StoredObject:
    storage = key.storage_class or ""
    restored = 'ongoing-request="false"' in key.response_dict.get("x-amz-restore", "")
    archived = storage if storage in ARCHIVE_STORAGE_CLASSES and not restored else ""
    content = b"" if archived else key.value
    return StoredObject(
        key.bucket_name or "", key.name, key.metadata["Content-Type"], content, archived
    )


def main() -> None:
    """Serve until standard input ends, as it does when the process that started this one ends.

    The first line of standard output is the port.
    """
    # The wire tells what a request came to.
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = make_server(
        _LOOPBACK,
        0,
        _Application(),
        threaded=True,
        # What keeps underscores in the names of headers: moto has it since 5.2.5.
        request_handler=getattr(werkzeug_app, "MotoRequestHandler", None),
    )
    Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)
