"""Memory after something large was opened: what was only needed for that goes back."""

import ctypes
import gc

_USUAL = gc.get_threshold()
_SELDOM = 200_000


def defer() -> None:
    """Has the garbage collector look seldom until :func:`settle`: a start makes what stays."""
    gc.set_threshold(_SELDOM)


def settle() -> None:
    """Gives memory that is free back to the system, and spares what stays the garbage collector.

    Source: malloc_trim(3), of the GNU C library; elsewhere nothing is given back.
    """
    gc.set_threshold(*_USUAL)
    if gc.get_freeze_count():
        # What was spared may be garbage by now: the generation that served. A start leaves next to
        # none, and looking for it would take a thirtieth of it.
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):
        return
