"""A worker's part in a team's runs: takes a report of a run, does it as one machine would, and puts down what became of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from drafting.errors import ModelSetupError, ModelUnreachable
from drafting.models import Model, ModelSpec, open_model
from drafting.models.call_settings import CallSettings
from drafting.outbound import check_outbound, sent
from drafting.regeneration import purse, runs
from drafting.regeneration.hand import Hand
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Order, Result
from drafting.regeneration.purse import TeamPurse
from drafting.regeneration.runs import Run
from drafting.workspace import engine
from drafting.workspace.paces import SharedPace
from drafting.workspace.workspace import Workspace

Unpacked = Callable[[dict[str, Any], int], Order]
"""An order from a parcel (evals/parcel.py) and its place in the run."""

_KEPT = 4
"""Runs whose model stays open: people have one or two on the way."""


@dataclass
class Team:
    """One worker. At most `slots` calls of a run are in flight here; `told` hears of every report that is done."""

    workspace: Workspace
    environ: Mapping[str, str]
    slots: int
    unpacked: Unpacked
    told: Callable[[Run, Result], None]
    _hands: dict[int, tuple[Run, Hand, AsyncExitStack]] = field(default_factory=dict)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _busy: Counter[int] = field(default_factory=Counter)

    async def work(self, run_id: int, place: int) -> None:
        """Does a report of a run. Raises WorkspaceError where the database is away: the queue gives the report out again."""
        run, data = await asyncio.to_thread(self._taken, run_id, place)
        if data is None:
            return
        if run.stopped:
            result = Result(data["path"], "", "failed", reason=run.stopped)
        else:
            result = await self._do(run, data, place)
        await asyncio.to_thread(self._finish, run_id, place, result)
        self.told(run, result)

    async def close(self) -> None:
        """Closes every model that was opened."""
        for _, _, stack in self._hands.values():
            await stack.aclose()
        self._hands.clear()

    async def _do(self, run: Run, data: dict[str, Any], place: int) -> Result:
        self._busy[run.id] += 1
        try:
            hand = await self._hand(run)
            return await hand.do(self.unpacked(data, place))
        except (ModelSetupError, ModelUnreachable) as error:
            await asyncio.to_thread(self._stop, run.id, str(error))
            return Result(data["path"], "", "failed", reason=str(error), away=isinstance(error, ModelUnreachable))
        except (KeyError, TypeError, ValueError) as error:
            return Result(data["path"], "", "failed", reason=f"读不懂交来的任务：{error}")
        finally:
            self._busy[run.id] -= 1

    async def _hand(self, run: Run) -> Hand:
        async with self._opening:
            if run.id not in self._hands:
                for idle in [one for one in self._hands if not self._busy[one]][: len(self._hands) + 1 - _KEPT]:
                    await self._hands.pop(idle)[2].aclose()
                self._hands[run.id] = await self._opened(run)
            return self._hands[run.id][1]

    async def _opened(self, run: Run) -> tuple[Run, Hand, AsyncExitStack]:
        spec, own, stack = ModelSpec.parse(run.model), TeamPurse(self.workspace, run), AsyncExitStack()
        if spec.is_composer:
            return run, Hand(self.workspace, run.who, Manner(spec, "section"), None, 1, own), stack
        calls = CallSettings.of(self.environ)
        opened = open_model(
            spec,
            environ=self.environ,
            in_flight=self.slots,
            rate=run.terms.rate or calls.rate,
            timeout=calls.timeout,
            max_retries=calls.retries,
            pace=partial(SharedPace, self.workspace),
        )
        model = await stack.enter_async_context(opened)
        screen = partial(_screen, run, model)
        return run, Hand(self.workspace, run.who, Manner(spec, model.unit), model, model.in_flight, own, screen), stack

    def _taken(self, run_id: int, place: int) -> tuple[Run, dict[str, Any] | None]:
        with engine.writing(self.workspace.engine, self.workspace.location) as connection:
            run = runs.get(connection, run_id)
            if run.terms.limited:
                purse.taken_over(connection, run_id, place)
            return run, runs.parcel(connection, run_id, place)

    def _finish(self, run_id: int, place: int, result: Result) -> None:
        with engine.writing(self.workspace.engine, self.workspace.location) as connection:
            runs.finish(connection, run_id, place, result)

    def _stop(self, run_id: int, why: str) -> None:
        with engine.writing(self.workspace.engine, self.workspace.location) as connection:
            runs.stop(connection, run_id, why)


async def _screen(run: Run, model: Model, brief: Any) -> None:
    check_outbound(sent(brief), model.endpoint, allowed=run.terms.allow_secrets or model.on_loopback)
