"""Connections to the backend, kept open from one request to the next."""

import threading
from http.client import HTTPConnection
from select import select

from ..endpoint import Address

# How long each step of a request may take, in seconds.
_SECONDS = 30
# How many connections are kept: virtual-hosted, each bucket has its own.
_MOST_IDLE = 16


class Connections:
    """The idle connections of a wire, shared by its threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._idle: list[tuple[Address, HTTPConnection]] = []
        self._lock = threading.Lock()

    def take(self, address: Address, *, fresh: bool = False) -> HTTPConnection:
        """Get a connection.

        Args:
            address: Where to.
            fresh: Open a new one, even if another is idle.
        """
        while not fresh and (connection := self._pop(address)):
            if not _is_ended(connection):
                return connection
            connection.close()
        return address.connect(_SECONDS)

    def give_back(self, address: Address, connection: HTTPConnection) -> None:
        """Keep a connection whose last response was read, unless the server ended it."""
        if connection.sock is None:
            return
        with self._lock:
            self._idle.append((address, connection))
            oldest = self._idle.pop(0)[1] if len(self._idle) > _MOST_IDLE else None
        if oldest:
            oldest.close()

    def close(self) -> None:
        """Close those that are idle."""
        with self._lock:
            for _, connection in self._idle:
                connection.close()
            self._idle.clear()

    def _pop(self, address: Address) -> HTTPConnection | None:
        with self._lock:
            for index in reversed(range(len(self._idle))):
                if self._idle[index][0] == address:
                    return self._idle.pop(index)[1]
        return None


def _is_ended(connection: HTTPConnection) -> bool:
    """Whether the server has ended an idle connection: only then is there something to read."""
    return bool(select([connection.sock], [], [], 0)[0])
