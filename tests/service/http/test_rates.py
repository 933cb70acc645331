"""Tests of limits on how often one key and one address may ask."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from service.http.keys import make_key, write_keys
from service.http.rates import Rates
from service.settings import Settings, SettingsError, read_settings

Serve = Callable[..., AbstractContextManager[str]]


def test_address_beyond_its_rate_is_refused_until_later(serve: Serve) -> None:
    """429 says when to come again; health is not counted."""
    with serve(rate_per_address="2/minute") as address:
        codes = [httpx.get(f"{address}/v1/documents").status_code for _ in range(3)]
        refused = httpx.get(f"{address}/v1/documents")
        assert codes == [200, 200, 429]
        assert 1 <= int(refused.headers["retry-after"]) <= 120
        assert refused.json()["type"] == "urn:tarmaq:problem:too-many-requests"
        shaped = httpx.post(f"{address}/v2/rerank", json={})
        assert (shaped.status_code, list(shaped.json())) == (429, ["message"])
        assert httpx.get(f"{address}/health/live").status_code == 200


def test_each_key_has_its_own_rate(serve: Serve, tmp_path: Path) -> None:
    """One key's requests take nothing from another's."""
    made = [make_key(name, ["search"]) for name in ("a", "b")]
    write_keys(tmp_path / "keys", [key for _, key in made])
    with serve(keys_file=tmp_path / "keys", rate_per_key="1/minute") as address:

        def ask(secret: str) -> int:
            headers = {"Authorization": f"Bearer {secret}"}
            return httpx.get(f"{address}/v1/documents", headers=headers).status_code

        (first, _), (second, _) = made
        assert [ask(first), ask(first), ask(second)] == [200, 429, 200]


def test_guessing_keys_is_counted(serve: Serve, tmp_path: Path) -> None:
    """Wrong keys use up the rate of their address."""
    with serve(keys_file=tmp_path / "keys", rate_per_address="2/minute") as address:
        codes = [httpx.get(f"{address}/v1/documents").status_code for _ in range(3)]
    assert codes == [401, 401, 429]


def test_proxy_that_is_trusted_names_the_caller(serve: Serve) -> None:
    """Behind a proxy each caller is counted alone, not all as the proxy."""
    with serve(rate_per_address="1/minute") as address:
        codes = [
            httpx.get(f"{address}/v1/documents", headers={"X-Forwarded-For": caller}).status_code
            for caller in ("192.0.2.1", "192.0.2.1", "192.0.2.2")
        ]
    assert codes == [200, 429, 200]


def test_network_of_a_customer_counts_as_one() -> None:
    """Who has 2^64 addresses asks no oftener than who has one."""
    rates = Rates(per_address="1/minute")
    assert rates.refusal("2001:db8::1", None) is None
    assert rates.refusal("2001:db8::2", None) is not None
    assert rates.refusal("2001:db8:0:1::1", None) is None


def test_nothing_is_limited_by_default() -> None:
    """Whoever sets no rate has none."""
    assert all(Rates().refusal("192.0.2.1", None) is None for _ in range(1_000))
    assert (Settings().rate_per_key, Settings().rate_per_address) == ("", "")


def test_what_is_no_rate_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that cannot be read is named."""
    monkeypatch.setenv("TARMAQ_RATE_PER_KEY", "often")
    with pytest.raises(SettingsError, match="TARMAQ_RATE_PER_KEY"):
        read_settings()
