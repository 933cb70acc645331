"""API keys: who may use which door, and until when; only hashes are kept.

A key is 32 random bytes, so one SHA-256 hides it: there is nothing to guess that salt or a slow
hash would protect. A line of the keys file is ``name sha256:<hash> scope,scope expiry``.
"""

import fcntl
import hashlib
import hmac
import logging
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final, Literal, TypeAlias, cast, get_args

from indexer.errors import TarmaqError

Scope: TypeAlias = Literal["search", "chat", "rerank", "dify", "mcp", "metrics", "admin"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)

ASKING: Final[tuple[Scope, ...]] = tuple(
    scope for scope in SCOPES if scope not in ("metrics", "admin")
)
"""The scopes of a key that is made without naming any: those of somebody who asks."""

_LOG = logging.getLogger(__name__)
_SCOPE_LIST = ", ".join(SCOPES)
_PREFIX = "tarmaq_"
_LINE = re.compile(
    r"(?P<name>\S+)\s+sha256:(?P<hash>[0-9a-f]{64})\s+(?P<scopes>\S+)\s+(?P<end>\S+)"
)
_NEVER = "never"
_HEADER = (
    "# API keys of Tarmaq: name, hash, scopes, last day. Write it with: keys make, keys revoke.\n"
)


class KeysError(TarmaqError):
    """The API keys cannot be read or changed."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of an API key.

    Attributes:
        name: Who uses it.
        digest: SHA-256 of the key, as 64 hexadecimal digits.
        scopes: The doors it opens.
        expires: The last day on which it works, in UTC; None for no end.
    """

    name: str
    digest: str
    scopes: tuple[Scope, ...]
    expires: date | None = None

    def __str__(self) -> str:
        end = self.expires.isoformat() if self.expires else _NEVER
        return f"{self.name} sha256:{self.digest} {','.join(self.scopes)} {end}"

    def works_on(self, day: date) -> bool:
        """Whether the key works on ``day``."""
        return self.expires is None or day <= self.expires


def make_key(name: str, scopes: Iterable[str], expires: date | None = None) -> tuple[str, Key]:
    """Returns a new key, shown this once, and what is kept of it.

    Raises:
        KeysError: The name is empty or holds white space, ``;`` or ``#``; there is no such scope.
    """
    if not re.fullmatch(r"[^\s;#]+", name):
        raise KeysError(f"{name!r} cannot name a key: no white space, ';' or '#'.")
    secret = _PREFIX + secrets.token_urlsafe(32)
    return secret, Key(name, _digest(secret), _scopes(scopes, origin=name), expires)


def parse_keys(text: str, *, origin: str) -> tuple[Key, ...]:
    """Reads lines of keys; ``;`` separates them too, empty ones and ``#`` comments are skipped.

    Raises:
        KeysError: A line is malformed; says which, in ``origin``.
    """
    return tuple(_key(content, where) for content, where in _lines(text, origin))


def read_keys(path: Path) -> tuple[Key, ...]:
    """Reads a keys file; no file, no keys.

    Raises:
        KeysError: It cannot be read, or a line is malformed.
    """
    try:
        return parse_keys(path.read_text(encoding="utf-8"), origin=str(path))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise KeysError(f"{path}: the keys cannot be read ({error}).") from error


def write_keys(path: Path, keys: Iterable[Key]) -> None:
    """Replaces a keys file in one step, readable by its owner only.

    Raises:
        KeysError: It cannot be written.
    """
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as draft:
            try:
                draft.write(_HEADER + "".join(f"{key}\n" for key in keys))
                draft.flush()
                os.fsync(draft.fileno())
                Path(draft.name).replace(path)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise KeysError(f"{path}: the keys cannot be written ({error.strerror}).") from error


def add_key(path: Path, key: Key) -> None:
    """Adds a key to a keys file, whoever else changes it at the same time.

    Raises:
        KeysError: There is one of that name, or the file cannot be read or written.
    """
    with _locked(path):
        known = read_keys(path)
        if any(one.name == key.name for one in known):
            raise KeysError(f"{path}: there is a key named {key.name}; revoke it first.")
        write_keys(path, (*known, key))


def revoke_key(path: Path, name: str) -> None:
    """Takes a key out of a keys file, whoever else changes it at the same time.

    Raises:
        KeysError: There is none of that name, or the file cannot be read or written.
    """
    with _locked(path):
        known = read_keys(path)
        kept = tuple(key for key in known if key.name != name)
        if len(kept) == len(known):
            raise KeysError(f"{path}: there is no key named {name}.")
        write_keys(path, kept)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Waits until no other process changes the file, and keeps others waiting."""
    try:
        lock = path.with_name(f".{path.name}.lock").open("a")
    except OSError as error:
        raise KeysError(f"{path}: the keys cannot be written ({error.strerror}).") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class KeyRing:
    """The keys that a service takes; the file is read again when it changes."""

    def __init__(self, text: str = "", path: Path | None = None) -> None:
        """Takes keys as in ``TARMAQ_API_KEYS`` and the keys file.

        Raises:
            KeysError: A key is malformed.
        """
        self._given = parse_keys(text, origin="TARMAQ_API_KEYS")
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._filed: tuple[Key, ...] = ()
        self._refresh()

    @property
    def needed(self) -> bool:
        """Whether a key is asked for at all: keys are given, or a file for them is named."""
        return bool(self._given) or self._path is not None

    def find(self, secret: str, day: date | None = None) -> Key | None:
        """Returns the key that ``secret`` is, if it works on ``day`` (today by default)."""
        self._refresh()
        digest = _digest(secret)
        found = None
        # No early end: the time must not tell which key was nearly right.
        for key in (*self._given, *self._filed):
            if hmac.compare_digest(key.digest, digest):
                found = key
        return found if found and found.works_on(day or datetime.now(UTC).date()) else None

    def known(self, digest: str) -> Key | None:
        """Returns the key of a digest, if it works today."""
        self._refresh()
        for key in (*self._given, *self._filed):
            if key.digest == digest and key.works_on(datetime.now(UTC).date()):
                return key
        return None

    def _refresh(self) -> None:
        if self._path is None:
            return
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._filed, self._stamp = (), None
            return
        if (stamp := (status.st_mtime_ns, status.st_ino)) == self._stamp:
            return
        # One spoilt line locks nobody else out; a file that cannot be read changes nothing.
        self._stamp = stamp
        try:
            text = self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            _LOG.error(
                "%s: the keys cannot be read (%s); those read before go on", self._path, error
            )
            return
        found: list[Key] = []
        for content, where in _lines(text, str(self._path)):
            try:
                found.append(_key(content, where))
            except KeysError as error:
                _LOG.error("%s", error)
        self._filed = tuple(found)


def _lines(text: str, origin: str) -> Iterator[tuple[str, str]]:
    """Yields what each line says, and where it stands."""
    for number, line in enumerate(re.split(r"[\n;]", text), start=1):
        if content := line.partition("#")[0].strip():
            yield content, f"{origin}:{number}"


def _key(content: str, where: str) -> Key:
    if (match := _LINE.fullmatch(content)) is None:
        raise KeysError(
            f"{where}: no key. A line is 'name sha256:<64 digits> scopes expiry', "
            f"the expiry YYYY-MM-DD or {_NEVER}; write it with: python -m service keys make."
        )
    try:
        expires = None if match["end"] == _NEVER else date.fromisoformat(match["end"])
    except ValueError as error:
        raise KeysError(f"{where}: {match['end']!r} is no day (YYYY-MM-DD).") from error
    granted = _scopes(match["scopes"].split(","), origin=where)
    return Key(match["name"], match["hash"], granted, expires)


def _scopes(names: Iterable[str], *, origin: str) -> tuple[Scope, ...]:
    wanted = tuple(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in SCOPES]:
        raise KeysError(f"{origin}: no such scope: {', '.join(unknown)}. There are {_SCOPE_LIST}.")
    return cast(tuple[Scope, ...], wanted)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
