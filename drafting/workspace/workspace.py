"""The workspace: reports, their versions and what people did with them, on this machine or in a team's database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from drafting.errors import WorkspaceError
from drafting.workspace import engine as engines
from drafting.workspace import schema
from drafting.workspace.ledger import Ledger
from drafting.workspace.location import Location

Clock = Callable[[], datetime]


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace:
    """An open workspace. `clock` gives the time that entries bear; `via` says by which way people came, for the audit."""

    engine: Engine
    location: Location
    clock: Clock = now
    via: str = ""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the workspace, to read."""
        with engines.reading(self.engine, self.location) as connection:
            yield connection

    @contextmanager
    def writing(self, who: str) -> Iterator[Ledger]:
        """A write in the hands of `who`: all of it is there and in the audit chain when the block ends, or none of it. Keep it short."""
        if not who.strip():
            raise WorkspaceError("写工作区须说明是谁")
        with engines.writing(self.engine, self.location) as connection:
            yield Ledger(connection, who, self.clock(), self.via)

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def opened(location: Location, *, create: bool = False, clock: Clock = now, via: str = "") -> Iterator[Workspace]:
    """The workspace at a location. Raises WorkspaceError where there is none (unless `create`), or one of another age.

    An OSError passes where its folder cannot be made.
    """
    if location.path is not None and not location.path.exists():
        if not create:
            raise WorkspaceError(
                f"没有{location.named}：先用 chengwen draft 拟稿或 chengwen workspace init 建立，或用 --workspace 指定"
            )
        location.path.parent.mkdir(parents=True, exist_ok=True)
        location.path.touch()
    workspace = Workspace(engines.connect(location), location, clock, via)
    try:
        _settle(workspace, create=create)
        yield workspace
    finally:
        workspace.close()


def _settle(workspace: Workspace, *, create: bool) -> None:
    """Makes the tables where there are none; two programs that start at once make them once."""
    with workspace.reading() as connection:
        there = schema.require(connection, workspace.location)
    if there:
        return
    if not create:
        raise WorkspaceError(
            f"{workspace.location} 里还没有工作区：先用 chengwen draft 拟稿或 chengwen workspace init 建立"
        )
    engines.prepare(workspace.location)
    with engines.writing(workspace.engine, workspace.location) as connection:
        if not schema.require(connection, workspace.location):
            schema.upgrade(connection)
