"""Notices: whoever waits for something about a report is woken when it changes, from whichever thread or loop it was changed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Notices:
    """Waiters by the report's id. They are told that something changed, not what: they look for themselves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[int, list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}

    def tell(self, report_id: int) -> None:
        """Wakes everybody who waits for this report."""
        with self._lock:
            for loop, event in self._waiting.get(report_id, ()):
                if not loop.is_closed():  # a server that was ended in the middle of a call
                    loop.call_soon_threadsafe(event.set)

    @contextmanager
    def awaited(self, report_id: int) -> Iterator[asyncio.Event]:
        """An event that is set with every change from now on: look, wait for it, clear it, look again. Nothing in between is missed."""
        waiter = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.setdefault(report_id, []).append(waiter)
        try:
            yield waiter[1]
        finally:
            with self._lock:
                left = [one for one in self._waiting[report_id] if one is not waiter]
                if left:
                    self._waiting[report_id] = left
                else:
                    del self._waiting[report_id]
