"""The page of export: what stands in the way of a version, what was let stand, and what there is to take along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from drafting.workspace import access, history, reviewing, verdicts
from drafting.workspace.reviewing import Standing
from drafting.workspace.rows import Version
from drafting.workspace.tables import desks
from evals import gate
from evals.checking import NotRun
from evals.finding import Finding
from evals.gate import Verdict
from evals.outcome import open_errors
from evals.rule import REGISTRY
from ui.web import pictures, words
from ui.web.calls import Answer, Call
from ui.web.ground import keep_verdict
from ui.web.handlers import asking, leaving
from ui.web.handlers.leaving import BEARING, Leaving
from ui.web.languages import Language
from ui.web.services import Asked

_AROUND = 12
"""Characters before and behind the words that a finding is about."""


def reports(asked: Asked) -> Answer:
    """The reports that the user may read, the last changed first: for the page without one."""
    asked.sent.settle()
    with asked.workspace.reading() as connection:
        own = access.own(connection, asked.user)
        heads = history.heads(connection)
        found = [one for one in history.documents(connection) if one.id in heads and (own is None or one.id in own)]
    found.sort(key=lambda one: heads[one.id].id, reverse=True)
    return {"reports": [{"report": one.id, "name": one.name} for one in found]}


def look(asked: Asked) -> Answer:
    """What the gate says of a version, the one that stands unless another is named by its id."""
    report, wanted = asked.sent.whole("report"), asked.sent.whole("version", 0)
    asked.sent.settle()
    with asked.workspace.reading() as connection:
        document = asking.asked_report(connection, asked.user, report)
        head = history.head(connection, document.id)
        found = leaving.leaving(connection, asked.user, report, wanted or head.id)
        told = _told(connection, found, head, asked.language)
        told |= _of_user(connection, asked, found)
    verdict = found.ground.verdict(found.report)
    keep_verdict(asked.workspace, found.version, verdict, asked.user.name)
    return told | _gate(found, verdict, asked.language)


def _told(connection: Connection, found: Leaving, head: Version, language: Language) -> dict[str, Any]:
    document, version = found.document, found.version
    standing = reviewing.standing(connection, version, found.ground.profile.review_levels)
    line = history.line(connection, document.id)
    listed = line if version in line else [*line, version]
    return {
        "report": document.id,
        "name": document.name,
        "title": found.report.title,
        "kind_name": found.ground.profile.name,
        "standing": _standing(standing, language),
        "state": standing.state,
        "signed": found.signed,
        "head": head.id,
        "version": version.id,
        "versions": [_version(one) for one in reversed(listed)],
        "has_brief": found.report.brief is not None,
        "waivers": [
            {"code": one.code, "reason": one.reason, "by": one.by.name, "name": _name(one.code)}
            for one in verdicts.standing_waivers(connection, version)
        ],
    }


def _standing(standing: Standing, language: Language) -> str:
    if standing.next_level:
        return words.WAITING[standing.next_level](language)
    return standing.told if language == "zh" else words.STATES[standing.state](language)


def _of_user(connection: Connection, asked: Asked, found: Leaving) -> dict[str, Any]:
    """What this user could do besides: take a copy along with its errors; keep what they wrote and did not keep yet."""
    row = connection.execute(
        select(desks.c.base_id, desks.c.at, desks.c.revision).where(
            desks.c.report_id == found.document.id, desks.c.who == asked.user.name
        )
    ).first()
    return {
        "may_bear": asked.user.may(*BEARING),
        "pages": pictures.available(),
        "copy": {"at": row.at, "revision": row.revision} if row else None,
    }


def _gate(found: Leaving, verdict: Verdict, language: Language) -> dict[str, Any]:
    return {
        "allowed": verdict.allowed,
        "errors": open_errors(verdict),
        "findings": [_finding(found, one, language) for one in verdict.open],
        "waived": [{"code": one.code, "message": one.message} for one, _ in verdict.waived],
        "unchecked": [_unchecked(one) for one in verdict.unchecked],
        "off": [gate.told_off(one) for one in verdict.off],
        "warnings": sum(one.severity == "warning" for one in verdict.findings),
    }


def _finding(found: Leaving, one: Finding, language: Language) -> dict[str, Any]:
    """A finding with the words around it, so that it can be understood without the text beside."""
    of_brief = REGISTRY[one.code].subject == "brief"
    blocks = found.report.blocks
    text = blocks[one.block].text if not of_brief and 0 <= one.block < len(blocks) else ""
    return {
        "code": one.code,
        "name": _name(one.code),
        "message": one.message if language == "zh" else one.message_en,
        "expected": one.expected or "",
        "evidence": one.evidence or "",
        "block": one.block if text else -1,
        "start": one.start,
        "of_brief": of_brief,
        "before": text[max(0, one.start - _AROUND) : one.start],
        "quote": text[one.start : one.end],
        "after": text[one.end : one.end + _AROUND],
    }


def _unchecked(missed: NotRun) -> dict[str, str]:
    return {"code": missed.rule.code, "name": missed.rule.name, "lacking": missed.lack}


def _version(version: Version) -> Mapping[str, Any]:
    return {
        "id": version.id,
        "number": version.number or 0,
        "short": version.short,
        "author": version.author,
        "at": version.at.isoformat(),
        "note": version.note,
    }


def _name(code: str) -> str:
    """A waiver may name a code that no rule bears any more."""
    return REGISTRY[code].name if code in REGISTRY else code


CALLS: dict[str, Call] = {
    "export/reports": Call(reports),
    "export/look": Call(look),
}
