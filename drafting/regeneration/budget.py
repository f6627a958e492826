"""Budget: how many tokens and how much money a run may spend, and the stop that is asked for from outside.

What is in flight counts as it is expected: by the dearest section so far, so that a run stops before its limit and not after.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from drafting.errors import InputError
from drafting.regeneration.order import Order
from drafting.workspace.usage import Prices, Spent

STOPPED = "已按要求停止，进行中的已做完"
OUT_OF_TOKENS = "已到词元上限 {most}，没有再问模型"
OUT_OF_MONEY = "已到费用上限 {most}，没有再问模型"


class Purse(Protocol):
    """Gives leave to word a section, and hears what it cost."""

    async def begin(self, order: Order) -> None:
        """Raises Stopped where there is no leave."""

    async def end(self, order: Order, spent: Spent) -> None: ...


class Stopped(Exception):
    """No section is begun any more; what was begun is finished. `str` says why."""


@dataclass(slots=True)
class Budget:
    """`max_tokens` sent and received together, `max_cost` in the money of the prices; None for no limit."""

    max_tokens: int | None = None
    max_cost: float | None = None
    prices: Prices | None = None
    spent: Spent = field(default_factory=Spent)
    _under_way: int = 0
    _dearest: Spent = field(default_factory=Spent)
    _why: str = ""

    def __post_init__(self) -> None:
        if self.max_cost is not None and self.prices is None:
            raise InputError("设了费用上限，却没有设价格：请设 CHENGWEN_PRICE_IN 和 CHENGWEN_PRICE_OUT（每百万词元）")

    async def begin(self, _: Order) -> None:
        """Takes leave to word one section. Raises Stopped where there is none left."""
        if not self._why:
            self._why = self._beyond()
        if self._why:
            raise Stopped(self._why)
        self._under_way += 1

    async def end(self, _: Order, spent: Spent) -> None:
        """A section is done, and this is what it cost."""
        self._under_way -= 1
        self.spent += spent
        if _tokens(spent) > _tokens(self._dearest):
            self._dearest = spent

    def stop(self) -> None:
        """No section is begun from now on."""
        self._why = self._why or STOPPED

    @property
    def why(self) -> str:
        """Why nothing is begun any more; empty while it is."""
        return self._why

    def _beyond(self) -> str:
        expected = self.spent
        for _ in range(self._under_way + 1):
            expected += self._dearest
        if self.max_tokens is not None and (self.max_tokens <= 0 or _tokens(expected) > self.max_tokens):
            return OUT_OF_TOKENS.format(most=self.max_tokens)
        cost = self.prices.cost(expected) if self.prices is not None else 0.0
        if self.max_cost is not None and (self.max_cost <= 0 or cost > self.max_cost):
            return OUT_OF_MONEY.format(most=self.max_cost)
        return ""


def _tokens(spent: Spent) -> int:
    return spent.prompt_tokens + spent.completion_tokens
