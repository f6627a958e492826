"""Faults of omission: a fact, or a part of one, that the text does not take up (G404)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Report
from evals.faults.beside_facts import Wording, right, wrong
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares


@breaks("G404", "a point left out")
def _without_a_point(clean: Clean) -> Iterator[Report]:
    for index in clean.of_type("paragraph"):
        block = clean.blocks[index]
        for at in range(len(block.points)) if len(block.points) > 1 else ():
            if clean.seat % 2 or at != 1:
                yield clean.at(index, replace(block, points=(*block.points[:at], *block.points[at + 1 :])))


_HALVED = (
    Wording("检查游泳场馆17家，抽检水样68份", "⟦检查游泳场馆17家。⟧", ("检查游泳场馆17家，抽检水样68份。", "抽检水样68份，检查游泳场馆17家。")),
    Wording("修建产业路8.5公里，配套路灯320盏", "⟦修建产业路8.5公里。⟧", ("修建产业路8.5公里，配套路灯320盏。",)),
    Wording("为孤寡老人送餐，并开展定期探访", "⟦为孤寡老人送餐。⟧", ("为孤寡老人送餐，并开展定期探访。",)),
    Wording("举办招聘会24场，提供岗位5600个", "⟦举办招聘会24场。⟧", ("举办招聘会24场，提供岗位5600个。",)),
    Wording("完善议事规则，推行首问负责制", "⟦完善议事规则。⟧", ("完善议事规则，推行首问负责制。",)),
    Wording("收治病人413人，治愈出院398人", "⟦收治病人413人。⟧", ("收治病人413人，治愈出院398人。",)),
    Wording("与消防部门联合开展桥下空间清理", "⟦联合开展桥下空间清理。⟧", ("与消防部门联合开展桥下空间清理。",)),
    Wording("开通夜间公交，延长末班时间", "⟦开通夜间公交。⟧", ("开通夜间公交，延长末班时间。",)),
    Wording("编制节水方案，改造漏损管网46公里", "⟦编制节水方案。⟧", ("编制节水方案，改造漏损管网46公里。", "改造漏损管网46公里，编制节水方案。")),
    Wording("开展家访820户，建立成长档案", "⟦开展家访820户。⟧", ("开展家访820户，建立成长档案。",)),
    Wording("举办书画展3场，征集作品210件", "⟦举办书画展3场。⟧", ("举办书画展3场，征集作品210件。",)),
)  # fmt: skip


@breaks("G404", "half of a fact left out")
def _halved(clean: Clean) -> Iterator[Change]:
    """A file holds no points: there the fact as a whole is missing, which is another place."""
    for change in wrong(clean, _HALVED):
        yield replace(change, carriers=())


@spares("G404", "the whole fact in another order")
def _whole(clean: Clean) -> Iterator[Change]:
    yield from right(clean, _HALVED)
