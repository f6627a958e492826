"""Versions put in: what is drafted, edited, merged, imported or proposed. No text that was ever handed in is lost.

Whoever saves says which version they started from. Where another stands by now, the two are merged by three ways; where they clash, the
one that came later is kept as a proposal beside the line, and its author is shown both texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from drafting.canonical import fingerprint
from drafting.changes.merge import Conflict, Merged, merge
from drafting.comments import Hand
from drafting.errors import EditConflict
from drafting.happenings import Kept, tell
from drafting.report import Report
from drafting.workspace import contents, history
from drafting.workspace.ledger import Ledger, stamp
from drafting.workspace.rows import MACHINE_MADE, Document, Version, VersionOrigin
from drafting.workspace.tables import briefs, conflicts, proposed, reports, versions
from drafting.workspace.workspace import Workspace

_TRIES = 5
"""How often a text is merged outside of the lock before it is merged inside."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a report that was handed in: the version that stands now, and whether it is a new one.

    `conflicts` are the places where a person's words stand against a regeneration's; `proposal` holds the version that has the other words.
    """

    document: Document
    version: Version
    made: bool
    merged: bool = False
    conflicts: tuple[Conflict, ...] = ()
    proposal: Version | None = None


class SaveConflict(EditConflict):
    """Two people changed the same place. `head` stands; `proposal` keeps what was handed in, on top of it; `conflicts` hold both texts."""

    def __init__(self, head: Version, proposal: Version, found: Sequence[Conflict]) -> None:
        self.head, self.proposal, self.conflicts = head, proposal, tuple(found)
        places = "\n".join(_told(conflict, head.author) for conflict in found)
        super().__init__(
            f"{head.author}已先改了同一处（现为 {head.short}），你的修改另存为待定稿 {proposal.short}，两稿如下：\n{places}"
        )


def record(
    workspace: Workspace, report: Report, who: str, origin: VersionOrigin, *, source: str = "", note: str = ""
) -> Saved:
    """Takes up what a machine drafted or regenerated: as the new head, or merged with what people made of the draft before.

    A person's words are not overwritten: where both touched one point the person's stand, and the machine's wait as a conflict.
    """
    while True:
        with workspace.reading() as connection:
            prepared = prepare(connection, report)
        with workspace.writing(who) as ledger:
            saved = take_up(ledger, prepared, origin, source=source, note=note)
        if saved is not None:
            return saved


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report that a machine made, merged with what people made of the one before while nobody waits for it.

    `before` is None for a report that the workspace does not have; `merged` where nobody changed the last machine-made text.
    """

    report: Report
    before: Before | None
    merged: Merged | None

    @property
    def stands(self) -> Report:
        """The text that stands once this is taken up."""
        if self.before is not None and self.report.version in (self.before.head.hash, self.before.machine.hash):
            return self.before.texts[1]
        return self.merged.report if self.merged else self.report


def prepare(connection: Connection, report: Report) -> Prepared:
    """Looks up what there is to merge with, and merges."""
    found = history.document_of_identity(connection, identity(report))
    before = _before(connection, found) if found else None
    return Prepared(report, before, merge(*before.texts, report) if before and before.edited else None)


def take_up(
    ledger: Ledger, prepared: Prepared, origin: VersionOrigin, *, source: str = "", note: str = ""
) -> Saved | None:
    """Makes what was prepared stand. None, and nothing is written, where something else stands by now: prepare it again."""
    report, before = prepared.report, prepared.before
    there = history.document_of_identity(ledger.connection, identity(report))
    if before is None:
        if there is not None:
            return None
        document = _document(ledger, report, source)
        return Saved(document, add(ledger, document.id, report, origin, note=note), made=True)
    if there is None or history.head(ledger.connection, there.id).id != before.head.id:
        return None
    return _take_up(ledger, there, before, report, prepared.merged, origin, note)


def begin(workspace: Workspace, report: Report, who: str, origin: VersionOrigin, *, note: str = "") -> Saved:
    """Takes up a report that the workspace does not have. One about the same thing stays as it is, and is given back: `made` is then False."""
    with workspace.writing(who) as ledger:
        there = history.document_of_identity(ledger.connection, identity(report))
        if there is not None:
            return Saved(there, history.head(ledger.connection, there.id), made=False)
        document = _document(ledger, report, "")
        return Saved(document, add(ledger, document.id, report, origin, note=note), made=True)


def save(
    workspace: Workspace,
    base: Version,
    edited: Report,
    who: str,
    origin: VersionOrigin = "edited",
    note: str = "",
    *,
    along: Callable[[Ledger], None] | None = None,
) -> Version:
    """Makes the edit of `base` the version that stands: merged, where someone else's stands by now and touches other places.

    `along` writes what belongs to the edit, in the same transaction, where the edit stands. Raises SaveConflict where it touches the same
    place as another; what was handed in is kept beside the line then, and what there is to decide as a proposal.
    """
    edit = _Edit(base, edited, origin, note)
    for _ in range(_TRIES):
        with workspace.reading() as connection:
            seen = _seen(connection, edit)
        with workspace.writing(who) as ledger:
            if history.head(ledger.connection, base.report_id).id == seen.head.id:
                found = _kept(ledger, edit, seen, along)
                break
    else:  # Others keep coming in between: merged while nobody else can write.
        with workspace.writing(who) as ledger:
            found = _kept(ledger, edit, _seen(ledger.connection, edit), along)
    if isinstance(found, SaveConflict):
        raise found
    return found


def propose(
    workspace: Workspace,
    base: Version,
    report: Report,
    who: str,
    origin: VersionOrigin = "edited",
    *,
    note: str = "",
    hands: Mapping[str, Hand] | None = None,
) -> Version:
    """Keeps a version beside the line, to be decided on change by change. `hands` says who made each change, by its id against `base`."""
    with workspace.writing(who) as ledger:
        proposal = add(ledger, base.report_id, report, origin, parent=base, note=note, stands=False)
        for change, hand in sorted((hands or {}).items()):
            at = stamp(hand.at) if hand.at else ""
            ledger.add(proposed, "propose", proposal_id=proposal.id, change=change, by=hand.name, at=at)
    return proposal


def add(
    ledger: Ledger,
    report_id: int,
    report: Report,
    origin: VersionOrigin,
    *,
    parent: Version | None = None,
    merged: Version | None = None,
    note: str = "",
    stands: bool = True,
) -> Version:
    """Puts a version in, at the end of the line or beside it."""
    hash = contents.put(ledger.connection, report)
    if stands and (brief := contents.brief_of(ledger.connection, hash)):
        _keep_brief(ledger, report_id, brief)
    number = _next_number(ledger.connection, report_id) if stands else None
    id = ledger.add(
        versions,
        origin if stands else f"propose-{origin}",
        report_id=report_id,
        number=number,
        hash=hash,
        parent_id=parent.id if parent else None,
        merged_id=merged.id if merged else None,
        origin=origin,
        author=ledger.who,
        at=ledger.at,
        note=note,
    )
    tell(Kept(origin))
    return history.version(ledger.connection, id)


def identity(report: Report) -> str:
    """What makes two drafts versions of one report: kind, organ, topic and period; the title where a document from outside tells none."""
    told = [report.kind, report.organ, report.topic, str(report.period or "")]
    return fingerprint(told if any(told[1:]) else ["", report.title])  # as Brief.identity has it


@dataclass(frozen=True, slots=True)
class _Edit:
    """What somebody hands in."""

    base: Version
    text: Report
    origin: VersionOrigin
    note: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands, and the edit merged with it; None where the edit is of what stands."""

    head: Version
    merged: Merged | None


def _seen(connection: Connection, edit: _Edit) -> _Seen:
    head = history.head(connection, edit.base.report_id)
    if head.hash == edit.base.hash:
        return _Seen(head, None)
    base, text = contents.get(connection, edit.base.hash), contents.get(connection, head.hash)
    return _Seen(head, merge(base, edit.text, text))


def _kept(ledger: Ledger, edit: _Edit, seen: _Seen, along: Callable[[Ledger], None] | None) -> Version | SaveConflict:
    """What stands then. A merged text's second parent is the very text that was handed in; where that holds nothing new, there is none."""
    report_id, head = edit.base.report_id, seen.head
    text = seen.merged.report if seen.merged else edit.text
    mine = None
    if seen.merged and text.version not in (head.hash, edit.text.version):
        mine = add(ledger, report_id, edit.text, edit.origin, parent=edit.base, note=edit.note, stands=False)
    if seen.merged and not seen.merged.clean:
        proposal = add(ledger, report_id, text, edit.origin, parent=head, merged=mine, note=edit.note, stands=False)
        return SaveConflict(head, proposal, seen.merged.conflicts)
    stands = head
    if text.version != head.hash:
        origin = "merged" if mine else edit.origin
        stands = add(ledger, report_id, text, origin, parent=head, merged=mine, note=edit.note)
    if along is not None:
        along(ledger)
    return stands


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before a regeneration: the last text a machine made, the head that people made of it, and both texts."""

    head: Version
    machine: Version
    texts: tuple[Report, Report]

    @property
    def edited(self) -> bool:
        return self.machine.hash != self.head.hash


def _before(connection: Connection, document: Document) -> Before:
    head = history.head(connection, document.id)
    made = select(versions.c.id).where(versions.c.report_id == document.id, versions.c.origin.in_(MACHINE_MADE))
    last = connection.execute(made.order_by(versions.c.id.desc()).limit(1)).scalar_one_or_none()
    machine = history.version(connection, last) if last is not None else head
    return Before(head, machine, (contents.get(connection, machine.hash), contents.get(connection, head.hash)))


def _take_up(
    ledger: Ledger,
    document: Document,
    before: Before,
    report: Report,
    merged: Merged | None,
    origin: VersionOrigin,
    note: str,
) -> Saved:
    if report.version in (before.head.hash, before.machine.hash):
        return Saved(document, before.head, made=False)
    if merged is None:
        return Saved(document, add(ledger, document.id, report, origin, parent=before.head, note=note), made=True)
    machine = add(ledger, document.id, report, origin, parent=before.machine, note=note, stands=False)
    if merged.report.version == before.head.hash and merged.clean:
        return Saved(document, before.head, made=False)
    version = add(ledger, document.id, merged.report, "merged", parent=before.head, merged=machine, note=note)
    for conflict in merged.conflicts:
        ledger.add(
            conflicts,
            "conflict",
            version_id=version.id,
            other_id=machine.id,
            heading=conflict.heading,
            base=conflict.base,
            mine=conflict.mine,
            theirs=conflict.theirs,
            at=ledger.at,
            settled_by="",
            settled_at="",
        )
    return Saved(document, version, True, True, merged.conflicts, machine)


def _document(ledger: Ledger, report: Report, source: str) -> Document:
    told = {"kind": report.kind, "organ": report.organ, "topic": report.topic, "period": str(report.period or "")}
    name = f"{report.organ}{report.period or ''}{report.topic}" if report.organ or report.topic else report.title
    id = ledger.add(
        reports,
        "report",
        name=name.replace("\n", "") or "未命名",
        identity=identity(report),
        source=source,
        created_by=ledger.who,
        created_at=ledger.at,
        **told,
    )
    return history.document(ledger.connection, id)


def _keep_brief(ledger: Ledger, report_id: int, hash: str) -> None:
    """A new version of the brief, where its facts are not those of the last."""
    of_report = select(briefs.c.number, briefs.c.hash).where(briefs.c.report_id == report_id)
    last = ledger.connection.execute(of_report.order_by(briefs.c.number.desc()).limit(1)).first()
    if last is None or last.hash != hash:
        number = last.number + 1 if last else 1
        ledger.add(briefs, "brief", report_id=report_id, number=number, hash=hash, author=ledger.who, at=ledger.at)


def _next_number(connection: Connection, report_id: int) -> int:
    wanted = select(versions.c.number).where(versions.c.report_id == report_id, versions.c.number.is_not(None))
    last = connection.execute(wanted.order_by(versions.c.number.desc()).limit(1)).scalar_one_or_none()
    return (last or 0) + 1


def _told(conflict: Conflict, other: str) -> str:
    where = conflict.heading or "（篇首）"
    return f"  {where}\n    {other}：{conflict.theirs or '（删去）'}\n    你：{conflict.mine or '（删去）'}"
