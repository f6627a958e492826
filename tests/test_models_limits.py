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

        await limiter.hold(hold)
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
        await limiter.hold(9)
        await limiter.hold(1)
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


class Together:
    """A pace in memory, of the loop's time; to ask it takes `there` seconds, to hear its answer `back`."""

    def __init__(self, there: float = 0.0, back: float = 0.0) -> None:
        self.next = self.until = 0.0
        self.there, self.back = there, back

    async def reserve(self, count: int, gap: float) -> float:
        await asyncio.sleep(self.there)
        start = max(asyncio.get_running_loop().time(), self.next, self.until)
        self.next = start + count * gap
        await asyncio.sleep(self.back)
        return start

    async def hold(self, seconds: float) -> None:
        self.until = max(self.until, asyncio.get_running_loop().time() + seconds)

    async def held(self) -> float:
        return max(0.0, self.until - asyncio.get_running_loop().time())


@given(
    rate=st.floats(1, 6000),
    processes=st.integers(1, 4),
    pauses=st.lists(st.floats(0, 2), min_size=2, max_size=20),
    there=st.floats(0, 0.3),
    back=st.floats(0, 0.3),
)
def test_processes_that_share_a_pace_keep_the_rate_together(
    rate: float, processes: int, pauses: list[float], there: float, back: float
) -> None:
    pace = Together(there, back)
    limiters = [Limiter(4, rate, pace) for _ in range(processes)]
    left: list[float] = []

    async def call(limiter: Limiter, after: float) -> None:
        await asyncio.sleep(after)
        await limiter.turn()
        left.append(asyncio.get_running_loop().time())

    async def work() -> list[float]:
        await asyncio.gather(*(call(limiter, pause) for limiter in limiters for pause in pauses))
        return left

    times = sorted(run(work))
    for earlier, later in zip(times, times[max(1, round(rate / 60)) :], strict=False):
        assert later - earlier >= min(1.0, 60 / rate) * 0.999


def test_moments_that_nobody_used_are_not_caught_up_with() -> None:
    limiter = Limiter(40, 600, Together())

    async def work() -> list[float]:
        await limiter.turn()
        await asyncio.sleep(30)
        times = []
        for _ in range(4):
            await limiter.turn()
            times.append(asyncio.get_running_loop().time())
        return times

    times = run(work)
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(times))


def test_who_was_told_to_wait_keeps_the_others_waiting() -> None:
    pace = Together()
    told, other, paced = Limiter(4, None, pace), Limiter(4, None, pace), Limiter(4, 6000, pace)

    async def work() -> list[float]:
        await told.hold(9)
        times = []
        for limiter in (other, paced):
            await limiter.turn()
            times.append(asyncio.get_running_loop().time())
        return times

    assert min(run(work)) >= 9


def test_to_be_turned_away_without_a_word_on_how_long_costs_no_moments() -> None:
    pace = Together()
    limiter = Limiter(4, 600, pace)

    async def work() -> list[float]:
        times = []
        for _ in range(20):
            await limiter.turn()
            await limiter.hold(0)
            times.append(asyncio.get_running_loop().time())
        return times

    assert run(work)[-1] == pytest.approx(19 * 0.11)
