"""Whether an endpoint can be reached, and what to do if not."""

import ssl
from http.client import HTTPException

from ..endpoint import Address
from ..words.errors import BackendError

# How long each step may take, in seconds.
_SECONDS = 30


def check_reachable(address: Address) -> None:
    """Send one request without a signature, to which any answer will do.

    Raises:
        BackendError: There is no answer; the message says what to do.
    """
    connection = address.connect(_SECONDS)
    try:
        connection.connect()
    except ssl.SSLCertVerificationError as error:
        raise BackendError(
            f"the certificate of {address.url} cannot be verified: {error.verify_message}; if the "
            "endpoint is the right one, name the file of its certificate authority with --ca-bundle"
        ) from error
    except (ssl.SSLError, ConnectionResetError) as error:
        if address.scheme == "http":
            raise _silent(address, error) from error
        plain = f"http{address.url.removeprefix('https')}"
        raise BackendError(
            f"{address.url} does not speak TLS ({error}): use {plain} if it speaks plain HTTP"
        ) from error
    except OSError as error:
        raise _silent(address, error) from error
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        if _speaks_tls(address):
            raise _needs_tls(address) from error
        raise BackendError(f"{address.url} does not answer as HTTP does: {error}") from error
    finally:
        connection.close()
    # Some servers answer in plain HTTP that they expect TLS.
    if status == 400 and _speaks_tls(address):  # noqa: PLR2004 -- Bad Request
        raise _needs_tls(address)


def _silent(address: Address, error: OSError) -> BackendError:
    return BackendError(
        f"nothing answers at {address.url}: {error}; start the server, or correct --backend"
    )


def _needs_tls(address: Address) -> BackendError:
    return BackendError(f"{address.url} speaks TLS: use https{address.url.removeprefix('http')}")


def _speaks_tls(address: Address) -> bool:
    """Whether a TLS handshake gets as far as the certificate; nothing else is sent."""
    if address.scheme == "https":
        return False
    secure = Address(address.host, address.port, "https")
    connection = secure.connect(_SECONDS)
    try:
        connection.connect()
    except ssl.SSLCertVerificationError:
        return True
    except OSError:
        return False
    else:
        return True
    finally:
        connection.close()
