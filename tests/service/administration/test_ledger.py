"""Tests of what the processes of one service share of its administration."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from indexer.progress import Progress
from service.administration.jobs import Job, Jobs
from service.administration.ledger import Ledger
from service.errors import RequestError
from service.http.keys import KeyRing, make_key, read_keys, write_keys
from service.http.sessions import Sessions

pytestmark = pytest.mark.processes

RESULTS = TypeAdapter(list[int])


def work(job: Job[list[int]], progress: object) -> None:
    """Brings a result."""
    job.result = [1, 2]


def test_a_process_knows_the_jobs_of_another(tmp_path: Path) -> None:
    """State and result are read by all, until the process that did the job ends."""
    own, other = (Jobs(Ledger(tmp_path / "index"), RESULTS) for _ in range(2))
    job = own.submit(work)

    found = other.find(job.id, wait=60)
    assert (found.state, found.result) == ("done", [1, 2])
    own.close()
    with pytest.raises(RequestError, match="job"):
        other.find(job.id)


def test_an_error_of_another_process_keeps_its_languages(tmp_path: Path) -> None:
    """Why a job failed is told by all as by the process that did it."""

    def fail(job: Job[list[int]], progress: object) -> None:
        raise RequestError("document-exists", status=409, name="a-law")

    own, other = (Jobs(Ledger(tmp_path / "index"), RESULTS) for _ in range(2))
    error = other.find(own.submit(fail).id, wait=60).error
    own.close()

    assert error is not None
    assert (error.code, error.status) == ("document-exists", 409)
    assert error.message == RequestError("document-exists", name="a-law").message


def test_the_jobs_of_a_killed_process_are_forgotten(tmp_path: Path, root: Path) -> None:
    """The system takes the lock of a process that had no time to tell that it ends."""
    code = """
import sys
import time
from pathlib import Path
from pydantic import TypeAdapter
from indexer.progress import Progress
from service.administration.jobs import Jobs
from service.administration.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
job = Jobs(ledger, TypeAdapter(None)).submit(lambda job, progress: sys.stdin.read() and None)
print(ledger.owner, job.id, flush=True)
sys.stdin.read()
"""
    ledger = Ledger(tmp_path / "index")
    jobs = Jobs(ledger, RESULTS)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "index")],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        owner, name = process.stdout.readline().split()
        assert ledger.lives(owner)
        assert jobs.find(name).state in ("waiting", "running")
        process.kill()
        process.wait()

    assert not ledger.lives(owner)
    with pytest.raises(RequestError):
        jobs.find(name)
    assert jobs.find(jobs.submit(work).id, wait=60).state == "done"
    with ledger.open() as connection:
        assert connection.execute("SELECT count(*) FROM job").fetchone() == (1,)
    jobs.close()


def test_a_session_holds_in_every_process(tmp_path: Path) -> None:
    """One process opens it, another knows it; closed or without its key it is gone everywhere."""
    secret, key = make_key("admin", ["admin"])
    write_keys(tmp_path / "keys", [key])
    own, other = (
        Sessions(KeyRing(path=tmp_path / "keys"), Ledger(tmp_path / "index")) for _ in range(2)
    )
    session, second = own.open(secret), own.open(secret)
    assert session is not None
    assert second is not None

    assert other.find(session.token) == session
    other.close(session.token)
    assert own.find(session.token) is None
    write_keys(tmp_path / "keys", read_keys(tmp_path / "keys")[1:])
    assert other.find(second.token) is None


def test_the_file_holds_no_token(tmp_path: Path) -> None:
    """Whoever reads the file cannot take a session over."""
    secret, key = make_key("admin", ["admin"])
    ledger = Ledger(tmp_path / "index")
    session = Sessions(KeyRing(str(key)), ledger).open(secret)
    assert session is not None

    kept = b"".join(path.read_bytes() for path in ledger.folder.iterdir())
    assert session.token.encode() not in kept
    assert secret.encode() not in kept


def test_asking_makes_no_folder(tmp_path: Path) -> None:
    """A made-up cookie or job leaves nothing behind."""
    ledger = Ledger(tmp_path / "index")

    assert Sessions(KeyRing(), ledger).find("made-up") is None
    with pytest.raises(RequestError):
        Jobs(ledger, RESULTS).find("made-up")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """The error names the file, but not where on the machine it lies."""
    (tmp_path / ".administration").write_text("in the way", encoding="utf-8")
    ledger = Ledger(tmp_path / "index")

    with (
        pytest.raises(RequestError, match=r"ledger\.sqlite: cannot be written") as told,
        ledger.open(),
    ):
        pass
    assert (told.value.code, told.value.status) == ("store-not-written", 503)
    assert str(tmp_path) not in str(told.value)
    with pytest.raises(RequestError, match="cannot be written"):
        Jobs(ledger, RESULTS).submit(work)


def test_a_job_that_gets_no_turn_fails_and_the_next_is_done(tmp_path: Path) -> None:
    """The thread that does jobs outlives a folder that cannot be written for a while."""
    ledger = Ledger(tmp_path / "index")
    jobs = Jobs(ledger, RESULTS)
    lock = ledger.folder / "turn.lock"
    lock.mkdir(parents=True)
    failed = jobs.find(jobs.submit(work).id, wait=60)
    assert failed.error is not None
    assert (failed.state, failed.error.code) == ("failed", "store-not-written")

    lock.rmdir()
    assert jobs.find(jobs.submit(work).id, wait=60).state == "done"
    jobs.close()


def test_a_job_goes_on_where_its_progress_cannot_be_written(tmp_path: Path) -> None:
    """Only how far it has come is lost."""
    ledger = Ledger(tmp_path / "index")
    away = tmp_path / "away"

    def interrupted(job: Job[list[int]], progress: Progress) -> None:
        ledger.folder.rename(away)
        ledger.folder.write_text("in the way", encoding="utf-8")
        progress("embedding", 1, 2)
        ledger.folder.unlink()
        away.rename(ledger.folder)
        job.result = [1, 2]

    jobs = Jobs(ledger, RESULTS)
    job = jobs.submit(interrupted)
    until = time.monotonic() + 60
    while not job.has_ended:
        assert time.monotonic() < until
        time.sleep(0.01)
    found = jobs.find(job.id, wait=60)
    assert (found.state, found.result) == ("done", [1, 2])
    jobs.close()
