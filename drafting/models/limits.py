"""Limiter: one limit of calls in flight and one rate, shared by every caller of a model, and with a pace by every process that keeps it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from drafting.errors import ModelSetupError

_AHEAD = 0.5
"""Seconds of moments that a process asks for at once, when half of those before are used."""
_LATE = 0.05
"""Seconds by which a moment may be missed and still be used: no more in a second than `_APART` leaves room for."""
_LOOKED = 1.0
"""Seconds after which a process without a rate looks again whether another one was told to wait."""
_APART = 1.1
"""Moments of a pace lie this much further apart than the rate has it: what leaves evenly from several machines does not arrive evenly."""


class Pace(Protocol):
    """Gives moments out to several processes; see drafting/workspace/paces.py."""

    async def reserve(self, count: int, gap: float) -> float:
        """The first of `count` moments `gap` seconds apart, on the event loop's clock."""
        ...

    async def hold(self, seconds: float) -> None: ...

    async def held(self) -> float: ...


class Limiter:
    """At most `in_flight` calls at once and, where `rate` is given, at most `rate` requests a minute, evenly spaced.

    `slot` holds one call in flight from its first request to its last retry; `turn` is taken before each single
    request, so that retries count against the rate too; `hold` makes every caller wait when the endpoint asked one of
    them to. With a `pace` rate and hold are those of everyone who keeps it. Belongs to one event loop.
    """

    def __init__(self, in_flight: int, rate: float | None = None, pace: Pace | None = None) -> None:
        if in_flight < 1 or (rate is not None and rate <= 0):
            raise ModelSetupError("并发数应为不小于 1 的整数，速率应为正数")
        self.in_flight = in_flight
        self._slots = asyncio.Semaphore(in_flight)
        self._gap = 60.0 * (_APART if pace else 1.0) / rate if rate else 0.0
        self._next = 0.0
        self._held_until = 0.0
        self._pace = pace
        self._asking = asyncio.Lock()
        self._left = 0
        self._more: asyncio.Task[tuple[float, int]] | None = None
        self._looked = -math.inf

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        async with self._slots:
            yield

    async def turn(self) -> None:
        """Waits until a request may leave. Each caller takes its own moment, so that a hold ends in a queue, not
        in a burst.
        """
        while True:
            moment = self._own() if self._pace is None else await self._shared(self._pace)
            wait = moment - _now()
            if wait > 0:
                await asyncio.sleep(wait)
            if self._pace is None or not self._gap or _now() - moment <= _LATE:
                return

    async def hold(self, seconds: float) -> None:
        """No request leaves for so many seconds; a shorter hold does not shorten a longer one."""
        until = _now() + seconds
        if seconds <= 0 or until <= self._held_until:
            return
        self._held_until = until
        self._left, self._more = 0, None
        if self._pace is not None:
            await self._pace.hold(seconds)

    def _own(self) -> float:
        moment = max(_now(), self._next, self._held_until)
        self._next = moment + self._gap
        return moment

    async def _shared(self, pace: Pace) -> float:
        async with self._asking:
            if not self._gap:
                await self._look(pace)
                return max(_now(), self._held_until)
            while True:
                late = _now() - self._next - _LATE
                if self._left and late > 0:  # moments that passed long ago are lost: to catch up would be a burst
                    missed = min(self._left, math.ceil(late / self._gap))
                    self._left, self._next = self._left - missed, self._next + missed * self._gap
                ahead = max(1, round(_AHEAD / self._gap))
                if self._more is None and self._left <= ahead // 2:
                    self._more = asyncio.create_task(self._reserved(pace, ahead))
                if self._left:
                    self._left -= 1
                    moment, self._next = self._next, self._next + self._gap
                    return moment
                more, self._more = self._more, None
                if more is not None:
                    self._next, self._left = await more

    async def _reserved(self, pace: Pace, count: int) -> tuple[float, int]:
        return await pace.reserve(count, self._gap), count

    async def _look(self, pace: Pace) -> None:
        if _now() - self._looked >= _LOOKED:
            self._looked = _now()
            self._held_until = max(self._held_until, _now() + await pace.held())


def _now() -> float:
    return asyncio.get_running_loop().time()
