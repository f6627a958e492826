"""Ahead of a run: the first question about every section that is out of date, exactly as the run itself would ask it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from drafting.errors import OutboundRefused
from drafting.models import Answer, Message, ModelSpec, Unit
from drafting.models.conversation import Schema
from drafting.regeneration import wordings
from drafting.regeneration.journal import question
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Order
from drafting.regeneration.plan import SectionPlan, plan
from drafting.workspace.workspace import Workspace
from drafting.writer import Writer


@dataclass(frozen=True, slots=True)
class First:
    """The first question about a section: its fingerprint, the section's key, and what is asked in what form."""

    question: str
    section: str
    messages: tuple[Message, ...]
    schema: Schema | None


class _Heard(Exception):
    """The question was put."""


@dataclass(slots=True)
class _Listener:
    """Stands in a model's place, takes the question and answers nothing: what it heard is what a model would be asked."""

    spec: ModelSpec
    unit: Unit
    messages: tuple[Message, ...] = ()
    schema: Schema | None = None

    async def ask(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        stream: bool = False,
        on_text: Callable[[str], None] | None = None,
        max_tokens: int | None = None,
    ) -> Answer:
        self.messages, self.schema = tuple(messages), schema
        raise _Heard


async def first_questions(
    workspace: Workspace, orders: Iterable[Order], manner: Manner, screen: Callable[[Order], None]
) -> AsyncIterator[First]:
    """Each question once, but for those that are answered in the workspace. One section is one question: `manner` words by section.

    A report whose facts may not leave is passed over; the run will say so of it.
    """
    told: set[str] = set()
    for order in orders:
        with workspace.reading() as connection:
            stale = [one for one in plan(connection, order.brief, order.profile, manner).stale if one.asked.points]
            known = wordings.answers_to(connection, {one.made.key for one in stale})
        try:
            if stale:
                screen(order)
        except OutboundRefused:
            continue
        for section in stale:
            first = await _first(order, section, manner)
            if first.question not in told and first.question not in known.get(first.section, {}):
                told.add(first.question)
                yield first


async def _first(order: Order, section: SectionPlan, manner: Manner) -> First:
    listener = _Listener(manner.spec, manner.unit)
    with suppress(_Heard):
        await Writer(order.profile, listener).section(order.brief, section.asked)
    asked = question(manner.spec, listener.messages, listener.schema)
    return First(asked, section.made.key, listener.messages, listener.schema)
