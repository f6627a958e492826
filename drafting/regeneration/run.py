"""A run: many orders through one hand, a bounded number of reports at a time, so that memory does not grow with the run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator

from drafting.regeneration.hand import Hand
from drafting.regeneration.order import Order, Result
from drafting.together import together

_AHEAD = 4
"""Reports that are planned, checked and committed beside those whose sections are asked for."""


async def run(hand: Hand, orders: Iterable[Order], done: Callable[[Order, Result], None]) -> None:
    """Does every order, and tells of each as it is done. Raises what Hand.do raises; what was committed stands."""
    left = iter(orders)
    most = hand.slots + _AHEAD if hand.model is not None else 1

    async def work() -> None:
        for order in _each(left):
            done(order, await hand.do(order))
            await asyncio.sleep(0)

    await together(work() for _ in range(most))


def _each(left: Iterator[Order]) -> Iterator[Order]:
    """One iterator, shared by all who work: each order goes to one of them."""
    while (order := next(left, None)) is not None:
        yield order
