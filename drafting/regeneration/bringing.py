"""Bringing answers by batch: what is out of date is asked for at once, at the endpoint's leisure, and put where the run looks for it.

The run that follows finds its first questions answered and asks a model only for repairs and for what no batch brought.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from drafting.errors import ModelUnreachable
from drafting.models import Answer
from drafting.models.batch_api import BatchApi, Gone, Look, NoBatches
from drafting.regeneration import batches, wordings
from drafting.regeneration.ahead import First, first_questions
from drafting.regeneration.batches import Batch
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Order
from drafting.workspace.usage import Spent
from drafting.workspace.workspace import Workspace

MOST_REQUESTS = 50_000
MOST_BYTES = 100_000_000
"""Of one file, by OpenAI's limits; others allow as much."""
_AT_ONCE = 1000
"""Answers in one transaction: others write meanwhile."""
_AWAY = 5
"""Looks in a row without an answer, each after its retries, that say that the endpoint is away."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told: of the endpoint that takes no (more) batches, of a batch sent or found again, of its state, and of what it brought."""

    declined: Callable[[str], None] = lambda _: None
    sent: Callable[[Batch], None] = lambda _: None
    resumed: Callable[[Batch], None] = lambda _: None
    looked: Callable[[Look], None] = lambda _: None
    taken: Callable[[Batch, Look, int], None] = lambda *_: None


@dataclass
class Courier:
    """Sends the questions of orders as batches, waits for them and takes what they bring.

    `every` is the time between two looks in seconds; `screen` raises OutboundRefused for an order whose facts may not leave.
    """

    workspace: Workspace
    who: str
    manner: Manner
    api: BatchApi
    screen: Callable[[Order], None] = lambda _: None
    watch: Watch = Watch()
    every: float = 10.0
    most_requests: int = MOST_REQUESTS
    most_bytes: int = MOST_BYTES
    spent: Spent = field(default_factory=Spent)

    async def bring(self, orders: Iterable[Order]) -> None:
        """Until every batch has ended, those of earlier runs too. Raises ModelSetupError, ModelUnreachable and WorkspaceError.

        Whatever moment it is broken off at: the next call goes on with the batches that were created.
        """
        waiting = await self._earlier()
        asked = {question for batch in waiting for question in batch.sections}
        try:
            waiting += await self._send(orders, asked)
        except NoBatches as error:
            self.watch.declined(str(error))
            waiting = batches.open_ones(self.workspace, self.api.endpoint, self.api.spec)
        await self._wait(waiting)

    async def _earlier(self) -> list[Batch]:
        """The batches of runs that broke off. One that the endpoint never heard of is forgotten."""
        found: list[Batch] = []
        for batch in batches.open_ones(self.workspace, self.api.endpoint, self.api.spec):
            known = batch if batch.batch else await self._found(batch)
            if known is not None:
                self.watch.resumed(known)
                found.append(known)
        return found

    async def _found(self, batch: Batch) -> Batch | None:
        """The batch under the name that the endpoint gave it; None, and it is forgotten, where it gave none."""
        name = await self.api.find(batch.tag)
        with self.workspace.writing(self.who) as ledger:
            if name is None:
                batches.forget(ledger, batch.tag)
                return None
            batches.name(ledger, batch.tag, name)
        return Batch(batch.tag, name, batch.sections)

    # --- sending

    async def _send(self, orders: Iterable[Order], asked: set[str]) -> list[Batch]:
        """Batches of what is not asked for yet, each as soon as its file is full. Raises NoBatches; what was created stands."""
        sent: list[Batch] = []
        lines: list[bytes] = []
        sections: dict[str, str] = {}
        size = 0
        async for first in first_questions(self.workspace, orders, self.manner, self.screen):
            line = self._line(first)
            if first.question in asked or len(line) > self.most_bytes:
                continue
            if lines and (len(lines) == self.most_requests or size + len(line) > self.most_bytes):
                sent.append(await self._create(lines, sections))
                lines, sections, size = [], {}, 0
            lines.append(line)
            sections[first.question] = first.section
            size += len(line)
        if lines:
            sent.append(await self._create(lines, sections))
        return sent

    def _line(self, first: First) -> bytes:
        return self.api.line(first.question, first.messages, first.schema)

    async def _create(self, lines: list[bytes], sections: dict[str, str]) -> Batch:
        """One batch, put down before it is created and named as soon as it is."""
        await self.api.probe()
        file = await self.api.upload(b"".join(lines))
        with self.workspace.writing(self.who) as ledger:
            batch = batches.put(ledger, self.api.endpoint, self.api.spec, sections)
        try:
            name = await self.api.create(file, batch.tag)
        except NoBatches:
            with self.workspace.writing(self.who) as ledger:
                batches.forget(ledger, batch.tag)
            await self.api.discard(file)
            raise
        except ModelUnreachable:
            found = await self._found(batch)
            if found is None:
                raise
            name = found.batch
        with self.workspace.writing(self.who) as ledger:
            batches.name(ledger, batch.tag, name)
        made = Batch(batch.tag, name, sections)
        self.watch.sent(made)
        return made

    # --- waiting

    async def _wait(self, waiting: list[Batch]) -> None:
        away = 0
        while waiting:
            left = []
            for batch in waiting:
                try:
                    done = await self._look(batch)
                    away = 0
                except ModelUnreachable:
                    away += 1
                    if away == _AWAY:
                        raise
                    done = False
                if not done:
                    left.append(batch)
            waiting = left
            if waiting:
                await asyncio.sleep(self.every)

    async def _look(self, batch: Batch) -> bool:
        """Whether the batch has ended, and its answers are in the workspace."""
        try:
            look = await self.api.look(batch.batch)
        except Gone:
            look = Look(batch.batch, "gone", len(batch.sections), 0, ())
        else:
            self.watch.looked(look)
            if not look.ended:
                return False
        found: dict[str, Answer] = {}
        for file in look.outputs:
            try:
                found |= {name: one for name, one in await self.api.answers(file) if name in batch.sections}
            except Gone:
                continue
        self._keep(batch, found)
        with self.workspace.writing(self.who) as ledger:
            batches.end(ledger, batch.tag, look.status)
        for file in filter(None, (look.file, *look.outputs)):
            await self.api.discard(file)
        self.watch.taken(batch, look, len(found))
        return True

    def _keep(self, batch: Batch, found: dict[str, Answer]) -> None:
        names = list(found)
        for start in range(0, len(names), _AT_ONCE):
            with self.workspace.writing(self.who) as ledger:
                for name in names[start : start + _AT_ONCE]:
                    wordings.keep_answer(ledger.connection, name, batch.sections[name], found[name])
        for one in found.values():
            self.spent += Spent(1, one.prompt_tokens, one.completion_tokens)
