"""The desk: a working copy opened, edited, followed, made a version of or thrown away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anyio import to_thread

from drafting.desk import desks
from drafting.desk.copy import Clash
from drafting.desk.desks import Desk, Refused, Result
from drafting.desk.kinds import profile_of
from drafting.desk.operations import operation
from drafting.errors import InputError
from drafting.workspace import history, reviewing
from drafting.workspace.rows import Document
from ui.web.calls import Answer, Call
from ui.web.ground import ground_of_version, keep_check
from ui.web.handlers import asking
from ui.web.handlers.state import state, version, writes
from ui.web.services import Asked

_MOST_OPERATIONS = 500
_PATIENCE = 20.0
"""Seconds that a page waits for something to change."""
_BREATH = 0.25
"""Seconds before a page that was just told is told again: a draft that streams in changes many times a second."""
_BETWEEN = 2.0
"""Seconds after which the database is looked at again: another server may have written there."""


def open_desk(asked: Asked) -> Answer:
    """The state of one's copy; for who may only read, of what stands."""
    document = _document(asked, write=False)
    asked.sent.settle()
    return _told(asked, _opened(asked, document))


def edit(asked: Asked) -> Answer:
    """Does operations on one's copy: what became of each, and the state where anything else changed."""
    document, seen = _document(asked), asked.sent.whole("revision")
    told = asked.sent.records("operations")
    asked.sent.settle()
    if len(told) > _MOST_OPERATIONS:
        raise InputError(f"一次最多 {_MOST_OPERATIONS} 步，这里有 {len(told)} 步")
    operations = [operation(one) for one in told]
    edited = desks.edit(asked.workspace, document.id, asked.user.name, operations, profile_of(document), seen or None)
    asked.services.jobs.notices.tell(document.id)
    answer: dict[str, Any] = {
        "revision": edited.desk.revision,
        "saved_at": edited.desk.saved_at.isoformat() if edited.desk.saved_at else "",
        "results": [_result(one) for one in edited.results],
    }
    return {**answer, "state": _told(asked, edited.desk)} if edited.foreign else answer


async def follow(asked: Asked) -> Answer:
    """Waits until the copy, what stands or the job is not what the page has, at most 20 s; then the state. At most four times a second."""
    document = await to_thread.run_sync(lambda: _document(asked, write=False))
    seen = _Seen(asked.sent.whole("revision"), asked.sent.whole("base", 0), asked.sent.text("job", ""))
    asked.sent.settle()
    with asked.services.jobs.notices.awaited(document.id) as changed:
        await asyncio.sleep(_BREATH)
        until = asyncio.get_running_loop().time() + _PATIENCE
        while True:
            told = await to_thread.run_sync(lambda: _news(asked, document, seen))
            left = until - asyncio.get_running_loop().time()
            if told is not None:
                return told
            if left <= 0:
                return await to_thread.run_sync(lambda: _told(asked, _opened(asked, document)))
            try:
                await asyncio.wait_for(changed.wait(), min(_BETWEEN, left))
            except TimeoutError:
                continue
            changed.clear()


def save(asked: Asked) -> Answer:
    """Makes a version of one's copy."""
    document, note = _document(asked), asked.sent.text("note", "")
    asked.sent.settle()
    try:
        made = desks.save(asked.workspace, document.id, asked.user.name, profile_of(document), note[:500])
        keep_check(asked.workspace, document, made, asked.user.name)
    finally:
        asked.services.jobs.notices.tell(document.id)  # where it clashes, the copy holds both texts
    return {"version": version(made), "state": _told(asked, _opened(asked, document))}


def discard(asked: Asked) -> Answer:
    """Throws away what is no version yet."""
    document = _document(asked)
    asked.sent.settle()
    desk = desks.discard(asked.workspace, document.id, asked.user.name, profile_of(document))
    asked.services.jobs.notices.tell(document.id)
    return _told(asked, desk)


def submit(asked: Asked) -> Answer:
    """Makes a version of one's copy and hands it to review; what the gate says of it is kept with it."""
    document, reason = _document(asked), asked.sent.text("reason", "")
    asked.sent.settle()
    profile = profile_of(document)
    made = desks.save(asked.workspace, document.id, asked.user.name, profile, reason[:500])
    gate = ground_of_version(asked.workspace, document, made).gate
    outcome = reviewing.submit(asked.workspace, made, asked.user.name, profile, gate)
    asked.services.jobs.notices.tell(document.id)
    desk = _opened(asked, document)
    return {"version": version(made), "allowed": outcome.allowed, "state": _told(asked, desk)}


def _document(asked: Asked, *, write: bool = True) -> Document:
    with asked.workspace.reading() as connection:
        return asking.asked_report(connection, asked.user, asked.sent.whole("report"), write=write)


def _opened(asked: Asked, document: Document) -> Desk:
    with asked.workspace.reading() as connection:
        if not writes(asked, connection, document):
            return desks.standing(connection, document.id)
    return desks.open(asked.workspace, document.id, asked.user.name, profile_of(document))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a page shows: the copy's revision, the version that it is of (0 where it does not say), and the state of the job."""

    revision: int
    base: int
    job: str


def _news(asked: Asked, document: Document, seen: _Seen) -> Answer | None:
    """The state, where it is not what the page has seen. Who has no copy has revision 0, and hears of versions alone."""
    with asked.workspace.reading() as connection:
        head = history.head(connection, document.id).id
        stale = head != (seen.base or head)
        if writes(asked, connection, document):
            desk = desks.look(connection, document.id, asked.user.name)
            stale = stale or desk.revision not in (seen.revision, 0) or head != desk.base.id
    if not stale and seen.job == mark(asked.services.jobs.of(document.id, asked.user.name)):
        return None
    return _told(asked, _opened(asked, document))


def mark(job: Mapping[str, Any] | None) -> str:
    """What sets one state of a job apart from the next; the page sends back the one that it has."""
    if job is None:
        return ""
    steps = ",".join(f"{one['step']}{one['attempt']}" for one in job["points"])
    return f"{job['id']}/{job['state']}/{steps}"


def _told(asked: Asked, desk: Desk) -> dict[str, Any]:
    with asked.workspace.reading() as connection:
        told = state(asked, connection, desk)
    return {**told, "job_mark": mark(told["job"])}


def _result(result: Result) -> dict[str, Any]:
    if isinstance(result, Clash):
        return {"clash": {"id": result.id, "mine": result.mine, "theirs": result.theirs}}
    return {"refused": result.why} if isinstance(result, Refused) else {"ok": True}


_WRITERS = ("drafter", "administrator")

CALLS: dict[str, Call] = {
    "desk/open": Call(open_desk),
    "desk/edit": Call(edit, _WRITERS),
    "desk/follow": Call(follow),
    "desk/save": Call(save, _WRITERS),
    "desk/discard": Call(discard, _WRITERS),
    "desk/submit": Call(submit, ("drafter",)),
}
