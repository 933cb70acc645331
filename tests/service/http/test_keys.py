"""Tests of API keys and their command."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from service.http.keys import KeyRing, KeysError, make_key, parse_keys, read_keys, write_keys

pytestmark = pytest.mark.processes


def keys_command(file: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Runs ``python -m service keys``."""
    return subprocess.run(
        [sys.executable, "-m", "service", "keys", *args],
        env={**os.environ, "TARMAQ_KEYS_FILE": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_made_key_is_found_and_kept_as_a_hash() -> None:
    """A key finds itself; what is kept does not hold it."""
    secret, key = make_key("dify", ["dify"])
    ring = KeyRing(str(key))
    assert ring.find(secret) == key
    assert secret.removeprefix("tarmaq_") not in str(key)
    assert ring.find(secret + "a") is None
    assert ring.find("\ud800") is None


def test_key_works_through_its_last_day() -> None:
    """A key works on its last day and not after it."""
    secret, key = make_key("dify", ["dify"], date(2026, 3, 6))
    ring = KeyRing(str(key))
    assert ring.find(secret, date(2026, 3, 6)) == key
    assert ring.find(secret, date(2026, 3, 7)) is None


def test_keys_are_read_back_as_written() -> None:
    """Several keys on one line, as in an environment variable, with comments and gaps."""
    keys = tuple(
        make_key(name, scopes, end)[1]
        for name, scopes, end in [("a", ["chat", "mcp"], None), ("b", ["dify"], date(2027, 1, 2))]
    )
    assert parse_keys("; ".join(map(str, keys)) + ";  # end", origin="x") == keys


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tarmaq_secret", "x:1"),
        (f"\na sha256:{'0' * 64} chat 2026-02-30", "x:2"),
        (f"a sha256:{'0' * 64} everything never", "everything"),
        (f"a sha256:{'0' * 63} chat never", "x:1"),
    ],
)
def test_malformed_line_is_named(text: str, place: str) -> None:
    """A line that is no key says where it is."""
    with pytest.raises(KeysError, match=place):
        parse_keys(text, origin="x")


def test_file_is_private_and_read_again_when_it_changes(tmp_path: Path) -> None:
    """A revoked key stops working in a running service; the file is its owner's only."""
    path = tmp_path / "keys"
    secret, key = make_key("dify", ["dify"])
    write_keys(path, [key])
    ring = KeyRing(path=path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert ring.find(secret) == key
    write_keys(path, [])
    assert ring.find(secret) is None
    assert ring.needed


def test_command_makes_lists_and_revokes(tmp_path: Path) -> None:
    """The key is printed once, its name listed, and gone after it is revoked."""
    path = tmp_path / "keys"
    made = keys_command(path, "make", "dify", "--scope", "dify", "--days", "3")
    key = KeyRing(path=path).find(made.stdout.strip())
    assert key is not None
    assert (key.name, key.scopes) == ("dify", ("dify",))
    assert keys_command(path, "list").stdout == f"dify\tdify\t{key.expires}\n"
    assert keys_command(path, "revoke", "dify").returncode == 0
    assert keys_command(path, "list").stdout == ""


def test_command_says_what_is_wrong(tmp_path: Path) -> None:
    """A taken name, an unknown name and an unknown scope are one line and exit status 1."""
    path = tmp_path / "keys"
    keys_command(path, "make", "dify")
    for arguments in (["make", "dify"], ["revoke", "chat"], ["make", "x", "--scope", "all"]):
        result = keys_command(path, *arguments)
        assert result.returncode == 1
        assert result.stderr.startswith("error: ")
        assert result.stderr.count("\n") == 1


def test_spoilt_line_locks_nobody_else_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Keys on the other lines work, and the log names the line."""
    path = tmp_path / "keys"
    secret, key = make_key("dify", ["dify"])
    path.write_text(f"what is this?\n{key}\n", encoding="utf-8")
    assert KeyRing(path=path).find(secret) == key
    assert f"{path}:1" in caplog.text


def test_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    """The keys read before go on working while a file is not readable."""
    path = tmp_path / "keys"
    secret, key = make_key("dify", ["dify"])
    write_keys(path, [key])
    ring = KeyRing(path=path)
    path.write_bytes(b"\xff\xfe")
    assert ring.find(secret) == key


def test_keys_made_at_once_by_many_are_all_kept(tmp_path: Path) -> None:
    """Processes that change the file at the same time wait for each other."""
    path = tmp_path / "keys"
    code = (
        "import sys; from pathlib import Path; from service.http.keys import add_key, make_key\n"
        "for n in range(5): add_key(Path(sys.argv[1]), make_key(f'{sys.argv[2]}-{n}', ['mcp'])[1])"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(number)])
        for number in range(6)
    ]
    assert [process.wait() for process in running] == [0] * 6
    assert len(read_keys(path)) == 30
    assert path.stat().st_mode & 0o777 == 0o600
