"""The engine that is served: it takes up new generations of the store as they come."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from indexer.embedding.encoders import Encoder, load_encoder
from indexer.embedding.models import find_model
from indexer.errors import CorruptIndexError, StoreError, TarmaqError
from indexer.stores.base import Snapshot, Store
from indexer.stores.opening import open_store
from service.engine.engine import Engine
from service.engine.memory import settle
from service.observation.stages import standing
from service.settings import Settings

WATCH_SECONDS: Final = 0.5
"""How often the store is asked for a newer generation."""

RETRY_SECONDS: Final = 5.0
"""How often one that could not be opened is tried again."""

State = Literal["loading", "ready", "degraded", "broken"]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Health:
    """How the engine stands.

    Attributes:
        state: ``loading`` before the first generation is open; ``ready``; ``degraded`` where the
            last good generation serves because the newest is damaged; ``broken`` where none can be
            opened.
        reason: What is wrong and where; empty where nothing is.
    """

    state: State
    reason: str = ""


class LiveEngine:
    """The newest generation of a store, opened; the one before serves until the next is ready.

    Whoever asked :meth:`current` for an engine keeps it to the end of the request, so no request
    sees two generations, and none waits for a change.
    """

    def __init__(
        self,
        store: Store | None,
        engine: Engine | None = None,
        *,
        prepare: Callable[[], None] = lambda: None,
        opened: Callable[[TarmaqError | None], None] | None = None,
    ) -> None:
        """Watches a store.

        Args:
            store: The store; None for an engine that never changes.
            engine: The engine until the store has something newer.
            prepare: Called in the background before the store is first opened.
            opened: Called once after that, with what kept it from being opened; tells it.
        """
        self._store = store
        self._engine = engine
        self._encoder: Encoder | None = engine.retriever.encoder if engine else None
        self._prepare = prepare
        self._opened: Callable[[TarmaqError | None], None] | None = opened
        self._ended = threading.Event()
        self._damage: CorruptIndexError | None = None
        self._thread: threading.Thread | None = None
        self.error: TarmaqError | None = None
        self.since = time.monotonic()

    @property
    def health(self) -> Health:
        """How it stands now."""
        error = self._damage or self.error
        if self._engine is None:
            return Health("broken", str(error)) if error else Health("loading")
        return Health("degraded", str(error)) if error else Health("ready")

    def load(self, settings: Settings) -> None:
        """Opens the newest generation that is whole; :attr:`error` says why it is not the newest.

        Raises:
            TarmaqError: None can be opened, or the model cannot be used; says what to do.
        """
        if self._store is None:
            return
        first: TarmaqError | None = None
        serving = self._engine.snapshot.generation if self._engine else None
        for generation in self._store.generations() or (None,):
            if first is not None and generation == serving and self._damage is None:
                break
            try:
                self._take(self._store.snapshot(generation), settings)
                break
            except CorruptIndexError as error:
                first = first or error
        else:
            raise first or StoreError("There is no generation to open.")
        self.error, self._damage = first, None

    def current(self) -> Engine | None:
        """Returns the engine that answers now; None before the first is open."""
        return self._engine

    def report(self, error: CorruptIndexError) -> None:
        """Takes notice of damage that a request met with; the store is looked through at once."""
        if self._damage is None:
            _LOG.error("%s", error)
        self._damage = error

    def watch(self, settings: Settings) -> None:
        """Takes up newer generations in the background until :meth:`close`."""
        if self._store is not None and self._thread is None:
            self._ended.clear()
            self._thread = threading.Thread(
                target=self._watch, args=(settings, self._store), name="generations", daemon=True
            )
            self._thread.start()

    def close(self, seconds: float | None = None) -> None:
        """Stops watching; what is being opened is waited for no longer than ``seconds``."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(seconds)
            self._thread = None

    def _take(self, snapshot: Snapshot, settings: Settings) -> None:
        stamp, encoder = snapshot.model, self._encoder
        if encoder is None or (encoder.name, encoder.revision) != (stamp.name, stamp.revision):
            model = find_model(settings.models, stamp.name)
            encoder = load_encoder(model, settings.index.parent / "weights")
        engine = Engine(snapshot, encoder, remembered=settings.cached_answers)
        self._engine, self._encoder = engine, encoder
        self.since = time.monotonic()
        settle()

    def _watch(self, settings: Settings, store: Store) -> None:
        tried = -1 if self._engine is None else self._engine.snapshot.generation
        again, told, first = 0.0, "", self._engine is None
        while True:
            try:
                now = time.monotonic()
                due = self.health.reason and now >= again
                if self._engine is None and (first or due):
                    again = now + RETRY_SECONDS
                    self._prepare()
                newest = store.generation()
                if newest != tried or due:
                    tried, again = newest, now + RETRY_SECONDS
                    self.load(settings)
                    _LOG.info("generation %d in %.2f s", newest, time.monotonic() - now)
            except TarmaqError as error:
                self.error = error
            except Exception as error:  # Whatever it was, the last good generation goes on serving.
                _LOG.exception("a generation could not be opened")
                self.error = StoreError(f"{store.name}: cannot be opened ({error!r}).")
            reason = self.health.reason
            if first and self._opened is not None:
                self._opened(self.error if self._engine is None else None)
            elif reason and reason != told:
                _LOG.error("%s", reason)
            told, first = reason, False
            standing(self.health.state, self._engine.snapshot.generation if self._engine else 0)
            if self._ended.wait(WATCH_SECONDS):
                return


def live_engine(settings: Settings) -> LiveEngine:
    """Returns the engine over the store of ``settings``, opened when it is watched."""
    return LiveEngine(open_store(settings.store, settings.index))
