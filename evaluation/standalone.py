"""The standalone Milvus server of the PyPI package ``milvus``, for tests and measurements.

It listens on all interfaces, so it is started only where loopback is the only one: in a network
namespace (``unshare -rn``).
"""

import os
import signal
import socket
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_UNPACKED = Path(tempfile.gettempdir()) / "tarmaq-milvus"
_PORT = 19530


def missing() -> str:
    """Returns why no server can be started here, as a sentence; nothing where one can."""
    for package in ("milvus", "pymilvus"):
        if find_spec(package) is None:
            return f"the package {package} is not installed: pip install milvus==2.3.5 pymilvus"
    others = {name for _, name in socket.if_nameindex()} - {"lo"}
    if others:
        return f"it would listen on {', '.join(sorted(others))}: run it under unshare -rn"
    return ""


class Server:
    """A server with its data in a folder."""

    address = f"127.0.0.1:{_PORT}"

    def __init__(self, folder: Path) -> None:
        """Names the folder."""
        self.folder = folder
        self._server: Any = None

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        from milvus import MilvusServer, MilvusServerConfig

        class Config(MilvusServerConfig):  # type: ignore[misc]
            """Takes a port that a server which was killed just now has left."""

            def try_bind_port(self, port: int) -> socket.socket | None:
                """Returns a socket on a port; None where it is taken."""
                found = socket.socket()
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    found.bind(("127.0.0.1", port))
                    found.listen()
                except OSError:
                    found.close()
                    return None
                return found

        self.folder.mkdir(parents=True, exist_ok=True)
        _UNPACKED.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "bin").exists():
            (self.folder / "bin").symlink_to(_UNPACKED)
        config = Config()
        config.update(proxy_port=_PORT, data_dir=str(self.folder))
        config.set("system_log_level", "error")
        # Loading a collection waits for the next of these looks.
        config.set("queryCoord.checkInterval", 100)
        config.set("queryCoord.distPullInterval", 100)
        # What is not indexed yet is compared one by one, not through a coarse index.
        config.set("queryNode.segcore.interimIndex.enableIndex", "false")
        self._server = MilvusServer(config)
        here = os.getcwd()
        self._server.start()
        os.chdir(here)

    @property
    def pid(self) -> int:
        """Its process."""
        return int(self._server.server_proc.pid)

    def memory(self) -> int:
        """Returns the bytes of memory that it holds."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Ends the server by a signal and waits for its end."""
        process = self._server.server_proc
        process.send_signal(number)
        process.wait(60)
        self._server.server_proc = None
        time.sleep(0.2)

    def stop(self) -> None:
        """Ends the server; at once, for its data are not needed any more."""
        if self._server is not None and self._server.server_proc is not None:
            self.kill()
