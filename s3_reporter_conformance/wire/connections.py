"""Connections to the backend, kept open from one request to the next."""

import threading
from http.client import HTTPConnection
from select import select

from ..endpoint import Address

# How long each step of a request may take, in seconds.
_SECONDS = 30


class Connections:
    """The idle connections of a wire, shared by its threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._idle: dict[Address, list[HTTPConnection]] = {}
        self._lock = threading.Lock()

    def take(self, address: Address, *, fresh: bool = False) -> HTTPConnection:
        """Get a connection.

        Args:
            address: Where to.
            fresh: Open a new one, even if another is idle.
        """
        while not fresh:
            with self._lock:
                idle = self._idle.get(address)
                connection = idle.pop() if idle else None
            if connection is None:
                break
            if not _is_ended(connection):
                return connection
            connection.close()
        return address.connect(_SECONDS)

    def give_back(self, address: Address, connection: HTTPConnection) -> None:
        """Keep a connection whose last response was read, unless the server ended it."""
        if connection.sock is None:
            return
        with self._lock:
            self._idle.setdefault(address, []).append(connection)

    def close(self) -> None:
        """Close those that are idle."""
        with self._lock:
            for connection in (each for idle in self._idle.values() for each in idle):
                connection.close()
            self._idle.clear()


def _is_ended(connection: HTTPConnection) -> bool:
    """Whether the server has ended an idle connection: only then is there something to read."""
    return bool(select([connection.sock], [], [], 0)[0])
