"""Sessions of administrators: who has shown a key to a page need not show it at every step.

The browser keeps a random token, never the key, and the service keeps its hash where all its
processes find it. A session ends when its key is taken back, and after a working day.
"""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.types import Scope

from service.administration.ledger import Ledger
from service.http.keys import Key, KeyRing

COOKIE: Final = "tarmaq_admin"
"""Name of the cookie."""

SECONDS: Final = 8 * 3600
"""How long a session lasts."""

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Session:
    """A browser in which an administrator's key was shown.

    Attributes:
        key: The key.
        ends: When it ends, in seconds since 1970.
        token: What its cookie holds.
        proof: What every form of its pages holds: another site cannot know it.
    """

    key: Key
    ends: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    proof: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def proves(self, given: str) -> bool:
        """Whether a form came from a page of this session."""
        return hmac.compare_digest(self.proof.encode(), given.encode("utf-8", "replace"))


class Sessions:
    """The sessions of a service."""

    def __init__(self, ring: KeyRing, ledger: Ledger) -> None:
        """Takes the keys, and where sessions are written down."""
        self._ring = ring
        self._ledger = ledger

    @property
    def are_possible(self) -> bool:
        """Whether there are keys at all."""
        return self._ring.needed

    def open(self, secret: str) -> Session | None:
        """Opens a session for an administrator's key; None for any other.

        Raises:
            RequestError: It cannot be written down.
        """
        key = self._ring.find(secret.strip())
        if key is None or "admin" not in key.scopes:
            return None
        now = time.time()
        session = Session(key, now + SECONDS)
        with self._ledger.open() as connection:
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)",
                (_hidden(session.token), session.proof, key.digest, session.ends),
            )
            connection.execute(
                "DELETE FROM session WHERE ends < ? OR rowid NOT IN "
                "(SELECT rowid FROM session ORDER BY rowid DESC LIMIT ?)",
                (now, _MOST),
            )
        return session

    def find(self, token: str) -> Session | None:
        """Returns the session of a cookie, while it lasts and its key works.

        Raises:
            RequestError: It cannot be looked up.
        """
        if not token or not self._ledger.exists:
            return None
        with self._ledger.open() as connection:
            row = connection.execute(
                "SELECT proof, key, ends FROM session WHERE token = ?", (_hidden(token),)
            ).fetchone()
        if row is None:
            return None
        proof, digest, ends = row
        key = self._ring.known(digest)
        if key is None or "admin" not in key.scopes or time.time() >= ends:
            self.close(token)
            return None
        return Session(key, ends, token, proof)

    def close(self, token: str) -> None:
        """Ends a session.

        Raises:
            RequestError: It cannot be written down.
        """
        with self._ledger.open() as connection:
            connection.execute("DELETE FROM session WHERE token = ?", (_hidden(token),))


def _hidden(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def cookie_of(scope: Scope) -> str:
    """Returns the token of a request's cookie; empty where there is none."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                continue
            if found:
                return found.value
    return ""
