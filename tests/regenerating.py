"""Reports to regenerate, for tests: a handful of small briefs, and a hand that asks a real endpoint on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from drafting import brief as brief_file
from drafting import profiles
from drafting.facts import Brief, Fact, Section
from drafting.models import ModelSpec, open_model
from drafting.period import Period
from drafting.regeneration.budget import Budget
from drafting.regeneration.hand import Hand
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Order, Result
from drafting.regeneration.run import run
from drafting.workspace.workspace import Workspace
from evals.outcome import gate_of
from evals.timeline import timeline
from tests.endpoint import FakeEndpoint

WHO = "操作员"
ORGANS = ("市应急管理局", "县水利局", "区教育局")


def brief(organ: str = ORGANS[0], **changes: object) -> Brief:
    """Two sections of three and two facts, and an outlook; no two organs have the same section."""
    own = ORGANS.index(organ) if organ in ORGANS else len(organ)
    made = Brief(
        kind="special-report",
        organ=organ,
        topic="防汛工作",
        period=Period.parse("2024年上半年"),
        issued=date(2024, 7, 3),
        recipient="市人民政府",
        sections=(
            Section(
                "加强检查培训，落实防汛责任",
                (
                    Fact("F1", "开展防汛检查126处，发现隐患31处，整改28处，其余3处限期7月底前完成"),
                    Fact("F2", f"6月16日举办防汛培训班1期，培训{430 + own}人"),
                    Fact("F3", "投入《防汛应急预案》修编经费12.5万元"),
                ),
            ),
            Section("充实物资储备，做好抢险准备", (Fact("F4", "储备沙袋3万条"), Fact("F5", f"检修闸门{46 + own}座"))),
        ),
        outlook=(Fact("F6", "完成其余3处隐患整改"),),
        path=f"{organ}.brief.yaml",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def write(folder: Path, organs: Sequence[str]) -> None:
    """A brief of each organ into the folder, no section of one like another's."""
    for place, organ in enumerate(organs, start=10):
        told = brief(organ)
        for fact in told.facts():
            told = with_fact(told, fact.id, f"{fact.text}，其中{organ}占{place}%")
        (folder / f"{organ}.brief.yaml").write_text(brief_file.dumps(told), encoding="utf-8")


def with_fact(told: Brief, id: str, text: str) -> Brief:
    """The brief with another text for one fact."""
    sections = tuple(
        replace(section, facts=tuple(replace(one, text=text) if one.id == id else one for one in section.facts))
        for section in told.sections
    )
    return replace(told, sections=sections)


def order(told: Brief) -> Order:
    profile = profiles.load(told.kind)
    return Order(told, profile, told.organ, gate_of(profile, timeline()))


@dataclass
class Operator:
    """Runs `regenerate` over briefs, as the command does, and counts what that asked of the endpoint."""

    workspace: Workspace
    endpoint: FakeEndpoint
    slots: int = 4
    results: list[Result] = field(default_factory=list)

    def regenerate(
        self, briefs: Sequence[Brief], *, model: str = "openai:测试模型", budget: Callable[[], Budget] = Budget
    ) -> int:
        """How many calls that took; the results by the briefs' paths are in `results`."""
        before = len(self.endpoint.requests)
        self.results = []
        asyncio.run(self._run(briefs, ModelSpec.parse(model), budget()))
        return len(self.endpoint.requests) - before

    def state(self, told: Brief) -> Result:
        return next(one for one in self.results if one.brief == told.path)

    async def _run(self, briefs: Sequence[Brief], spec: ModelSpec, budget: Budget) -> None:
        orders = [order(one) for one in briefs]
        if spec.is_composer:
            hand = Hand(self.workspace, WHO, Manner(spec, "section"), None, 1, budget)
            await run(hand, orders, lambda _, result: self.results.append(result))
            return
        async with open_model(spec, environ=self.endpoint.environ, in_flight=self.slots, max_retries=0) as model:
            hand = Hand(self.workspace, WHO, Manner(spec, model.unit), model, self.slots, budget)
            await run(hand, orders, lambda _, result: self.results.append(result))
