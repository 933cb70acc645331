"""Takes the port before anything is loaded."""

import socket
from typing import Final

from indexer.errors import TarmaqError

_WAITING: Final = 2048


class AddressError(TarmaqError):
    """The server cannot listen on its address."""


def listen(host: str, port: int) -> socket.socket:
    """Returns a listening socket; whoever calls while the index is loaded waits for the answer.

    Raises:
        AddressError: The port is taken, or the address is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_WAITING)
    except OSError as error:
        why = error.strerror or str(error)
        raise AddressError(
            f"{host}:{port}: cannot listen there ({why}); end what uses the port, or name another: "
            "--port or TARMAQ_PORT (0 takes a free one), --host or TARMAQ_HOST."
        ) from error
    # Connections inherit it. asyncio would set it, but only on sockets that name their protocol;
    # without it the second part of every answer waits 40 ms for the first to be acknowledged.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address_of(listener: socket.socket) -> str:
    """Returns the address that a browser reaches a socket of this machine under."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
