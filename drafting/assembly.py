"""Assembly: an outline and its worded points become a report. No model has a say here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafting.facts import Brief
from drafting.outline import Outline
from drafting.profile import Profile
from drafting.report import Block, Point, Provenance, Report


def assemble(brief: Brief, profile: Profile, plan: Outline, sections: Sequence[Sequence[Point]]) -> Report:
    """The report of an outline and its worded points."""
    blocks = [Block("title", plan.title)]
    if brief.recipient:
        blocks.append(Block("recipient", f"{brief.recipient}："))
    if plan.lead:
        blocks.append(Block("lead", plan.lead))
    for planned, points in zip(plan.sections, sections, strict=True):
        blocks.append(Block("heading", planned.heading, level=1, number=planned.number))
        blocks += _paragraphs(profile, points)
    blocks += _closing(brief, profile, plan)
    return Report(
        blocks=tuple(blocks),
        kind=brief.kind,
        organ=brief.organ,
        topic=brief.topic,
        period=brief.period,
        issued=brief.issued,
        brief=brief,
        profile=profile.fingerprint,
    )


def _paragraphs(profile: Profile, points: Sequence[Point]) -> list[Block]:
    if profile.point_style != "headed":
        return [Block("paragraph", points=tuple(points))]
    return [
        Block("paragraph", level=2, number=point.enumerator, points=(replace(point, enumerator=""),))
        for point in points
    ]


def _closing(brief: Brief, profile: Profile, plan: Outline) -> list[Block]:
    blocks = []
    if plan.outlook:
        if plan.outlook_heading:
            blocks.append(Block("heading", plan.outlook_heading, level=1, number=plan.outlook_number))
        how = Provenance("composed", model="composer")
        ids = tuple(fact.id for fact in brief.outlook)
        blocks.append(Block("outlook", points=(Point(plan.outlook, ids, provenance=how),)))
    if brief.attachments:
        blocks.append(Block("attachment", _attachments(brief.attachments)))
    if "signature" in profile.requires:
        blocks.append(Block("signature", brief.organ))
    if "date" in profile.requires:
        issued = brief.issued
        blocks.append(Block("date", f"{issued.year}年{issued.month}月{issued.day}日"))
    return blocks


def _attachments(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return f"附件：{titles[0]}"
    return "附件：" + "\n".join(f"{index}.{title}" for index, title in enumerate(titles, start=1))
