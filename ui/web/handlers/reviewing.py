"""Reviewing: two versions laid out with every change, changes judged, comments, and the steps to the sign-off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from drafting.changes.comparison import Change, Comparison
from drafting.changes.summary import is_renumbering, summarise
from drafting.comments import Comment, Hand
from drafting.desk.kinds import profile_of
from drafting.errors import ReviewRefused
from drafting.profile import Profile
from drafting.workspace import contents, deciding, history, redlining, remarks, reviewing
from drafting.workspace.reviewing import Standing
from drafting.workspace.rows import Document, OpenConflict, Remark, Step, Version
from drafting.workspace.users import REVIEWERS, User
from ui.web.calls import Answer, Call
from ui.web.ground import ground_of_version
from ui.web.handlers import asking
from ui.web.html import reports as html
from ui.web.html import review as rendered
from ui.web.services import Asked


def open_review(asked: Asked) -> Answer:
    """Two versions of a report, as asked or the last two, with everything that was said and done about them."""
    sent = asked.sent
    report, old, new = sent.whole("report"), sent.whole("old", 0), sent.whole("new", 0)
    sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, report)
        return _told(asked, connection, document, *_pair(connection, document, old, new))


def judge(asked: Asked) -> Answer:
    """Accepts changes and takes others back; of a proposal, takes changes in and turns others down."""
    sent = asked.sent
    report, old, new = sent.whole("report"), sent.whole("old"), sent.whole("new")
    accept, reject = sent.texts("accept"), sent.texts("reject")
    sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, report)
        before, after = (asking.asked_version(connection, document, one) for one in (old, new))
    if after.number is None:
        deciding.decide(asked.workspace, after, asked.user.name, accept=accept, reject=reject)
        stands = after
    else:
        stands = deciding.judge(asked.workspace, before, after, asked.user.name, accept=accept, reject=reject)
    with asked.workspace.reading() as connection:
        return _told(asked, connection, document, before, stands)


def comment(asked: Asked) -> Answer:
    """Says something of a version's block, or of some characters of it; or answers what was said. Block −1 is the whole."""
    sent = asked.sent
    report, old, new = sent.whole("report"), sent.whole("old"), sent.whole("new")
    text, place, reply = sent.text("text"), sent.text("change", ""), sent.whole("reply_to", 0)
    sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, report)
        before, after = (asking.asked_version(connection, document, one) for one in (old, new))
        if reply:
            target = _remark(connection, document, reply)
            spot = Comment(text, Hand(asked.user.name), target.comment.block, target.comment.start, target.comment.end)
        else:
            spot = _at(connection, before, after, place, Comment(text, Hand(asked.user.name)))
    with asked.workspace.writing(asked.user.name) as ledger:
        remarks.add(ledger, after, spot, reply_to=reply or None)
    with asked.workspace.reading() as connection:
        return _told(asked, connection, document, before, after)


def settle(asked: Asked) -> Answer:
    """Closes a comment of this report."""
    sent = asked.sent
    report, old, new, id = sent.whole("report"), sent.whole("old"), sent.whole("new"), sent.whole("comment")
    sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, report)
        before, after = (asking.asked_version(connection, document, one) for one in (old, new))
        _remark(connection, document, id)
    with asked.workspace.writing(asked.user.name) as ledger:
        remarks.settle(ledger, id)
    with asked.workspace.reading() as connection:
        return _told(asked, connection, document, before, after)


def conflict(asked: Asked) -> Answer:
    """Settles a clash of a person's words with a regeneration's: theirs are taken, or what stands is kept."""
    sent = asked.sent
    report, old, new, id = sent.whole("report"), sent.whole("old"), sent.whole("new"), sent.whole("conflict")
    take = sent.flag("take")
    sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, report, write=asked.user.may("drafter"))
        before, after = (asking.asked_version(connection, document, one) for one in (old, new))
        if id not in {one.id for one in deciding.open_conflicts(connection, document.id)}:
            raise ReviewRefused(f"这份报告没有编号为 {id} 的冲突")
    if take:
        head = deciding.take_theirs(asked.workspace, id, asked.user.name)
        asked.services.jobs.notices.tell(document.id)
        before, after = (after, head) if after.number is not None else (before, after)
    else:
        deciding.settle_conflict(asked.workspace, id, asked.user.name)
    with asked.workspace.reading() as connection:
        return _told(asked, connection, document, before, after)


def submit(asked: Asked) -> Answer:
    """Hands the version to review."""
    return _step(asked, lambda version, profile, _: _submit(asked, version, profile))


def approve(asked: Asked) -> Answer:
    """Passes the version at the level whose turn it is; at the last level, signs it off."""

    def passed(version: Version, profile: Profile, reason: str) -> None:
        with asked.workspace.reading() as connection:
            now = reviewing.standing(connection, version, profile.review_levels)
        with asked.workspace.reading() as connection:
            document = history.document(connection, version.report_id)
        gate, final = ground_of_version(asked.workspace, document, version).gate, now.next_level == 3
        reviewing.approve(asked.workspace, version, asked.user.name, profile, gate, final=final, reason=reason)

    return _step(asked, passed)


def send_back(asked: Asked) -> Answer:
    """Returns the version to its drafter, with the reason."""
    return _step(
        asked,
        lambda version, profile, reason: reviewing.send_back(
            asked.workspace, version, asked.user.name, profile, reason
        ),
    )


def _submit(asked: Asked, version: Version, profile: Profile) -> None:
    with asked.workspace.reading() as connection:
        document = history.document(connection, version.report_id)
    gate = ground_of_version(asked.workspace, document, version).gate
    reviewing.submit(asked.workspace, version, asked.user.name, profile, gate)


def _step(asked: Asked, take: Callable[[Version, Profile, str], object]) -> Answer:
    sent = asked.sent
    report, old, new, reason = sent.whole("report"), sent.whole("old"), sent.whole("new"), sent.text("reason", "")
    sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, report)
        before, after = (asking.asked_version(connection, document, one) for one in (old, new))
    take(after, profile_of(document), reason[:500])
    asked.services.jobs.notices.tell(document.id)
    with asked.workspace.reading() as connection:
        return _told(asked, connection, document, before, after)


# --- what the page is told


def _pair(connection: Connection, document: Document, old: int, new: int) -> tuple[Version, Version]:
    """The versions that were asked for; the head otherwise, and the last one before it that was signed, else its parent."""
    head = asking.asked_version(connection, document, new) if new else history.head(connection, document.id)
    if old:
        return asking.asked_version(connection, document, old), head
    if head.number is None and head.parent_id is not None:
        return history.version(connection, head.parent_id), head
    line = [one for one in history.line(connection, document.id) if one.id < head.id]
    return (line[-1] if line else head), head


def _told(asked: Asked, connection: Connection, document: Document, old: Version, new: Version) -> dict[str, Any]:
    profile = profile_of(document)
    marked = redlining.redline(connection, old, new)
    found, hand = marked.comparison, marked.by
    summary = summarise(found)
    proposal = new.number is None
    words = deciding.decided(connection, new) if proposal else deciding.judged(connection, old)
    standing = reviewing.standing(connection, new, profile.review_levels)
    head = history.head(connection, document.id)
    return {
        "report": document.id,
        "name": document.name,
        "kind_name": profile.name,
        "standing": html.state(asked.language, standing),
        "versions": _versions(asked, connection, document, profile),
        "old": old.id,
        "new": new.id,
        "proposal": proposal,
        "inline": rendered.inline(asked.language, found),
        "sides": rendered.sides(asked.language, found, summary),
        "summary": rendered.summary(asked.language, found, summary),
        "changes": [
            {**_change(found, change), "by": hand(change).name, "decision": _word(words, change)}
            for change in found.changes
        ],
        "comments": [_comment(connection, one) for one in remarks.of_report(connection, document.id)],
        "conflicts": [_clash(one) for one in deciding.open_conflicts(connection, document.id)],
        "may": _may(asked.user, standing, head.id == new.id, proposal),
        "level": standing.next_level,
    }


def _versions(asked: Asked, connection: Connection, document: Document, profile: Profile) -> list[dict[str, Any]]:
    proposals = {one.id for one in history.proposals(connection, document.id)}
    told = []
    for one in (*history.line(connection, document.id), *history.beside(connection, document.id)):
        if one.number is None and one.id not in proposals:
            continue
        standing = reviewing.standing(connection, one, profile.review_levels)
        told.append(
            {
                "id": one.id,
                "number": one.number,
                "short": one.short,
                "author": one.author,
                "origin": one.origin,
                "at": one.at.isoformat(),
                "note": one.note,
                "state": html.state(asked.language, standing),
                "steps": [_step_told(step) for step in standing.steps],
                "pending": len(deciding.pending(connection, one)) if one.number is None else 0,
            }
        )
    return told


def _step_told(step: Step) -> dict[str, Any]:
    at = step.by.at.isoformat() if step.by.at else ""
    return {"action": step.action, "level": step.level, "by": step.by.name, "at": at, "reason": step.reason}


def _change(found: Comparison, change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "old": change.old,
        "new": change.new,
        "heading": change.heading,
        "facts": _facts(found, change),
        "renumbering": is_renumbering(found, change),
    }


def _facts(found: Comparison, change: Change) -> list[dict[str, str]]:
    """The facts behind the new words: those of the points that they stand in."""
    if change.row < 0 or not found.rows[change.row].new or found.new.brief is None:
        return []
    ids: list[str] = []
    at = 0
    for index in found.rows[change.row].new:
        block = found.new.blocks[index]
        for start, end, point in block.spans():
            if at + start <= change.new_start < at + end or change.kind == "block":
                ids += point.facts
        at += len(block.text) + 1
    texts = {fact.id: fact.text for fact in found.new.brief.facts()}
    return [{"id": id, "text": texts[id]} for id in dict.fromkeys(ids) if id in texts]


def _word(words: dict[str, deciding.Decision], change: Change) -> dict[str, str] | None:
    said = words.get(change.id)
    return None if said is None else {"word": "accepted" if said.accepted else "rejected", "by": said.by.name}


def _comment(connection: Connection, one: Remark) -> dict[str, Any]:
    said = one.comment
    text = contents.get(connection, history.version(connection, one.version_id).hash)
    quote = text.blocks[said.block].text[said.start : said.end] if 0 <= said.block < len(text.blocks) else ""
    return {
        "id": one.id,
        "version": one.version_id,
        "by": said.by.name,
        "at": said.by.at.isoformat() if said.by.at else "",
        "text": said.text,
        "quote": quote,
        "block": said.block,
        "reply_to": one.reply_to,
        "settled": one.settled.name if one.settled else "",
    }


def _may(user: User, standing: Standing, at_head: bool, proposal: bool) -> dict[str, bool]:
    """Which buttons are worth showing; each step is decided on again when it is taken."""
    level = standing.next_level
    turn = at_head and bool(level) and user.may(f"reviewer:{level}")
    returns = at_head and standing.state not in ("draft", "returned") and (turn or user.may("reviewer:3"))
    return {
        "submit": at_head and standing.state in ("draft", "returned") and user.may("drafter"),
        "approve": turn,
        "return": returns,
        "judge": user.may(*REVIEWERS, "drafter") if proposal else at_head and user.may(*REVIEWERS),
        "settle": user.may(*REVIEWERS, "drafter"),
    }


def _clash(one: OpenConflict) -> dict[str, Any]:
    said = one.conflict
    return {"id": one.id, "heading": said.heading, "mine": said.mine, "theirs": said.theirs}


def _at(connection: Connection, old: Version, new: Version, change: str, said: Comment) -> Comment:
    """The comment at a change's place in the new version; on the whole where no change is named."""
    if not change:
        return said
    found = redlining.compared(connection, old, new)
    named = next((one for one in found.changes if one.id == change), None)
    if named is None:
        raise ReviewRefused("这一处修改已经不在了，请刷新页面")
    if named.row < 0 or not found.rows[named.row].new:
        return said
    start = named.new_start
    for index in found.rows[named.row].new:
        length = len(found.new.blocks[index].text)
        if start <= length:
            end = min(start + max(len(named.new), 1), length)
            return Comment(said.text, said.by, index, min(start, max(end - 1, 0)), end)
        start -= length + 1
    return said


def _remark(connection: Connection, document: Document, id: int) -> Remark:
    found = next((one for one in remarks.of_report(connection, document.id) if one.id == id), None)
    if found is None:
        raise ReviewRefused(f"这份报告没有编号为 {id} 的批注")
    return found


CALLS: dict[str, Call] = {
    "review/open": Call(open_review),
    "review/judge": Call(judge, (*REVIEWERS, "drafter")),
    "review/comment": Call(comment),
    "review/settle": Call(settle),
    "review/conflict": Call(conflict, (*REVIEWERS, "drafter")),
    "review/submit": Call(submit, ("drafter",)),
    "review/approve": Call(approve, REVIEWERS),
    "review/return": Call(send_back, REVIEWERS),
}
