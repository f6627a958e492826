"""The purse of a run that many machines do: leave to word a section is asked of the workspace, so that no machine spends what another has."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from sqlalchemy import Connection, func, select, update

from drafting.regeneration import runs
from drafting.regeneration.budget import OUT_OF_MONEY, OUT_OF_TOKENS, Stopped
from drafting.regeneration.order import Order
from drafting.regeneration.runs import Run
from drafting.workspace import engine, tables
from drafting.workspace.usage import Prices, Spent
from drafting.workspace.workspace import Workspace

_LOOKED = 1.0
"""Seconds after which a machine looks again whether a run without limits was stopped."""


@dataclass
class TeamPurse:
    """What is in flight counts as the dearest section so far; a machine that died has nothing in flight once its report is taken over."""

    workspace: Workspace
    run: Run
    _stopped: str = ""
    _at: float = field(default=0.0)

    async def begin(self, order: Order) -> None:
        """Takes leave to word one section. Raises Stopped where there is none left."""
        if not self.run.terms.limited:
            await self._look()
        elif why := await asyncio.to_thread(self._begin, order):
            raise Stopped(why)

    async def end(self, order: Order, spent: Spent) -> None:
        """A section is done, and this is what it cost."""
        if self.run.terms.limited:
            await asyncio.to_thread(self._end, order, spent)

    async def _look(self) -> None:
        if monotonic() - self._at >= _LOOKED:
            self._at = monotonic()
            self._stopped = await asyncio.to_thread(self._why)
        if self._stopped:
            raise Stopped(self._stopped)

    def _why(self) -> str:
        with self.workspace.reading() as connection:
            return runs.get(connection, self.run.id).stopped

    def _begin(self, order: Order) -> str:
        with engine.writing(self.workspace.engine, self.workspace.location) as connection:
            row = connection.execute(select(tables.runs).where(tables.runs.c.id == self.run.id)).one()
            flying = connection.execute(
                select(func.sum(tables.orders.c.under_way)).where(tables.orders.c.run_id == self.run.id)
            ).scalar_one()
            why = str(row.stopped) or self._beyond(row, (flying or 0) + 1)
            if why:
                runs.stop(connection, self.run.id, why)
            else:
                self._count(connection, order, 1)
        return why

    def _beyond(self, row: Any, flying: int) -> str:
        terms = self.run.terms
        tokens, cost = row.spent + flying * row.dearest, row.cost + flying * row.dearest_cost
        if terms.max_tokens is not None and (terms.max_tokens <= 0 or tokens > terms.max_tokens):
            return OUT_OF_TOKENS.format(most=terms.max_tokens)
        if terms.max_cost is not None and (terms.max_cost <= 0 or cost > terms.max_cost):
            return OUT_OF_MONEY.format(most=terms.max_cost)
        return ""

    def _end(self, order: Order, spent: Spent) -> None:
        tokens = spent.prompt_tokens + spent.completion_tokens
        cost = Prices(self.run.terms.price_sent, self.run.terms.price_received).cost(spent)
        table = tables.runs
        with engine.writing(self.workspace.engine, self.workspace.location) as connection:
            row = connection.execute(select(table).where(table.c.id == self.run.id)).one()
            connection.execute(
                update(table)
                .where(table.c.id == self.run.id)
                .values(
                    spent=row.spent + tokens,
                    cost=row.cost + cost,
                    dearest=max(row.dearest, tokens),
                    dearest_cost=max(row.dearest_cost, cost),
                )
            )
            self._count(connection, order, -1)

    def _count(self, connection: Connection, order: Order, by: int) -> None:
        table = tables.orders
        mine = (table.c.run_id == self.run.id) & (table.c.place == order.place)
        connection.execute(update(table).where(mine).values(under_way=table.c.under_way + by))


def taken_over(connection: Connection, run: int, place: int) -> None:
    """Whoever had the report before has none of its sections under way any more."""
    table = tables.orders
    connection.execute(update(table).where(table.c.run_id == run, table.c.place == place).values(under_way=0))
