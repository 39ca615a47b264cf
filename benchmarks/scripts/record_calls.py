"""Runs `verify` at a moto of its own and records what reaches it: `record_calls FILE`.

At an endpoint, the suite deletes what it made; at its own moto it does not, so that is left out.
"""

import logging
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.server import ThreadedMotoServer
from werkzeug.wsgi import get_input_stream

Request = tuple[str, str, dict[str, str], bytes]

calls: list[Request] = []
answer = DomainDispatcherApplication.__call__


def recorded(
    self: DomainDispatcherApplication, environ: dict[str, Any], start: Callable[..., Any]
) -> Iterable[bytes]:
    """Note a request, and let moto answer it."""
    body = get_input_stream(environ).read()
    environ["wsgi.input"] = BytesIO(body)
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").title(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or name == "CONTENT_TYPE"
    }
    for name in ("Connection", "Expect", "Transfer-Encoding"):
        headers.pop(name, None)
    if environ["REQUEST_METHOD"] != "DELETE":
        calls.append((environ["REQUEST_METHOD"], environ["RAW_URI"], headers, body))
    answered: Iterable[bytes] = answer(self, environ, start)
    return answered


DomainDispatcherApplication.__call__ = recorded  # type: ignore[method-assign, assignment]
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
host, port = server.get_host_and_port()
suite = (sys.executable, "-m", "s3_reporter_conformance")
subprocess.run([*suite, "verify", "--backend", f"http://{host}:{port}"], check=True)
Path(sys.argv[1]).write_bytes(pickle.dumps(calls))
