"""Sends recorded requests to a bare moto, and does nothing else: `replay_calls FILE`."""

import logging
import pickle
import sys
from http.client import HTTPConnection
from pathlib import Path

from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
address = server.get_host_and_port()
for method, target, headers, body in pickle.loads(Path(sys.argv[1]).read_bytes()):  # noqa: S301 -- record_calls.py wrote it
    connection = HTTPConnection(*address)
    connection.request(method, target, body, headers)
    connection.getresponse().read()
    connection.close()
