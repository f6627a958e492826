"""The one open model that all drafting jobs of a server share, so that its limit of calls holds for all of them together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from drafting.errors import ModelError
from drafting.models import Model, ModelSpec, open_model
from drafting.models.call_settings import CallSettings
from drafting.models.limits import Pace


@dataclass(slots=True)
class _Open:
    """A model kept open by a task of its own, which closes it where it opened it."""

    keeper: asyncio.Task[None]
    ready: asyncio.Future[Model]
    closing: asyncio.Event
    users: int = 0


@dataclass(slots=True)
class SharedModel:
    """Opens the model when it is first asked for and keeps it; after an error of the model the next job opens it anew.

    `pace` is what the endpoint's other users keep too, by the URL that is shown. Belongs to one event loop.
    """

    environ: Mapping[str, str]
    pace: Callable[[str], Pace] | None = None
    _open: dict[ModelSpec, _Open] = field(default_factory=dict)
    keepers: set[asyncio.Task[None]] = field(default_factory=set)

    @asynccontextmanager
    async def using(self, spec: ModelSpec) -> AsyncIterator[Model]:
        """The open model. Raises ModelSetupError where it cannot be opened."""
        held = self._open.get(spec) or self._opening(spec)
        held.users += 1
        try:
            yield await asyncio.shield(held.ready)
        except ModelError:
            if self._open.get(spec) is held:
                del self._open[spec]
            raise
        finally:
            held.users -= 1
            if held.users == 0 and self._open.get(spec) is not held:
                held.closing.set()

    async def close(self) -> None:
        """Closes every model, and waits until it is closed."""
        for held in self._open.values():
            held.closing.set()
        self._open.clear()
        await asyncio.gather(*self.keepers, return_exceptions=True)

    def _opening(self, spec: ModelSpec) -> _Open:
        ready: asyncio.Future[Model] = asyncio.get_running_loop().create_future()
        closing = asyncio.Event()
        keeper = asyncio.create_task(self._keep(spec, ready, closing))
        self.keepers.add(keeper)
        keeper.add_done_callback(self.keepers.discard)
        self._open[spec] = _Open(keeper, ready, closing)
        return self._open[spec]

    async def _keep(self, spec: ModelSpec, ready: asyncio.Future[Model], closing: asyncio.Event) -> None:
        try:
            calls = CallSettings.of(self.environ)
            opened = open_model(
                spec,
                environ=self.environ,
                rate=calls.rate,
                timeout=calls.timeout,
                max_retries=calls.retries,
                pace=self.pace,
            )
            async with opened as model:
                ready.set_result(model)
                await closing.wait()
        except ModelError as error:
            ready.set_exception(error)
