"""The shelf of reports: a new one from a form, and who writes together."""

from __future__ import annotations

from drafting import profiles
from drafting.errors import InputError
from drafting.workspace import access, users
from drafting.workspace.rows import Document
from ui.web.calls import Answer, Call
from ui.web.handlers import asking, beginning
from ui.web.handlers.recognising import HEAD
from ui.web.services import Asked


def rights(asked: Asked) -> Answer:
    """What the page offers: to begin reports, to bring in versions."""
    asked.sent.settle()
    return {"drafts": asked.user.may("drafter"), "imports": asked.user.may("drafter", *users.REVIEWERS)}


def kinds(asked: Asked) -> Answer:
    """The kinds that a new report can have: those that are shipped."""
    asked.sent.settle()
    return {
        "kinds": [{"kind": kind, "name": profiles.load(kind).name} for kind in profiles.known()],
        "today": beginning.today(asked.workspace).isoformat(),
    }


def new(asked: Asked) -> Answer:
    """A report with an empty outline. Where there is one about the same thing, that one is named and nothing made."""
    told = [asked.sent.text(name) for name in HEAD]
    asked.sent.settle()
    report = beginning.from_form(beginning.head(*told))
    return beginning.put(asked.workspace, asked.user, report, "edited", "新建").told()


def drafters(asked: Asked) -> Answer:
    """Who writes the report together, and which other drafters could be asked to."""
    wanted = asked.sent.whole("report")
    asked.sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, wanted, write=True)
        sharing = access.sharers(connection, document)
        able = [one.name for one in users.all_users(connection) if one.may("drafter")]
    taken = {*sharing, document.created_by}
    return {
        "report": document.id,
        "name": document.name,
        "began": document.created_by,
        "sharing": sharing,
        "others": [name for name in able if name not in taken],
    }


def share(asked: Asked) -> Answer:
    """Asks a drafter to write the report together."""
    document, name = _sharing(asked)
    with asked.workspace.writing(asked.user.name) as ledger:
        access.share(ledger, document, name)
        return {"sharing": access.sharers(ledger.connection, document)}


def unshare(asked: Asked) -> Answer:
    """Ends it."""
    document, name = _sharing(asked)
    with asked.workspace.writing(asked.user.name) as ledger:
        access.end_share(ledger, document, name)
        return {"sharing": access.sharers(ledger.connection, document)}


def _sharing(asked: Asked) -> tuple[Document, str]:
    wanted, name = asked.sent.whole("report"), asked.sent.text("name").strip()
    asked.sent.settle()
    if not name:
        raise InputError("请选一位拟稿人")
    with asked.workspace.reading() as connection:
        return asking.asked_report(connection, asked.user, wanted, write=True), name


CALLS: dict[str, Call] = {
    "reports/rights": Call(rights),
    "reports/kinds": Call(kinds, ("drafter",)),
    "reports/new": Call(new, ("drafter",)),
    "reports/drafters": Call(drafters, ("drafter",)),
    "reports/share": Call(share, ("drafter",)),
    "reports/unshare": Call(unshare, ("drafter",)),
}
