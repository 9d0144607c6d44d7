"""Work done beside the requests. Loading the room of opinion maps takes a second, and compiling it on a new installation
half a minute; no telephone waits for that."""

from __future__ import annotations

import threading
from collections.abc import Callable

_running: dict[str, threading.Thread] = {}
_lock = threading.Lock()


def beside(name: str, work: Callable[[], None]) -> threading.Thread:
    """Begins some work unless the same is under way. ``work`` gets everything it needs beforehand: it has no database."""
    with _lock:
        found = _running.get(name)
        if found is None or not found.is_alive():
            found = _running[name] = threading.Thread(target=work, name=name, daemon=True)
            found.start()
        return found


def warm() -> threading.Thread:
    """Compiles what makes maps, so that it is ready when the box is closed."""
    return beside("warm", _warm)


def _warm() -> None:
    from shangliang.consensus import map_opinions

    people = range(12)
    rows = [(p, s, 1 if (p + s) % 3 else -1) for p in people for s in range(6)]
    for method in ("polis", "shangliang"):
        map_opinions(*zip(*rows, strict=True), method=method)
