"""Limiter: calls in flight, requests a minute and holds, on a clock that jumps instead of waiting."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import ModelSetupError
from drafting.models.limits import Limiter


class Jumping(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Where the event loop would wait, its clock moves on instead."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.now += max(timeout or 0.0, 0.0)
        return super().select(0)


def run(work: Callable[[], Coroutine[Any, Any, list[float]]]) -> list[float]:
    selector = Jumping()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now  # type: ignore[method-assign]
    try:
        return loop.run_until_complete(work())
    finally:
        loop.close()


def departures(limiter: Limiter, callers: int, hold: float = 0.0) -> list[float]:
    async def work() -> list[float]:
        async def leave() -> float:
            await limiter.turn()
            return asyncio.get_running_loop().time()

        limiter.hold(hold)
        return sorted(await asyncio.gather(*(leave() for _ in range(callers))))

    return run(work)


def test_without_a_rate_everyone_leaves_at_once() -> None:
    assert departures(Limiter(8), 5) == [0.0] * 5


def test_a_rate_spaces_the_requests_evenly() -> None:
    assert departures(Limiter(8, rate=30), 4) == pytest.approx([0, 2, 4, 6])


def test_a_hold_keeps_everyone_and_ends_in_a_queue() -> None:
    assert departures(Limiter(8), 3, hold=7) == pytest.approx([7, 7, 7])
    assert departures(Limiter(8, rate=60), 3, hold=7) == pytest.approx([7, 8, 9])


@given(rate=st.floats(1, 6000), callers=st.integers(2, 30), hold=st.floats(0, 120))
def test_no_minute_holds_more_than_the_rate(rate: float, callers: int, hold: float) -> None:
    times = departures(Limiter(4, rate), callers, hold)
    assert times[0] >= hold
    assert all(later - earlier >= 60 / rate * 0.999 for earlier, later in pairwise(times))


def test_a_shorter_hold_does_not_shorten_a_longer_one() -> None:
    limiter = Limiter(1)

    async def work() -> list[float]:
        limiter.hold(9)
        limiter.hold(1)
        await limiter.turn()
        return [asyncio.get_running_loop().time()]

    assert run(work) == pytest.approx([9])


@given(limit=st.integers(1, 9), callers=st.integers(1, 30))
def test_slots_bound_the_calls_in_flight(limit: int, callers: int) -> None:
    async def work() -> list[float]:
        limiter, flying, peak = Limiter(limit), 0, 0

        async def call() -> None:
            nonlocal flying, peak
            async with limiter.slot():
                flying += 1
                peak = max(peak, flying)
                await asyncio.sleep(1)
                flying -= 1

        await asyncio.gather(*(call() for _ in range(callers)))
        return [peak, asyncio.get_running_loop().time()]

    peak, seconds = run(work)
    assert peak == min(limit, callers)
    assert seconds == pytest.approx(-(-callers // limit))


@pytest.mark.parametrize(("in_flight", "rate"), [(0, None), (-1, None), (1, 0), (1, -5)])
def test_limits_that_let_nothing_through_are_refused(in_flight: int, rate: float | None) -> None:
    with pytest.raises(ModelSetupError, match="并发数"):
        Limiter(in_flight, rate)
