"""The first index: made of the documents that Tarmaq brings, where there is none yet."""

from collections.abc import Callable

from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from indexer.progress import Bars
from indexer.publishing import rebuild
from indexer.stores.opening import open_store
from service.settings import Settings


def ensure_index(settings: Settings, report: Callable[[str], None]) -> None:
    """Builds the index of ``settings.seeds`` where there is no store; a damaged one is left alone.

    Args:
        settings: Where the index, the documents and the list of models are.
        report: Takes a sentence for whoever waits.

    Raises:
        TarmaqError: The index cannot be built; says what to do.
    """
    store = open_store(settings.store, settings.index)
    if store.exists():
        return
    report(f"{store.name}: no index yet; indexing {settings.seeds} (a minute, once)")
    encoder = load_encoder(find_model(settings.models), settings.index.parent / "weights")
    built, _ = rebuild(settings.seeds, store, encoder, progress=Bars())
    report(f"{store.name}: {built.passages} passages of {built.documents} documents")
