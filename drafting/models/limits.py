"""Limiter: one limit of calls in flight and one rate, shared by every caller of a model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from drafting.errors import ModelSetupError


class Limiter:
    """At most `in_flight` calls at once and, where `rate` is given, at most `rate` requests a minute, evenly spaced.

    `slot` holds one call in flight from its first request to its last retry; `turn` is taken before each single
    request, so that retries count against the rate too; `hold` makes every caller wait when the endpoint asked one of
    them to. Belongs to one event loop.
    """

    def __init__(self, in_flight: int, rate: float | None = None) -> None:
        if in_flight < 1 or (rate is not None and rate <= 0):
            raise ModelSetupError("并发数应为不小于 1 的整数，速率应为正数")
        self.in_flight = in_flight
        self._slots = asyncio.Semaphore(in_flight)
        self._gap = 60.0 / rate if rate else 0.0
        self._next = 0.0
        self._held_until = 0.0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        async with self._slots:
            yield

    async def turn(self) -> None:
        """Waits until a request may leave. Each caller takes its own moment, so that a hold ends in a queue, not
        in a burst.
        """
        now = asyncio.get_running_loop().time()
        moment = max(now, self._next, self._held_until)
        self._next = moment + self._gap
        if moment > now:
            await asyncio.sleep(moment - now)

    def hold(self, seconds: float) -> None:
        """No request leaves for so many seconds; a shorter hold does not shorten a longer one."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)
