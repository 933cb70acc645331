"""How often one key and one address may ask, counted in this process."""

import ipaddress
import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.catalogue import message
from service.http.shapes import Refusal

if TYPE_CHECKING:
    from limits import RateLimitItem

_NETWORK = 64


class Rates:
    """Counts requests, and refuses those beyond what a setting allows."""

    def __init__(self, per_key: str = "", per_address: str = "") -> None:
        """Takes rates such as ``120/minute``, several between ``;``; empty for no limit."""
        self._per_key = _read(per_key)
        self._per_address = _read(per_address)
        if self._per_key or self._per_address:
            # Slow to import, and most services limit nobody.
            from limits.storage import MemoryStorage
            from limits.strategies import SlidingWindowCounterRateLimiter

            self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def refusal(self, address: str, key: str | None) -> Refusal | None:
        """Counts one request and returns its refusal; None where it may pass.

        Args:
            address: Where it comes from.
            key: Name of its key, which is counted instead; None where it has none.
        """
        limits, who = (
            (self._per_key, f"key {key}")
            if key is not None and self._per_key
            else (self._per_address, _network(address))
        )
        for limit in limits:
            if not self._limiter.hit(limit, who):
                resets = self._limiter.get_window_stats(limit, who).reset_time
                wait = max(1, math.ceil(resets - time.time()))
                text = message("too-many-requests", seconds=wait)
                return Refusal("too-many-requests", 429, text, wait)
        return None


def _read(rates: str) -> "Sequence[RateLimitItem]":
    written = [one for one in rates.split(";") if one.strip()]
    if not written:
        return []
    from limits import parse

    return [parse(one) for one in written]


def _network(address: str) -> str:
    """Returns an IPv4 address, or the network of an IPv6 one: a customer is given a whole one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((int(known), _NETWORK), strict=False).network_address)
