"""Drafting from the desk: a section, a point or the whole, as a job that goes on without the page."""

from __future__ import annotations

from drafting.desk import desks
from ui.web.calls import Answer, Call
from ui.web.handlers import asking
from ui.web.handlers.desk import mark
from ui.web.handlers.state import state
from ui.web.services import Asked


def draft(asked: Asked) -> Answer:
    """Begins a job on one's own copy. Raises EditConflict while one's last job runs, InputError where there is nothing to word."""
    report, scope = _report(asked), asked.sent.text("scope")
    instruction = asked.sent.text("instruction", "")
    asked.sent.settle()
    asked.services.jobs.start(report, asked.user.name, scope, instruction)
    return _told(asked, report)


def cancel(asked: Asked) -> Answer:
    """Stops one's own job; what was worded stays."""
    report = _report(asked)
    asked.sent.settle()
    asked.services.jobs.cancel(report, asked.user.name)
    return _told(asked, report)


def _report(asked: Asked) -> int:
    with asked.workspace.reading() as connection:
        return asking.asked_report(connection, asked.user, asked.sent.whole("report"), write=True).id


def _told(asked: Asked, report: int) -> Answer:
    with asked.workspace.reading() as connection:
        told = state(asked, connection, desks.look(connection, report, asked.user.name))
    return {**told, "job_mark": mark(told["job"])}


_WRITERS = ("drafter", "administrator")

CALLS: dict[str, Call] = {"desk/draft": Call(draft, _WRITERS), "desk/cancel": Call(cancel, _WRITERS)}
