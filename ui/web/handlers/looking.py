"""What a working copy looks like to the rules: findings, what stands on which fact, the timeline. A look writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from drafting import profiles
from drafting.desk import desks, offers
from drafting.desk.desks import Desk
from drafting.desk.kinds import profile_of
from drafting.errors import InputError
from drafting.workspace import users, verdicts
from evals import local_timeline, pages
from evals import settings as check_settings
from evals.looking import Look, look
from evals.rule import REGISTRY
from ui.web import words
from ui.web.calls import Answer, Call
from ui.web.handlers import asking
from ui.web.handlers.looked import looked
from ui.web.html import explanation
from ui.web.services import Asked

WAIVING = (*users.REVIEWERS, "administrator")
"""Who may let an error stand, as on the command line."""

_LONGEST_REASON = 500
_LONGEST_CODE = 12


def look_at(asked: Asked) -> Answer:
    """What the rules say of one's copy, of what stands for who has none."""
    report = asked.sent.whole("report")
    asked.sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, report)
        desk = desks.look(connection, document.id, asked.user.name)
    return _looked(asked, desk)


def waive(asked: Asked) -> Answer:
    """Lets the errors of one code stand in this very text, which becomes a version for it; then the look. Raises ReviewRefused, InputError."""
    report, code = asked.sent.whole("report"), asked.sent.text("code")[:_LONGEST_CODE]
    reason = asked.sent.text("reason").strip()[:_LONGEST_REASON]
    asked.sent.settle()
    if not reason:
        raise InputError(words.WAIVER_NEEDS_REASON(asked.language))
    with asked.workspace.reading() as connection:
        users.require(connection, asked.user.name, *WAIVING)
        document = asking.asked_report(connection, asked.user, report)
        desk = desks.look(connection, document.id, asked.user.name)
    if not any(one.waivable and one.finding.code == code for one in _look(asked, desk).seen):
        raise InputError(words.NOTHING_TO_WAIVE(asked.language, code=code))
    version = desk.base
    if desk.changed:
        with asked.workspace.reading() as connection:
            asking.asked_report(connection, asked.user, report, write=True)
        version = desks.save(asked.workspace, document.id, asked.user.name, profile_of(document))
    with asked.workspace.writing(asked.user.name) as ledger:
        users.require(ledger.connection, asked.user.name, *WAIVING)
        verdicts.waive(ledger, version, code, reason)
    with asked.workspace.reading() as connection:
        desk = desks.look(connection, document.id, asked.user.name)
    return _looked(asked, desk)


def explain(asked: Asked) -> Answer:
    """The page of one rule."""
    code = asked.sent.text("code")[:_LONGEST_CODE]
    asked.sent.settle()
    if code not in REGISTRY:
        raise InputError(words.NO_RULE(asked.language, code=code))
    rule = REGISTRY[code]
    name = rule.name if asked.language == "zh" else rule.name_en
    return {"code": code, "name": name, "html": explanation.explanation(pages.page_of(code).text)}


def _looked(asked: Asked, desk: Desk) -> dict[str, Any]:
    told = looked(asked.language, desk.copy, desk.revision, _look(asked, desk))
    return {**told, "offers": _offers(asked, desk)}


def _offers(asked: Asked, desk: Desk) -> dict[str, list[dict[str, str]]]:
    """What last period's facts and these say together, by the facts' ids."""
    brief = desk.copy.brief()
    if brief is None:
        return {}
    with asked.workspace.reading() as connection:
        last = offers.last_brief(connection, asked.user, brief)
    found = offers.offers(desk.copy, last)
    return {id: [{"text": one.text, "source": one.source} for one in each] for id, each in found.items()}


def _look(asked: Asked, desk: Desk) -> Look:
    """The copy as the gate would see it here: its kind, the timeline and settings of its folder, the waivers of its very text."""
    document, report = desk.document, desk.copy.report()
    folder = Path(document.source).parent if document.source and Path(document.source).exists() else Path()
    if report.version == desk.base.hash:
        with asked.workspace.reading() as connection:
            report = verdicts.waived(report, verdicts.standing_waivers(connection, desk.base))
    return look(
        report,
        profiles.load_if_any(report.kind or document.kind, folder),
        timeline=local_timeline.with_local(local_timeline.beside(folder, Path())),
        settings=check_settings.nearest(folder),
    )


CALLS: dict[str, Call] = {
    "desk/look": Call(look_at),
    "desk/waive": Call(waive, WAIVING),
    "desk/explain": Call(explain),
}
