"""Desks: working copies kept in the workspace, one for each report and person.

A save reads the copy, makes the changes and writes it back where nobody wrote in between, else does it again: the changes are made outside of
the transaction, which stays short. Where a colleague's version stands by now, the copy is put on top of it first.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from drafting.canonical import canonical
from drafting.desk.applying import apply
from drafting.desk.copy import Clash, Copy, of_record
from drafting.desk.laying import copy_of
from drafting.desk.operations import STRUCTURAL, Operation, Undo
from drafting.desk.rebasing import rebased, relaid
from drafting.desk.recent import Recent
from drafting.desk.texts import Clashing
from drafting.desk.undoing import undone
from drafting.errors import EditConflict, InputError, WorkspaceError
from drafting.profile import Profile
from drafting.record import Record
from drafting.report import Report
from drafting.workspace import contents, history, saving
from drafting.workspace.ledger import read_stamp
from drafting.workspace.rows import Document, Version
from drafting.workspace.tables import desks, versions
from drafting.workspace.workspace import Workspace

_TRIES = 50
_CROWDED = "同时有太多人在改，没有存上，请再试"
_UNDONE = 30
"""How many states an undo can go back."""

_COPIES: Recent[bytes, Copy] = Recent(256)
"""Copies by their packed bytes: 50 people type at once, and each pause would read the same copy anew."""


@dataclass(frozen=True, slots=True)
class Step:
    """The copy before and after an operation that changed its structure, packed."""

    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Desk:
    """A working copy: the version it was made of, how often it was saved, and the operations that an undo takes back, the last at the end."""

    document: Document
    base: Version
    copy: Copy
    revision: int
    saved_at: datetime | None
    undo: tuple[Step, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether it says anything that its version does not."""
        return bool(self.copy.clashes) or self.copy.report().version != self.base.hash


@dataclass(frozen=True, slots=True)
class Refused:
    """An operation that could not be done, and why, in a line."""

    why: str


Result = Clash | Refused | None
"""What became of an operation; None where it was done."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The desk after a save, what became of each operation, and whether anything but these changed since the revision that the page had."""

    desk: Desk
    results: tuple[Result, ...]
    foreign: bool


def open(workspace: Workspace, report_id: int, who: str, profile: Profile) -> Desk:
    """The person's copy, on top of what stands. Raises VersionError where there is no such report."""
    with workspace.reading() as connection:
        row = _row(connection, report_id, who)
        if row is not None and row.base.id == history.head(connection, report_id).id:
            return row
    return _changed(workspace, report_id, who, profile, lambda desk: desk)


def look(connection: Connection, report_id: int, who: str) -> Desk:
    """The person's copy to read; that of the version that stands where they have none."""
    row = _row(connection, report_id, who)
    return row or _laid(connection, report_id)


def standing(connection: Connection, report_id: int) -> Desk:
    """The copy of what stands, for who only reads: what they once wrote as a drafter is not shown."""
    return _laid(connection, report_id)


def edit(
    workspace: Workspace,
    report_id: int,
    who: str,
    operations: Sequence[Operation],
    profile: Profile,
    seen: int | None = None,
) -> Edited:
    """Does the operations in order, each or not at all. `seen` is the revision that the page has."""
    results: list[Result] = []
    before = 0
    moved = False

    def change(desk: Desk) -> Desk:
        nonlocal before, moved
        results.clear()
        before = desk.revision
        for operation in operations:
            desk, result, structural = _applied(desk, operation, profile)
            results.append(result)
            moved = moved or structural
        return desk

    desk = _changed(workspace, report_id, who, profile, change)
    return Edited(desk, tuple(results), moved or (seen is not None and seen != before))


def put(workspace: Workspace, report_id: int, who: str, change: Callable[[Copy], Copy], profile: Profile) -> Desk:
    """Changes the copy by a function of it, which may be called more than once: a machine's hand at the same desk."""
    return _changed(workspace, report_id, who, profile, lambda desk: replace(desk, copy=change(desk.copy)))


def save(workspace: Workspace, report_id: int, who: str, profile: Profile, note: str = "") -> Version:
    """Makes a version of the copy, which goes on from there.

    Where a colleague's version came in between, the copy is put on top of it first and tried again, so that nothing is handed in twice.
    Raises EditConflict where texts still stand against each other: the copy then holds both.
    """
    for _ in range(_TRIES):
        desk = open(workspace, report_id, who, profile)
        if desk.copy.clashes:
            raise EditConflict(f"还有 {len(desk.copy.clashes)} 处与别人的修改冲突，请先选定用哪一种写法")
        report = desk.copy.report()
        if report.version == desk.base.hash:
            return desk.base
        with workspace.writing(who) as ledger:
            if history.head(ledger.connection, report_id).id != desk.base.id:
                continue
            made = saving.add(ledger, report_id, report, "edited", parent=desk.base, note=note)
            there = _row(ledger.connection, report_id, who)
            if there is not None:  # what was typed while it was made is on top of the text that was handed in
                _write(ledger.connection, _moved(ledger.connection, there, report, who), who, ledger.at, there)
            return made
    raise WorkspaceError(_CROWDED)


def discard(workspace: Workspace, report_id: int, who: str, profile: Profile) -> Desk:
    """Throws away what is no version yet. Undo brings it back."""

    def back(desk: Desk) -> Desk:
        with workspace.reading() as connection:
            text = contents.get(connection, desk.base.hash)
        copy = replace(relaid(replace(desk.copy, clashes=()), text), clashes=())
        return replace(desk, copy=copy, undo=_stepped(desk, copy))

    return _changed(workspace, report_id, who, profile, back)


def clear(workspace: Workspace, report_id: int, who: str) -> None:
    """Takes the desk away altogether."""
    with workspace.writing(who) as ledger:
        ledger.connection.execute(delete(desks).where(desks.c.report_id == report_id, desks.c.who == who))


def _applied(desk: Desk, operation: Operation, profile: Profile) -> tuple[Desk, Result, bool]:
    """The desk after an operation, what became of it, and whether more than the page knows has changed."""
    if isinstance(operation, Undo):
        if not desk.undo:
            return desk, Refused("没有可以撤销的操作"), False
        step = desk.undo[-1]
        copy = undone(desk.copy, _unpacked(step.before), _unpacked(step.after), profile)
        return replace(desk, copy=copy, undo=desk.undo[:-1]), None, True
    try:
        copy = apply(desk.copy, operation, profile)
    except Clashing as clashing:
        return desk, clashing.clash, False
    except InputError as error:
        return desk, Refused(str(error)), False
    structural = isinstance(operation, STRUCTURAL)
    undo = _stepped(desk, copy) if structural else desk.undo
    return replace(desk, copy=copy, undo=undo), None, structural or not _plain(desk.copy, copy, operation)


def _stepped(desk: Desk, copy: Copy) -> tuple[Step, ...]:
    return (*desk.undo, Step(_packed(desk.copy), _packed(copy)))[-_UNDONE:]


def _plain(before: Copy, after: Copy, operation: Operation) -> bool:
    """Whether exactly the text that the page typed has changed: formulas and numbers in the paper did not."""
    value, id = getattr(operation, "value", None), getattr(operation, "id", "")
    if value is None:
        return False
    kept = [(one.id, one.block.text) for one in before.blocks if one.id != id and all(p.id != id for p in one.points)]
    now = {one.id: one.block.text for one in after.blocks}
    same = all(now.get(name) == text for name, text in kept) and len(after.blocks) == len(before.blocks)
    return same and len(list(after.points())) == len(list(before.points())) and _has(after, id, value)


def _has(copy: Copy, id: str, value: str) -> bool:
    texts = {fact.id: fact.text for _, fact in copy.facts()}
    texts |= {point.id: point.text for _, point in copy.points()}
    texts |= {one.id: one.text for one in copy.blocks if not one.points}
    texts |= {one.id: one.heading for one in copy.sections}
    return texts.get(id, value) == value


# --- kept


def _changed(workspace: Workspace, report_id: int, who: str, profile: Profile, change: Callable[[Desk], Desk]) -> Desk:
    for _ in range(_TRIES):
        with workspace.reading() as connection:
            seen = _row(connection, report_id, who)
            desk = _on_top(connection, seen or _laid(connection, report_id), who)
        made = change(desk)
        if seen is not None and made == seen:
            return seen
        values = _values(made, seen)  # packed while nobody else waits to write
        with workspace.writing(who) as ledger:
            if seen is not None:
                if _swapped(ledger.connection, made, who, seen.revision, {**values, "at": ledger.at}):
                    return _as_kept(made, values, ledger.at)
                continue
            at_head = history.head(ledger.connection, report_id).id == made.base.id
            if at_head and not _revision(ledger.connection, report_id, who):
                return _put(ledger.connection, made, who, ledger.at, values, new=True)
    raise WorkspaceError(_CROWDED)


def _on_top(connection: Connection, desk: Desk, who: str) -> Desk:
    """The copy on what stands by now."""
    if history.head(connection, desk.document.id).id == desk.base.id:
        return desk
    return _moved(connection, desk, contents.get(connection, desk.base.hash), who)


def _moved(connection: Connection, desk: Desk, base: Report, who: str) -> Desk:
    """The copy, made of `base`, on what stands by now. Where an id names another fact from now on, there is nothing left to undo."""
    head = history.head(connection, desk.document.id)
    text = contents.get(connection, head.hash)
    by = head.author if head.author != who else ""
    new = _fact_ids(text) - _fact_ids(base)
    given = {f"F{number}" for number in range(1, desk.copy.last.get("F", 0) + 1)}
    undo = () if new & given else desk.undo
    return replace(desk, base=head, copy=rebased(desk.copy, base, text, by), undo=undo)


def _fact_ids(report: Report) -> set[str]:
    return {fact.id for fact in report.brief.facts()} if report.brief else set()


def _laid(connection: Connection, report_id: int) -> Desk:
    document, head = history.document(connection, report_id), history.head(connection, report_id)
    return Desk(document, head, copy_of(contents.get(connection, head.hash)), 0, None)


def _row(connection: Connection, report_id: int, who: str) -> Desk | None:
    found = connection.execute(select(desks).where(desks.c.report_id == report_id, desks.c.who == who)).first()
    if found is None:
        return None
    document, base = history.document(connection, report_id), history.version(connection, found.base_id)
    return Desk(document, base, _unpacked(found.copy), found.revision, read_stamp(found.at), _split(found.undo))


def _revision(connection: Connection, report_id: int, who: str) -> int:
    """How often the copy was saved; 0 where there is none."""
    wanted = select(desks.c.revision).where(desks.c.report_id == report_id, desks.c.who == who)
    return connection.execute(wanted).scalar_one_or_none() or 0


def _write(connection: Connection, desk: Desk, who: str, at: str, there: Desk | None) -> Desk:
    """Keeps the desk in place of the row that is `there`."""
    return _put(connection, desk, who, at, _values(desk, there), new=there is None)


def _values(desk: Desk, there: Desk | None) -> dict[str, Any]:
    """The row of a desk. What an undo takes back is many times the copy: it is in it where it is another than `there`."""
    values: dict[str, Any] = {"base_id": desk.base.id, "revision": desk.revision + 1, "copy": _packed(desk.copy)}
    if there is None or there.undo != desk.undo:
        values["undo"] = _joined(desk.undo)
    return values


def _put(connection: Connection, desk: Desk, who: str, at: str, values: dict[str, Any], *, new: bool) -> Desk:
    if new:
        connection.execute(insert(desks), {"report_id": desk.document.id, "who": who, "at": at, **values})
    else:
        own = (desks.c.report_id == desk.document.id) & (desks.c.who == who)
        connection.execute(update(desks).where(own).values(at=at, **values))
    return _as_kept(desk, values, at)


def _swapped(connection: Connection, desk: Desk, who: str, seen: int, values: dict[str, Any]) -> bool:
    """Keeps the desk where the row is still that of the revision `seen` and its base still stands: one statement, while everybody else waits."""
    later = versions.alias()
    beyond = select(later.c.id).where(later.c.report_id == desk.document.id, later.c.number > desk.base.number)
    own = (desks.c.report_id == desk.document.id) & (desks.c.who == who) & (desks.c.revision == seen)
    return connection.execute(update(desks).where(own, ~beyond.exists()).values(**values)).rowcount == 1


def _as_kept(desk: Desk, values: dict[str, Any], at: str) -> Desk:
    _COPIES.keep(values["copy"], desk.copy)
    return replace(desk, revision=desk.revision + 1, saved_at=read_stamp(at))


def _packed(copy: Copy) -> bytes:
    return zlib.compress(canonical(copy.as_dict()), 1)


def _unpacked(packed: bytes) -> Copy:
    known = _COPIES.get(packed)
    if known is None:
        try:
            known = of_record(Record(json.loads(zlib.decompress(packed))))
        except (ValueError, zlib.error) as error:
            raise WorkspaceError(f"没有成版的修改读不出，已损坏（{error}）") from error
        _COPIES.keep(packed, known)
    return known


def _joined(undo: Sequence[Step]) -> bytes:
    return b"".join(len(one).to_bytes(4, "big") + one for step in undo for one in (step.before, step.after))


def _split(data: bytes) -> tuple[Step, ...]:
    found, at = [], 0
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4], "big")
        found.append(data[at + 4 : end])
        at = end
    return tuple(map(Step, found[::2], found[1::2]))
