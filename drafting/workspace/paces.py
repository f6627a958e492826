"""Paces: the moments at which requests may leave for an endpoint, given out to everyone who uses the workspace, whatever machine they are on.

A token bucket with room for one: moments lie evenly, and none is saved up. Time is the database's own where it has a clock, so that
machines need not agree on theirs.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, text, update

from drafting.workspace import engine
from drafting.workspace.tables import paces
from drafting.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SharedPace:
    """The pace of one endpoint, by the URL that is shown."""

    workspace: Workspace
    endpoint: str

    async def reserve(self, count: int, gap: float) -> float:
        """The first of `count` moments of the caller's own, `gap` seconds apart, on this machine's `time.monotonic()`. Raises WorkspaceError."""
        return await asyncio.to_thread(self._reserve, count, gap)

    async def hold(self, seconds: float) -> None:
        """No moment is given out for so long; a shorter hold does not shorten a longer one. Raises WorkspaceError."""
        await asyncio.to_thread(self._hold, seconds)

    async def held(self) -> float:
        """Seconds for which the endpoint is still to be left alone, 0 where it is not. Raises WorkspaceError."""
        return await asyncio.to_thread(self._held)

    def _reserve(self, count: int, gap: float) -> float:
        with engine.writing(self.workspace.engine, self.workspace.location) as connection:
            now, here = (
                _now(connection),
                time.monotonic(),
            )  # beside each other: to wait for the database shifts no moment
            upcoming, held = self._row(connection)
            start = max(now, upcoming, held)
            self._put(connection, next=start + count * gap)
        return here + start - now

    def _hold(self, seconds: float) -> None:
        with engine.writing(self.workspace.engine, self.workspace.location) as connection:
            until = _now(connection) + seconds
            _, held = self._row(connection)
            self._put(connection, held=max(held, until))

    def _held(self) -> float:
        with self.workspace.reading() as connection:
            held = connection.execute(select(paces.c.held).where(paces.c.endpoint == self.endpoint)).scalar()
            return max(0.0, held - _now(connection)) if held else 0.0

    def _row(self, connection: Connection) -> tuple[float, float]:
        """The row's `next` and `held`, a new one's where there is none. Nobody else writes meanwhile."""
        row = connection.execute(select(paces.c.next, paces.c.held).where(paces.c.endpoint == self.endpoint)).first()
        if row is None:
            connection.execute(insert(paces), {"endpoint": self.endpoint, "next": 0.0, "held": 0.0})
            return 0.0, 0.0
        return row.next, row.held

    def _put(self, connection: Connection, **values: float) -> None:
        connection.execute(update(paces).where(paces.c.endpoint == self.endpoint).values(**values))


def _now(connection: Connection) -> float:
    """Seconds since 1970."""
    if connection.dialect.name != "postgresql":
        return time.time()
    return float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
