"""Deferred: a model that is opened when it is first asked. To import a client takes a second, and where nothing changed nobody is asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from drafting.models.conversation import Answer, Message, Schema
from drafting.models.model import Model, Unit
from drafting.models.spec import ModelSpec


@dataclass(slots=True)
class Deferred:
    """Raises what opening the model raises, where it is asked."""

    spec: ModelSpec
    unit: Unit
    opening: Callable[[], AbstractAsyncContextManager[Model]]
    _stack: AsyncExitStack
    _model: Model | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def opened(self) -> Model:
        """The model itself, opened now if it was not."""
        async with self._lock:
            if self._model is None:
                self._model = await self._stack.enter_async_context(self.opening())
        return self._model

    async def ask(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        stream: bool = False,
        on_text: Callable[[str], None] | None = None,
        max_tokens: int | None = None,
    ) -> Answer:
        """See Model.ask."""
        model = await self.opened()
        return await model.ask(messages, schema=schema, stream=stream, on_text=on_text, max_tokens=max_tokens)


@asynccontextmanager
async def deferred(
    spec: ModelSpec, opening: Callable[[], AbstractAsyncContextManager[Model]]
) -> AsyncIterator[Deferred]:
    """The model that `opening` opens, closed at the end where it was."""
    async with AsyncExitStack() as stack:
        yield Deferred(spec, "point" if spec.is_embedded else "section", opening, stack)
