"""Runs a Ceph Object Gateway on the loopback interface until it is interrupted.

A whole cluster, as small as it gets: one monitor, one OSD that keeps everything in memory, and one
gateway.  Needs neither systemd nor root, but these packages of Debian or Ubuntu:
ceph-mon, ceph-osd, radosgw, and ceph-common.
"""

import sys
import uuid

from serving import (
    LOOPBACK,
    PROFILE,
    Daemons,
    answer,
    free_ports,
    main,
    need,
    new_user,
    output_of,
    serve,
)

INSTALL = "apt-get install --no-install-recommends ceph-mon ceph-osd radosgw ceph-common"
_TOOLS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")

_CONFIGURATION = """
[global]
fsid = {cluster}
mon host = v2:{loopback}:{monitor}
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
ms bind msgr1 = false
auth allow insecure global id reclaim = false
keyring = {folder}/keyring
run dir = {folder}
crash dir = {folder}
admin socket = {folder}/$name.$pid.asok
log to file = false
log to stderr = true
err to stderr = true
mon cluster log to file = false

# One copy of everything, on the one OSD.
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
# The gateway makes a dozen pools, each of which waits so long; a second by default.
paxos propose interval = 0.05

[mon.a]
mon data = {folder}/mon

[osd.0]
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd class load list = *
osd class default list = *

[client.rgw]
rgw data = {folder}
rgw frontends = beast endpoint={loopback}:{gateway}
rgw thread pool size = 16
rgw rados pool pg num min = 1
# SSE-KMS, which a reporter may use, without TLS and without a server for keys.
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = test-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
"""


def start(server: Daemons) -> None:
    """Start the cluster, and wait until its gateway answers."""
    need(_TOOLS, INSTALL)
    monitor, gateway = free_ports(2)
    cluster = str(uuid.uuid4())
    configuration = server.folder / "ceph.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            cluster=cluster,
            loopback=LOOPBACK,
            monitor=monitor,
            gateway=gateway,
            folder=server.folder,
        )
    )
    _make_keys(server)
    _start_monitor(server, cluster, monitor)
    _start_osd(server)
    server.start("radosgw", "-c", configuration, "-f", "-n", "client.rgw")
    server.wait_until("answer from S3", lambda: b"ListAllMyBucketsResult" in answer(gateway))

    user = new_user()
    server.run(
        *("radosgw-admin", "-c", configuration, "user", "create"),
        *("--uid", PROFILE, "--display-name", PROFILE),
        *("--access-key", user.access_key, "--secret-key", user.secret_key),
    )
    serve(server, f"Ceph {_version()}", gateway, user)


def _make_keys(server: Daemons) -> None:
    keyring = server.folder / "keyring"
    server.run("ceph-authtool", "--create-keyring", keyring)
    for name in ("mon.", "client.admin", "client.rgw", "osd.0"):
        everything = ("--cap", "mon", "allow *", "--cap", "osd", "allow *")
        server.run("ceph-authtool", keyring, "--gen-key", "-n", name, *everything)


def _start_monitor(server: Daemons, cluster: str, port: int) -> None:
    configuration, monitors = server.folder / "ceph.conf", server.folder / "monmap"
    address = f"[v2:{LOOPBACK}:{port}]"
    server.run("monmaptool", "--create", "--fsid", cluster, "--addv", "a", address, monitors)
    (server.folder / "mon").mkdir()
    monitor = ("ceph-mon", "-c", configuration, "-i", "a")
    server.run(*monitor, "--mkfs", "--monmap", monitors, "--keyring", server.folder / "keyring")
    server.start(*monitor, "-f")
    server.wait_until("quorum", lambda: _ceph(server, "quorum_status") != "")


def _start_osd(server: Daemons) -> None:
    name = str(uuid.uuid4())
    server.run("ceph", "-c", server.folder / "ceph.conf", "osd", "create", name, "0")
    (server.folder / "osd").mkdir()
    osd = ("ceph-osd", "-c", server.folder / "ceph.conf", "-i", "0")
    server.run(*osd, "--mkfs", "--osd-uuid", name)
    server.start(*osd, "-f")
    server.wait_until("OSD", lambda: "1 up" in _ceph(server, "osd", "stat"))


def _ceph(server: Daemons, *arguments: str) -> str:
    """Ask the monitor; empty if it does not answer."""
    # It tries for so many seconds.
    patience = ("--connect-timeout", "10")
    return output_of("ceph", "-c", server.folder / "ceph.conf", *patience, *arguments)


def _version() -> str:
    # Such as "ceph version 16.2.15 (618f...) pacific (stable)".
    return output_of("radosgw", "--version").split()[2]


if __name__ == "__main__":
    sys.exit(main(start))
