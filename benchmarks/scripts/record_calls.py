"""Runs `verify` at a moto of its own and records what reaches it: `record_calls FILE`.

At an endpoint, the suite does more than at its own moto, which is left out: it tags each bucket,
waits until it can be seen, lists it once more at the end, and deletes it.
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

from s3_reporter_conformance.backends.aws import INSPECTOR

Request = tuple[str, str, dict[str, str], bytes]

calls: list[Request] = []
answer = DomainDispatcherApplication.__call__


def at_moto_too() -> list[Request]:
    """What was recorded, without what the suite asks of an endpoint only."""
    last_list = {target: i for i, (_, target, _, _) in enumerate(calls) if "?list-type" in target}
    return [
        call
        for i, call in enumerate(calls)
        if not (
            call[0] == "DELETE"
            or call[1].endswith("?tagging")
            or (call[0] == "HEAD" and INSPECTOR.access_key_id in call[2].get("Authorization", ""))
            or i == last_list.get(call[1])
        )
    ]


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
Path(sys.argv[1]).write_bytes(pickle.dumps(at_moto_too()))
