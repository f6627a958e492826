"""Log-in slowed down where it fails: after some free tries each further one waits twice as long as the last."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from drafting.workspace.workspace import Clock

_MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class _Tries:
    count: int
    last: datetime


class Throttle:
    """Failed tries by key, in this process. A try counts from its beginning: a hundred at once are not a hundred free ones."""

    def __init__(
        self,
        clock: Clock,
        *,
        free: int,
        first: timedelta = timedelta(seconds=10),
        longest: timedelta = timedelta(minutes=15),
    ) -> None:
        self._clock, self._free, self._first, self._longest = clock, free, first, longest
        self._tries: dict[str, _Tries] = {}
        self._lock = threading.Lock()

    def begin(self, key: str) -> timedelta:
        """Counts a try and returns zero; or how long to wait, where it comes too early and is not to be made."""
        with self._lock:
            now = self._clock()
            before = self._tries.pop(key, _Tries(0, now))
            waiting = self._after(before.count) - (now - before.last)
            if waiting > timedelta():
                self._tries[key] = before
                return waiting
            forgotten = now - before.last > 2 * self._longest
            self._tries[key] = _Tries(1 if forgotten else before.count + 1, now)
            self._drop_oldest()
            return timedelta()

    def succeed(self, key: str) -> None:
        """The right password was given: what failed before is forgotten."""
        with self._lock:
            self._tries.pop(key, None)

    def take_back(self, key: str) -> None:
        """One try was no failure; those before stay counted."""
        with self._lock:
            if before := self._tries.get(key):
                self._tries[key] = _Tries(before.count - 1, before.last)

    def _after(self, count: int) -> timedelta:
        if count < self._free:
            return timedelta()
        doubled: int = 2 ** min(count - self._free, 20)
        return min(self._longest, self._first * doubled)

    def _drop_oldest(self) -> None:
        """Keys are whatever strangers send: their number is bounded. A key that is tried again counts as young."""
        while len(self._tries) > _MOST_KEYS:
            self._tries.pop(next(iter(self._tries)))
