"""Tests of a store on Milvus that need no server; tests/conformance has those that do."""

from pathlib import Path

import pytest

from indexer.errors import StoreError
from indexer.stores.embedded import EmbeddedStore
from indexer.stores.milvus.client import Address
from indexer.stores.milvus.store import MilvusStore
from indexer.stores.opening import open_store


def test_an_address_names_server_database_and_store() -> None:
    """What is left out has its usual value."""
    assert Address.parse("milvus://host/acts") == Address(
        "http://host:19530", "", "", "acts", "HNSW"
    )
    assert Address.parse("milvus://me:p%40ss@[::1]:9/laws/acts?index=flat") == Address(
        "http://[::1]:9", "me:p@ss", "laws", "acts", "FLAT"
    )


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgres://host/acts", "no address of a store"),
        ("milvus://host", "no address of a store"),
        ("milvus://host/a/b/c", "no address of a store"),
        ("milvus:///acts", "no address of a store"),
        ("milvus://host:port/acts", "no address of a store"),
        ("milvus://me:secret@host/актілер", "Latin letters"),
        ("milvus://host/1", "Latin letters"),
        ("milvus://host/acts?index=ivf", "hnsw or flat"),
        ("milvus://me:secret@host/acts?size=3", "index="),
    ],
)
def test_a_wrong_address_is_refused(address: str, why: str, tmp_path: Path) -> None:
    """The error says what is wrong and how an address looks, and never the password."""
    with pytest.raises(StoreError, match=why) as caught:
        open_store(address, tmp_path)
    assert "secret" not in str(caught.value)


def test_no_address_is_the_embedded_store(tmp_path: Path) -> None:
    """It stands in the folder."""
    assert isinstance(open_store("", tmp_path), EmbeddedStore)


def test_the_name_of_a_store_keeps_its_password(tmp_path: Path) -> None:
    """What messages call it says where it is and not who opens it."""
    store = MilvusStore("milvus://me:secret@host/acts", tmp_path)
    assert store.name == "milvus://host:19530/acts"
