"""Proposals decided on: what of a proposed version is taken, change by change, and who said so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from drafting.changes.comparison import Comparison, compare
from drafting.changes.merge import Conflict
from drafting.changes.rewording import reworded
from drafting.comments import Hand
from drafting.errors import VersionError, WorkspaceError
from drafting.workspace import contents, history, reviewing, saving, users
from drafting.workspace.ledger import Ledger, read_stamp
from drafting.workspace.rows import OpenConflict, Version
from drafting.workspace.tables import conflicts, decisions, proposed, versions
from drafting.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Decision:
    """What someone said of one change of a proposal."""

    change: str
    accepted: bool
    by: Hand


def comparison(connection: Connection, proposal: Version) -> Comparison:
    """A proposal's changes, against the version it was made of. Raises VersionError for a version that proposes nothing."""
    if proposal.number is not None or proposal.parent_id is None:
        raise VersionError(f"版本 {proposal.short} 不是待定稿，没有可取舍的修改")
    base = history.version(connection, proposal.parent_id)
    return compare(contents.get(connection, base.hash), contents.get(connection, proposal.hash))


def hands(connection: Connection, proposal: Version) -> dict[str, Hand]:
    """Who made which change, where the proposal tells; the others are its author's."""
    rows = connection.execute(select(proposed).where(proposed.c.proposal_id == proposal.id))
    return {row.change: Hand(row.by, read_stamp(row.at) if row.at else None) for row in rows}


def decided(connection: Connection, proposal: Version) -> dict[str, Decision]:
    """The last word on each change of a proposal, by the change's id."""
    found = select(decisions).where(decisions.c.proposal_id == proposal.id).order_by(decisions.c.id)
    return {row.change: _decision(row) for row in connection.execute(found)}


def pending(connection: Connection, proposal: Version) -> list[str]:
    """The ids of the changes that nobody has decided on, in the order of the text."""
    said = decided(connection, proposal)
    return [change.id for change in comparison(connection, proposal).changes if change.id not in said]


def decide(
    workspace: Workspace, proposal: Version, who: str, *, accept: Collection[str] = (), reject: Collection[str] = ()
) -> Version:
    """Takes some changes into the text that stands and turns others down; both are kept. Returns the version that stands then.

    Raises LookupError for an id that is none of the proposal's changes, and SaveConflict where the text has changed at the same place.
    """
    with workspace.reading() as connection:
        users.require(connection, who, "drafter", *users.REVIEWERS)
        found = comparison(connection, proposal)
        base = history.version(connection, proposal.parent_id or 0)
    _require_known({change.id for change in found.changes}, accept, reject, proposal)
    note = f"取自 {proposal.short}：接受 {len(set(accept))} 处，拒绝 {len(set(reject))} 处"

    def keep(ledger: Ledger) -> None:
        for change, accepted in sorted({**dict.fromkeys(accept, True), **dict.fromkeys(reject, False)}.items()):
            told: Mapping[str, Any] = {"base_id": base.id, "change": change, "accepted": accepted}
            ledger.add(decisions, "decide", proposal_id=proposal.id, **told, by=who, at=ledger.at)

    if accept:
        return saving.save(workspace, base, found.accept(accept), who, "merged", note, along=keep)
    with workspace.writing(who) as ledger:
        keep(ledger)
        return history.head(ledger.connection, proposal.report_id)


def judged(connection: Connection, old: Version) -> dict[str, Decision]:
    """The last word on each change made since `old`, by the change's id, whichever version it was said of."""
    found = select(decisions).where(decisions.c.base_id == old.id).order_by(decisions.c.id)
    return {row.change: _decision(row) for row in connection.execute(found)}


def judge(
    workspace: Workspace,
    old: Version,
    new: Version,
    who: str,
    *,
    accept: Collection[str] = (),
    reject: Collection[str] = (),
) -> Version:
    """A reviewer's word on changes between two versions that stood. Returns the version that stands then.

    What is rejected is taken back: a version of its own, in which nobody wrote a word, and which goes on in review where `new` was in it.
    Raises VersionError for an id that is none of the changes, SaveConflict where the text has changed there meanwhile.
    """
    with workspace.reading() as connection:
        users.require(connection, who, *users.REVIEWERS)
        found = compare(contents.get(connection, old.hash), contents.get(connection, new.hash))
    _require_known({change.id for change in found.changes}, accept, reject, new)

    def keep(ledger: Ledger) -> None:
        for change, accepted in sorted({**dict.fromkeys(accept, True), **dict.fromkeys(reject, False)}.items()):
            told: Mapping[str, Any] = {"base_id": old.id, "change": change, "accepted": accepted}
            ledger.add(decisions, "decide", proposal_id=new.id, **told, by=who, at=ledger.at)
        reviewing.carry_on(ledger, new, history.head(ledger.connection, new.report_id))

    if reject:
        note = f"审改：退回 {len(set(reject))} 处修改"
        return saving.save(workspace, new, found.reject(reject), who, "merged", note, along=keep)
    with workspace.writing(who) as ledger:
        keep(ledger)
        return history.head(ledger.connection, new.report_id)


def _require_known(known: Collection[str], accept: Collection[str], reject: Collection[str], version: Version) -> None:
    if unknown := sorted((set(accept) | set(reject)) - set(known)):
        raise VersionError(f"版本 {version.short} 没有编号为 {'、'.join(unknown)} 的修改")
    if both := sorted(set(accept) & set(reject)):
        raise VersionError(f"修改 {'、'.join(both)} 不能既接受又拒绝")


def open_conflicts(connection: Connection, report_id: int) -> list[OpenConflict]:
    """The places of a report where a person's words stand and a regeneration's wait."""
    own = select(versions.c.id).where(versions.c.report_id == report_id)
    found = select(conflicts).where(conflicts.c.version_id.in_(own), conflicts.c.settled_by == "")
    return [_conflict(row) for row in connection.execute(found.order_by(conflicts.c.id))]


def settle_conflict(workspace: Workspace, id: int, who: str) -> None:
    """Closes a conflict: someone has looked, and the text that stands is as they want it."""
    with workspace.writing(who) as ledger:
        users.require(ledger.connection, who, "drafter", *users.REVIEWERS)
        try:
            ledger.change(conflicts, id, "settle-conflict", settled_by=who, settled_at=ledger.at)
        except LookupError:
            raise WorkspaceError(f"没有编号为 {id} 的冲突") from None


def take_theirs(workspace: Workspace, id: int, who: str) -> Version:
    """Puts the regeneration's words where the person's stand, and closes the conflict. Returns the version that stands then.

    Raises WorkspaceError where there is no such open conflict, VersionError where the person's words are not there once and only once.
    """
    with workspace.reading() as connection:
        users.require(connection, who, "drafter", *users.REVIEWERS)
        row = connection.execute(select(conflicts).where(conflicts.c.id == id, conflicts.c.settled_by == "")).first()
        if row is None:
            raise WorkspaceError(f"没有编号为 {id} 的冲突")
        told = _conflict(row).conflict
        head = history.head(connection, history.version(connection, row.version_id).report_id)
        text = contents.get(connection, head.hash)
    places = [at for at, block in enumerate(text.blocks) if told.mine and block.text.count(told.mine) == 1]
    if len(places) != 1 or sum(block.text.count(told.mine) for block in text.blocks) != 1:
        raise VersionError("冲突处的文字已经改过，请在拟稿页改定，再点“保留现有的”")
    blocks = list(text.blocks)
    blocks[places[0]] = reworded(blocks[places[0]], blocks[places[0]].text.replace(told.mine, told.theirs))

    def settle(ledger: Ledger) -> None:
        ledger.change(conflicts, id, "settle-conflict", settled_by=who, settled_at=ledger.at)

    edited = replace(text, blocks=tuple(block for block in blocks if block.text))
    return saving.save(workspace, head, edited, who, "merged", "冲突处改用新拟的文字", along=settle)


def _decision(row: Row[Any]) -> Decision:
    return Decision(row.change, row.accepted, Hand(row.by, read_stamp(row.at)))


def _conflict(row: Row[Any]) -> OpenConflict:
    settled = Hand(row.settled_by, read_stamp(row.settled_at)) if row.settled_by else None
    return OpenConflict(
        row.id, row.version_id, row.other_id, Conflict(row.heading, row.base, row.mine, row.theirs), settled
    )
