"""The address that links begin with where no public one is set: as far as the caller's word goes.

The ``Host`` header is whatever a caller writes. One that this server does not have enters no link:
the links are then without a host.
"""

import re
from typing import Final

from starlette.requests import HTTPConnection

from service.settings import Settings

LOCAL: Final = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine."""

_HOST = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")


def address_called(request: HTTPConnection, settings: Settings) -> str:
    """Returns the address that was called, with the prefix; only the prefix for a foreign host."""
    host = request.headers.get("host", "")
    root = str(request.scope.get("root_path", ""))
    return f"{request.url.scheme}://{host}{root}" if takes(host, settings) else root


def takes(host: str, settings: Settings) -> bool:
    """Returns whether ``host`` may be a name of this server.

    On another address than this machine's own, and without a list, any host may.
    """
    if (match := _HOST.fullmatch(host)) is None:
        return False
    known = settings.allowed_hosts
    if "*" in known or not (known or settings.is_loopback):
        return True
    return host in known or match[1] in LOCAL or f"{match[1]}:*" in known
