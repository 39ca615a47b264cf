"""Runs `verify` and records each request that reaches moto: `record_calls FILE`."""

import pickle
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from werkzeug.wsgi import get_input_stream

from s3_reporter_conformance.cli.main import main

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
    calls.append((environ["REQUEST_METHOD"], environ["RAW_URI"], headers, body))
    answered: Iterable[bytes] = answer(self, environ, start)
    return answered


DomainDispatcherApplication.__call__ = recorded  # type: ignore[method-assign, assignment]
try:
    main(["verify", "--quiet", "-n", "0"])
finally:
    Path(sys.argv[1]).write_bytes(pickle.dumps(calls))
