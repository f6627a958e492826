"""A desk as its page is told of it (docs/design/desk.md, “state”)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from drafting.desk.copy import Copy, DeskSection, PlacedBlock, PlacedPoint
from drafting.desk.desks import Desk
from drafting.desk.kinds import profile_of
from drafting.errors import ReviewRefused
from drafting.facts import Fact
from drafting.workspace import access, reviewing
from drafting.workspace.rows import Document, Version
from drafting.workspace.users import REVIEWERS
from ui.web.handlers.beginning import recipient
from ui.web.html import reports as html
from ui.web.services import Asked


def state(asked: Asked, connection: Connection, desk: Desk) -> dict[str, Any]:
    """Everything that the page shows but the findings."""
    document, copy = desk.document, desk.copy
    profile = profile_of(document)
    standing = reviewing.standing(connection, desk.base, profile.review_levels)
    return {
        "report": document.id,
        "name": document.name,
        "kind": document.kind,
        "kind_name": profile.name,
        "can_write": writes(asked, connection, document),
        "has_model": asked.services.jobs.has_model,
        "can_waive": asked.user.may(*REVIEWERS, "administrator"),
        "base": version(desk.base),
        "standing": html.state(asked.language, standing),
        "revision": desk.revision,
        "changed": desk.changed,
        "saved_at": desk.saved_at.isoformat() if desk.saved_at else "",
        "can_undo": bool(desk.undo),
        "head": _head(copy),
        "begins_with": _begins_with(copy) if copy.head is None else None,
        "sections": [_section(one) for one in copy.sections],
        "outlook": _facts(copy.outlook),
        "blocks": [_block(one) for one in copy.blocks],
        "clashes": [{"id": one.id, "mine": one.mine, "theirs": one.theirs, "by": one.by} for one in copy.clashes],
        "job": asked.services.jobs.of(document.id, asked.user.name),
    }


def version(one: Version) -> dict[str, Any]:
    return {"id": one.id, "number": one.number, "short": one.short, "author": one.author, "at": one.at.isoformat()}


def writes(asked: Asked, connection: Connection, document: Document) -> bool:
    try:
        access.require_writer(connection, asked.user, document)
    except ReviewRefused:
        return False
    return True


def _head(copy: Copy) -> dict[str, Any] | None:
    head = copy.head
    if head is None:
        return None
    return {
        "organ": head.organ,
        "recipient": head.recipient,
        "topic": head.topic,
        "period": str(head.period),
        "issued": head.issued.isoformat(),
        "title": head.title,
        "terms": list(head.terms),
        "attachments": list(head.attachments),
    }


def _begins_with(copy: Copy) -> dict[str, str]:
    """What the document says of itself, to begin its brief with."""
    told = copy.report()
    return {
        "organ": told.organ,
        "recipient": recipient(told),
        "topic": told.topic,
        "period": str(told.period or ""),
        "issued": told.issued.isoformat() if told.issued else "",
        "title": told.title,
    }


def _section(one: DeskSection) -> dict[str, Any]:
    return {
        "id": one.id,
        "heading": one.heading,
        "facts": _facts(one.facts),
        "groups": [list(members) for members in one.groups],
    }


def _facts(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "text": one.text, "source": one.source, "date": one.date.isoformat() if one.date else ""}
        for one in facts
    ]


def _block(one: PlacedBlock) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": one.id,
        "type": one.frame.type,
        "number": one.frame.number,
        "level": one.frame.level,
        "section": one.section,
    }
    return {**told, "points": [_point(point) for point in one.points]} if one.points else {**told, "text": one.text}


def _point(placed: PlacedPoint) -> dict[str, Any]:
    point, offered = placed.point, placed.proposal
    return {
        "id": placed.id,
        "enumerator": point.enumerator,
        "text": placed.text,
        "facts": list(point.facts),
        "locked": point.locked,
        "origin": point.provenance.origin,
        "attempts": point.provenance.attempts,
        "proposal": None
        if offered is None
        else {
            "text": offered.point.text[len(offered.point.enumerator) :],
            "instruction": offered.instruction,
            "origin": offered.point.provenance.origin,
        },
    }
