"""Tests of administering a service of two processes: whichever takes the request answers."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from service.http.keys import make_key, write_keys

NAME = "law-2021-5-vii"
LAW = """Қазақстан Республикасының 2021 жылғы 3 ақпандағы № 5-VII Заңы
Ауыл кітапханалары туралы

1-бап. Осы Заңның мақсаты
1. Осы Заң ауыл кітапханаларының жұмысын реттейді.

2-бап. Кітапхана қоры
1. Ауыл кітапханасының қоры жыл сайын бюджет қаражаты есебінен толықтырылады.
"""


class Service:
    """A service of two processes."""

    def __init__(self, address: str, secret: str, processes: list[int]) -> None:
        self.address = address
        self.secret = secret
        self.processes = processes

    @contextmanager
    def by(self, number: int, **options: object) -> Iterator[httpx.Client]:
        """Gives a client whose connection one of the processes has taken."""
        others = [pid for place, pid in enumerate(self.processes) if place != number]
        with httpx.Client(base_url=self.address, timeout=120, **options) as client:  # type: ignore[arg-type]
            for pid in others:
                os.kill(pid, signal.SIGSTOP)
            try:
                assert client.get("/health/live").status_code == 200
            finally:
                for pid in others:
                    os.kill(pid, signal.SIGCONT)
            yield client

    @property
    def key(self) -> dict[str, str]:
        """The administrator's key as a header."""
        return {"Authorization": f"Bearer {self.secret}"}


@pytest.fixture(scope="module")
def service(
    serving: Callable[..., AbstractContextManager["tuple[subprocess.Popen[str], str]"]],
    concept_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service of two processes over a copy of the concept's index."""
    home = tmp_path_factory.mktemp("home")
    index = Path(shutil.copytree(concept_folder, home / "index"))
    secret, key = make_key("admin", ["admin", "search"])
    write_keys(home / "keys", [key])
    settings = {"TARMAQ_KEYS_FILE": str(home / "keys"), "TARMAQ_WORKERS": "2"}
    with serving(index, **settings) as (process, address):
        yield Service(address, secret, taking(process.pid))


def taking(supervisor: int) -> list[int]:
    """Returns the two processes that take connections, once both do."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        found = [child.pid for child in psutil.Process(supervisor).children() if listens(child)]
        if len(found) == 2:
            return found
        time.sleep(0.1)
    raise AssertionError("two processes did not start in 180 s")


def listens(process: psutil.Process) -> bool:
    """Whether a process watches the port: its event loop has the port's socket in an epoll."""
    try:
        ports = {c.fd for c in process.net_connections() if c.status == psutil.CONN_LISTEN}
        return bool(ports & watched(process.pid))
    except (OSError, psutil.Error):
        return False  # What was listed a moment ago has been closed.


def watched(pid: int) -> set[int]:
    """Returns the numbers of the open files that a process's epolls watch."""
    opened = Path(f"/proc/{pid}")
    epolls = [
        file.name
        for file in (opened / "fd").iterdir()
        if os.readlink(file) == "anon_inode:[eventpoll]"
    ]
    told = "".join((opened / "fdinfo" / name).read_text(encoding="ascii") for name in epolls)
    return {int(number) for number in re.findall(r"^tfd: +(\d+)", told, re.MULTILINE)}


def test_a_job_goes_on_in_another_process(service: Service) -> None:
    """One process examines a document, the other tells and publishes it, and both serve it."""
    files = [("files", ("kk.txt", LAW.encode()))]
    with service.by(0, headers=service.key) as first:
        started = first.post("/v1/documents?wait=0", files=files, data={"dry_run": "true"})
        where = started.headers["location"]
        assert started.status_code == 202
    with service.by(1, headers=service.key) as second:
        deadline = time.monotonic() + 120
        while (job := second.get(where).json())["state"] in ("waiting", "running"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert job["found"]["editions"][0]["passages"] == 2
        published = second.post(f"{where}/publish")
        assert published.status_code == 201, published.text
        assert second.get(f"/v1/documents/{NAME}").status_code == 200
    with service.by(0, headers=service.key) as first:
        assert first.get(f"/v1/jobs/{published.json()['id']}").json()["state"] == "done"
        assert first.get(f"/v1/documents/{NAME}").status_code == 200
        twice = first.post("/v1/documents", files=files)
        assert twice.status_code == 409, twice.text
    with service.by(1, headers=service.key | {"If-Match": published.headers["etag"]}) as second:
        assert second.delete(f"/v1/documents/{NAME}").status_code == 200


def test_a_session_opened_in_one_process_holds_in_another(service: Service) -> None:
    """The cookie of one is good for the other, and once left it is good for neither."""
    with service.by(0) as first:
        opened = first.post("/admin/key", data={"key": service.secret})
        assert opened.status_code == 303
    cookies = {"tarmaq_admin": opened.cookies["tarmaq_admin"]}
    with service.by(1, cookies=cookies) as second:
        page = second.get("/admin/documents")
        assert page.status_code == 200
        proof = re.search(r'name="proof" value="([^"]+)"', page.text)
        assert proof
        assert second.post("/admin/leave", data={"proof": proof[1]}).status_code == 303
    with service.by(0, cookies=cookies) as first:
        assert first.get("/admin/documents").status_code == 401
