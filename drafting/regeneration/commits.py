"""Commits: what is done at one moment goes to the disk in one transaction, each entry as soon as the one before is down.

A transaction for every section would spend more on syncing the disk than on checking the text; to gather for a while would lose what was
gathered. So the first is written at once, and whatever was handed in meanwhile goes together in the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from drafting.errors import WorkspaceError
from drafting.workspace.ledger import Ledger
from drafting.workspace.workspace import Workspace

T = TypeVar("T")
_MOST = 64


@dataclass(slots=True)
class Commits:
    """The one writer of a run in this process, in the hands of `who`."""

    workspace: Workspace
    who: str
    _waiting: list[tuple[Callable[[Ledger], Any], asyncio.Future[Any]]] = field(default_factory=list)
    _task: asyncio.Task[None] | None = None

    async def put(self, entry: Callable[[Ledger], T]) -> T:
        """What the entry returns, once it is on the disk. Its error passes, and nothing of it is written; others are not concerned."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._waiting.append((entry, done))
        if self._task is None:
            self._task = loop.create_task(self._drain())
        return await done

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting[:_MOST] = self._waiting[:_MOST], []
            try:
                found = await asyncio.to_thread(self._write, [entry for entry, _ in batch])
            except Exception as error:  # noqa: BLE001 — each entry's own, found out one by one
                await self._one_by_one(batch, error)
            else:
                for (_, done), one in zip(batch, found, strict=True):
                    _settle(done, one, None)
        self._task = None

    async def _one_by_one(
        self, batch: list[tuple[Callable[[Ledger], Any], asyncio.Future[Any]]], error: Exception
    ) -> None:
        """Each on its own, where one of them would not go: all but that one get in. A disk that is full would fail each again."""
        for entry, done in batch:
            if len(batch) == 1 or isinstance(error, WorkspaceError):
                _settle(done, None, error)
                continue
            try:
                _settle(done, (await asyncio.to_thread(self._write, [entry]))[0], None)
            except Exception as own:  # noqa: BLE001 — it is the caller's
                _settle(done, None, own)

    def _write(self, entries: list[Callable[[Ledger], Any]]) -> list[Any]:
        with self.workspace.writing(self.who) as ledger:
            return [entry(ledger) for entry in entries]


def _settle(done: asyncio.Future[Any], result: object, error: Exception | None) -> None:
    """Whoever was cancelled meanwhile hears nothing; what was written stands."""
    if done.done():
        return
    if error is not None:
        done.set_exception(error)
    else:
        done.set_result(result)
