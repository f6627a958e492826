"""Review: submitted, passed at each level, signed off, or returned with a reason.

A step names the hash of the version it speaks of. Where the text changes there is a new version, of which nothing has been said: every step
falls, the sign-off too. Nobody reviews what they wrote themselves, unless the kind of report allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from drafting.comments import Hand
from drafting.errors import ReviewRefused
from drafting.profile import Profile
from drafting.report import Report
from drafting.workspace import contents, history, users, verdicts
from drafting.workspace.ledger import Ledger, read_stamp
from drafting.workspace.outcome import Gate, Outcome
from drafting.workspace.rows import Step, StepAction, Version
from drafting.workspace.tables import steps, versions
from drafting.workspace.workspace import Workspace

State = Literal["draft", "submitted", "passed", "signed", "returned"]
LEVELS = {1: "初审", 2: "复审", 3: "终审"}
_STAGES = {1: (3,), 2: (1, 3), 3: (1, 2, 3)}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version stands: `level` is the one passed last, `next_level` the one whose turn it is, 0 where it is nobody's.

    `fallen` is the sign-off of an earlier version that this one has undone by changing the text.
    """

    state: State
    level: int
    next_level: int
    steps: tuple[Step, ...]
    fallen: Step | None = None

    @property
    def told(self) -> str:
        """In a word or two: 待初审."""
        if self.state == "draft":
            return "草稿（签发已因改稿失效）" if self.fallen else "草稿"
        if self.state == "returned":
            return "已退回"
        return "已签发" if self.state == "signed" else f"待{LEVELS[self.next_level]}"


def stages(levels: int) -> tuple[int, ...]:
    """The levels that a report of so many passes through; the last is always 终审, which is the sign-off."""
    return _STAGES[levels]


def standing(connection: Connection, version: Version, levels: int) -> Standing:
    """Where a version stands. Only steps about this very version count."""
    return _standing(_steps(connection, version.report_id), version, levels)


def standings(
    connection: Connection, heads: Iterable[Version], levels: Callable[[Version], int]
) -> dict[int, Standing]:
    """Where each version stands, by its id: many at once."""
    told: dict[int, list[Step]] = {}
    both = select(steps, versions.c.report_id).join(versions, versions.c.id == steps.c.version_id)
    for row in connection.execute(both.order_by(steps.c.id)):
        told.setdefault(row.report_id, []).append(_as_step(row))
    return {head.id: _standing(told.get(head.report_id, []), head, levels(head)) for head in heads}


def _standing(told: Sequence[Step], version: Version, levels: int) -> Standing:
    own = tuple(step for step in told if step.version_id == version.id)
    state, level = _folded(own)
    next_level = _after(level, levels) if state in ("submitted", "passed") else 0
    signed = [
        step for step in told if step.action == "sign" and step.version_id < version.id and step.hash != version.hash
    ]
    return Standing(state, level, next_level, own, signed[-1] if signed and state != "signed" else None)


def signature(connection: Connection, version: Version, levels: int) -> Step | None:
    """The step that signed this version off, if it stands."""
    found = standing(connection, version, levels)
    return (
        next((step for step in reversed(found.steps) if step.action == "sign"), None)
        if found.state == "signed"
        else None
    )


def submit(workspace: Workspace, version: Version, who: str, profile: Profile, gate: Gate) -> Outcome:
    """Hands the version that stands to review, and tells what the gate says of it; open errors are the reviewers' to see."""
    outcome = _examined(workspace, version, gate)
    with workspace.writing(who) as ledger:
        users.require(ledger.connection, who, "drafter")
        _require_head(ledger.connection, version)
        now = standing(ledger.connection, version, profile.review_levels)
        if now.state in ("submitted", "passed", "signed"):
            raise ReviewRefused(f"版本 {version.short} {now.told}，不必再送审")
        verdicts.keep(ledger, version, outcome)
        _step(ledger, version, "submit", 0, "")
    return outcome


def approve(
    workspace: Workspace, version: Version, who: str, profile: Profile, gate: Gate, *, final: bool, reason: str = ""
) -> Step:
    """Passes the version at the level whose turn it is; `final` signs it off at the last, which only a version without open errors can be.

    Raises ReviewRefused for a person without that level's role, for the author of the text, out of turn, and where the gate refuses.
    """
    outcome = _examined(workspace, version, gate) if final else None
    with workspace.writing(who) as ledger:
        connection = ledger.connection
        _require_head(connection, version)
        now = standing(connection, version, profile.review_levels)
        level = _whose_turn(version, now)
        if final != (level == 3):
            verb = "签发用 chengwen sign" if level == 3 else f"须先{LEVELS[level]}（chengwen review）"
            raise ReviewRefused(f"版本 {version.short} {now.told}，{verb}")
        users.require(connection, who, f"reviewer:{level}")
        _require_other_hands(connection, version, who, profile)
        if outcome is not None:
            verdicts.keep(ledger, version, outcome)
            if not outcome.allowed:
                raise ReviewRefused(f"版本 {version.short} 还有未豁免的错误，不能签发：\n{outcome.refusal}")
        _step(ledger, version, "sign" if final else "pass", level, reason)
    return _last(workspace, version)


def send_back(workspace: Workspace, version: Version, who: str, profile: Profile, reason: str) -> Step:
    """Returns the version to its drafter, with the reason. Whose turn it is may, and 终审 at any time, after the sign-off too."""
    if not reason.strip():
        raise ReviewRefused("退回须写明理由")
    with workspace.writing(who) as ledger:
        _require_head(ledger.connection, version)
        now = standing(ledger.connection, version, profile.review_levels)
        if now.state in ("draft", "returned"):
            raise ReviewRefused(f"版本 {version.short} 是{now.told}，没有送审，不能退回")
        roles = {"reviewer:3", f"reviewer:{now.next_level or 3}"}
        users.require(ledger.connection, who, *sorted(roles))
        _step(ledger, version, "return", now.next_level or 3, reason.strip())
    return _last(workspace, version)


def carry_on(ledger: Ledger, before: Version, after: Version) -> None:
    """Hands the version that a reviewer made by taking changes back to review in place of the one under review; passes fall."""
    own = [step for step in _steps(ledger.connection, before.report_id) if step.version_id == before.id]
    if after.id != before.id and _folded(own)[0] in ("submitted", "passed"):
        _step(ledger, after, "submit", 0, f"审改自 {before.short}")


def authors(connection: Connection, version: Version) -> set[str]:
    """Everyone whose words may be in a version: those who drafted, edited or imported it or any version it came of.

    Deciding on others' changes writes no words of one's own.
    """
    seen: set[int] = set()
    open_ids, found = [version.id], set()
    while open_ids:
        id = open_ids.pop()
        if id in seen:
            continue
        seen.add(id)
        one = history.version(connection, id)
        if one.origin != "merged":
            found.add(one.author)
        open_ids += [parent for parent in (one.parent_id, one.merged_id) if parent is not None]
    return found


def _examined(workspace: Workspace, version: Version, gate: Gate) -> Outcome:
    """The gate's answer, asked outside of any transaction: it reads the whole report with every rule."""
    with workspace.reading() as connection:
        report: Report = contents.get(connection, version.hash)
        waivers = verdicts.standing_waivers(connection, version)
    return gate(verdicts.waived(report, waivers))


def _folded(own: Sequence[Step]) -> tuple[State, int]:
    state: State = "draft"
    level = 0
    for step in own:
        if step.action == "submit":
            state, level = "submitted", 0
        elif step.action == "return":
            state, level = "returned", 0
        else:
            state, level = ("signed" if step.action == "sign" else "passed"), step.level
    return state, level


def _after(level: int, levels: int) -> int:
    return next(stage for stage in stages(levels) if stage > level)


def _whose_turn(version: Version, now: Standing) -> int:
    if not now.next_level:
        hint = "，先用 chengwen submit 送审" if now.state != "signed" else ""
        raise ReviewRefused(f"版本 {version.short} {now.told}，没有待审的环节{hint}")
    return now.next_level


def _require_head(connection: Connection, version: Version) -> None:
    head = history.head(connection, version.report_id)
    if head.id != version.id:
        raise ReviewRefused(
            f"版本 {version.short} 不是最新版，最新是 {head.short}（第 {head.number} 版，{head.author}）"
        )


def _require_other_hands(connection: Connection, version: Version, who: str, profile: Profile) -> None:
    if not profile.own_review and who in authors(connection, version):
        raise ReviewRefused(f"“{who}”写过这份报告，不能自拟自审，请换一人（文种 {profile.kind} 未允许 review.own）")


def _step(ledger: Ledger, version: Version, action: StepAction, level: int, reason: str) -> None:
    told = {"action": action, "level": level, "reason": reason, "by": ledger.who, "at": ledger.at}
    ledger.add(steps, action, version_id=version.id, hash=version.hash, **told)


def _last(workspace: Workspace, version: Version) -> Step:
    with workspace.reading() as connection:
        return next(step for step in reversed(_steps(connection, version.report_id)) if step.version_id == version.id)


def _steps(connection: Connection, report_id: int) -> list[Step]:
    own = select(versions.c.id).where(versions.c.report_id == report_id)
    return [
        _as_step(row)
        for row in connection.execute(select(steps).where(steps.c.version_id.in_(own)).order_by(steps.c.id))
    ]


def _as_step(row: Row[Any]) -> Step:
    return Step(row.id, row.version_id, row.hash, row.action, row.level, row.reason, Hand(row.by, read_stamp(row.at)))
