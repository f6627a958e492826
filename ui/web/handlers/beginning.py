"""New reports: from what a form tells, from a brief. A report that is there already is left alone, and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from drafting import bounds, outline, profiles
from drafting.assembly import assemble
from drafting.errors import InputError, ReviewRefused
from drafting.facts import Brief, Section
from drafting.fields import DAY_WANTED, TEXT_LIMIT, day, one_line
from drafting.period import Period
from drafting.report import Report
from drafting.textfile import forbidden_character
from drafting.workspace import access, saving
from drafting.workspace.rows import VersionOrigin
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from evals.ground import ground_of
from ui.web.ground import keep_verdict

_HEADINGS = ("【请填写第一部分的标题】", "【请填写第二部分的标题】")
"""Where the kind names no section that every report has. A check finds them for as long as they stand."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of a report that was handed in. `report` is 0 where it was there before and the user has no part in it."""

    report: int
    name: str
    made: bool

    def told(self) -> dict[str, object]:
        return {"report": self.report, "name": self.name, "made": self.made}


def head(kind: str, organ: str, topic: str, period: str, issued: str, recipient: str = "") -> Brief:
    """A brief of these particulars without sections. Raises InputError, saying which of them cannot be."""
    covered, written = Period.parse(_text("报告期", period, needed=True)), day(issued)
    if written is None:
        raise InputError(f"成文日期{DAY_WANTED}")
    if written < covered.first:
        raise InputError(f"成文日期 {written} 早于报告期的第一天 {covered.first}")
    return Brief(
        kind=profiles.identify_shipped(kind),
        organ=_text("发文机关", organ, needed=True),
        topic=_text("主题", topic, needed=True),
        period=covered,
        issued=written,
        sections=(),
        recipient=_text("主送机关", recipient),
    )


def from_form(told: Brief) -> Report:
    """A skeleton with the sections that every report of the kind has, else two whose headings are to be written."""
    profile = profiles.load(told.kind)
    named = [rule.name for rule in profile.sections if rule.required or not profile.free_sections]
    headings: Sequence[str] = named or _HEADINGS
    return skeleton(replace(told, sections=tuple(Section(heading, ()) for heading in headings)))


def skeleton(brief: Brief) -> Report:
    """Title, lead, headings and closing of a brief; no sentence yet. Raises InputError for more sections or facts than a report can have."""
    beyond = [message for _, message in bounds.beyond(brief)]
    if beyond:
        raise InputError("\n".join(beyond))
    profile = profiles.load(brief.kind)
    plan = outline.plan(brief, profile)
    whole = assemble(brief, profile, plan, [()] * len(plan.sections))
    return replace(whole, blocks=tuple(block for block in whole.blocks if block.text))


def recipient(report: Report) -> str:
    """Whom the report is addressed to; empty where it says nobody."""
    return next((block.text.strip("：:") for block in report.blocks if block.type == "recipient"), "")


def put(workspace: Workspace, user: User, report: Report, origin: VersionOrigin, note: str) -> Begun:
    """Takes the report up, with what the gate says of it."""
    saved = saving.begin(workspace, report, user.name, origin, note=note)
    if saved.made:
        keep_verdict(workspace, saved.version, ground_of(report, saved.document).verdict(report), user.name)
        return Begun(saved.document.id, saved.document.name, made=True)
    with workspace.reading() as connection:
        try:
            access.require_reader(connection, user, saved.document)
        except ReviewRefused:
            return Begun(0, saved.document.name, made=False)
    return Begun(saved.document.id, saved.document.name, made=False)


def today(workspace: Workspace) -> date:
    """The workspace's day in this machine's zone."""
    return workspace.clock().astimezone().date()


def _text(what: str, value: str, *, needed: bool = False) -> str:
    text = one_line(value)
    if needed and not text:
        raise InputError(f"请填写{what}")
    if len(text) > TEXT_LIMIT:
        raise InputError(f"{what}有 {len(text)} 字，超过上限 {TEXT_LIMIT} 字")
    if forbidden_character(text):
        raise InputError(f"{what}里有控制字符 {forbidden_character(text)}")
    return text
