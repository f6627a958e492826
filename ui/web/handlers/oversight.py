"""What an administrator watches over: the model and its health, what was asked of it, the audit, backups."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from anyio import to_thread
from sqlalchemy import Connection, RowMapping, Select, or_, select

from drafting.errors import ChengwenError, WorkspaceError
from drafting.models import Message, choose, open_model
from drafting.models.call_settings import CallSettings
from drafting.workspace import backups as backups_of
from drafting.workspace import naming, usage
from drafting.workspace.integrity import verify
from drafting.workspace.tables import audit, identities, reports, users, versions
from drafting.workspace.usage import Prices, Total
from ui.web.calls import Answer, Call
from ui.web.english import said
from ui.web.handlers.administration import ONLY
from ui.web.services import Asked

_ENTRIES = 100
_PROBLEMS = 50
_BACKUPS = 50
_WORDS = 5
_LONGEST_SEARCH = 200
_PATIENCE = 30
_QUESTION = "请只回答一个字：好"


def model(asked: Asked) -> Answer:
    """Which model drafts here and why; never a key. `problem` where the settings name none that could be opened."""
    asked.sent.settle()
    environ = asked.services.environ
    try:
        chosen = choose(None, environ)
    except ChengwenError as error:
        return {"spec": "", "provider": "", "endpoint": "", "problem": said(asked.language, error)}
    endpoint = environ.get("OPENAI_BASE_URL", "") if chosen.spec.provider == "openai" else ""
    provider = "composer" if chosen.spec.is_composer else chosen.spec.provider
    return {"spec": str(chosen.spec), "provider": provider, "endpoint": _shown(endpoint), "problem": ""}


async def ask_model(asked: Asked) -> Answer:
    """Asks the model one small question: what came of it, and after how many seconds. The embedded one is started for it."""
    asked.sent.settle()
    environ = asked.services.environ
    try:
        spec = choose(None, environ).spec
        if spec.is_composer:
            return _health("composer")
        calls = CallSettings.of(environ)
        async with asyncio.timeout(_PATIENCE):
            async with open_model(spec, environ=environ, timeout=calls.timeout, max_retries=0) as opened:
                answer = await opened.ask([Message("user", _QUESTION)], max_tokens=8)
    except TimeoutError:
        return _health("late", seconds=float(_PATIENCE))
    except ChengwenError as error:
        return _health("failed", told=said(asked.language, error))
    return _health(
        "answered", round(answer.seconds, 2), answer.text[:40], answer.prompt_tokens + answer.completion_tokens
    )


def used(asked: Asked) -> Answer:
    """What was asked of models, by model, by person and by month; costs where prices are set, in the money they are set in."""
    asked.sent.settle()
    prices = Prices.of(asked.services.environ)
    with asked.workspace.reading() as connection:
        totals = usage.totals(connection)

    def rows(found: Sequence[Total]) -> list[dict[str, Any]]:
        cost = {one.of: prices.cost(one.spent) if prices else None for one in found}
        return [{"of": one.of, "jobs": one.jobs, **asdict(one.spent), "cost": cost[one.of]} for one in found]

    return {
        "models": rows(totals.models),
        "people": rows(totals.people),
        "months": rows(totals.months),
        "prices": asdict(prices) if prices else None,
    }


def entries(asked: Asked) -> Answer:
    """A hundred entries of the audit, the youngest first, before the one numbered `before` (0: from the end).

    `search` holds words that must each stand in an entry's who, way, action or subject; `first` and `last` are days, empty for none.
    """
    before, search = asked.sent.whole("before", 0), asked.sent.text("search", "")[:_LONGEST_SEARCH]
    first = asked.sent.day("first").isoformat() if asked.sent.given("first") else ""
    last = asked.sent.day("last").isoformat() if asked.sent.given("last") else ""
    asked.sent.settle()
    wanted = _searched(select(audit), search)
    wanted = wanted.where(audit.c.number < before) if before else wanted
    wanted = wanted.where(audit.c.at >= first) if first else wanted
    wanted = wanted.where(audit.c.at < f"{last}U") if last else wanted  # the next letter after the T that ends a day
    with asked.workspace.reading() as connection:
        rows = list(connection.execute(wanted.order_by(audit.c.number.desc()).limit(_ENTRIES + 1)).mappings())
        names = _names(connection, rows)
    told = [
        {name: row[name] for name in _TOLD} | {"name": names.get((row["subject"], row["subject_id"]), "")}
        for row in rows[:_ENTRIES]
    ]
    return {"entries": told, "more": len(rows) > _ENTRIES}


async def prove(asked: Asked) -> Answer:
    """Reads everything and holds it against the audit chain."""
    asked.sent.settle()

    def read() -> Answer:
        with asked.workspace.reading() as connection:
            found = verify(connection)
        told = {"sound": found.sound, "entries": found.entries, "versions": found.versions, "head": found.head}
        return {**told, "problems": list(found.problems[:_PROBLEMS]), "more": max(0, len(found.problems) - _PROBLEMS)}

    return await to_thread.run_sync(read)


def backups(asked: Asked) -> Answer:
    """The backups that were made from here, the youngest first, and the folder they are in on the server."""
    asked.sent.settle()
    return _backups(asked)


async def back_up(asked: Asked) -> Answer:
    """Makes a backup now, proves it, and tells what there is then."""
    asked.sent.settle()
    folder = backups_of.folder(asked.workspace.location)

    def write() -> Answer:
        try:
            made = backups_of.make(asked.workspace, folder, asked.services.clock())
        except OSError as error:
            raise WorkspaceError(f"备份没有写成：{error.strerror}") from error
        return {**_backups(asked), "made": made.path.name, "sound": made.integrity.sound}

    return await to_thread.run_sync(write)


_TOLD = ("number", "at", "who", "via", "action", "subject", "subject_id")


def _names(connection: Connection, rows: Sequence[RowMapping]) -> dict[tuple[str, int], str]:
    """What the accounts and reports are called that entries are about, and the reports of their versions."""
    wanted = {
        "users": select(users.c.id, users.c.name).where(users.c.id.in_(_ids(rows, "users"))),
        "identities": select(identities.c.id, users.c.name)
        .join(users, users.c.id == identities.c.user_id)
        .where(identities.c.id.in_(_ids(rows, "identities"))),
        "reports": select(reports.c.id, reports.c.name).where(reports.c.id.in_(_ids(rows, "reports"))),
        "versions": select(versions.c.id, reports.c.name)
        .join(reports, reports.c.id == versions.c.report_id)
        .where(versions.c.id.in_(_ids(rows, "versions"))),
    }
    return {(kind, id): name for kind, of in wanted.items() for id, name in connection.execute(of)}


def _ids(rows: Sequence[RowMapping], subject: str) -> list[int]:
    return [row["subject_id"] for row in rows if row["subject"] == subject]


def _health(outcome: str, seconds: float = 0.0, told: str = "", tokens: int = 0) -> Answer:
    return {"outcome": outcome, "seconds": seconds, "told": told, "tokens": tokens}


def _shown(url: str) -> str:
    """An endpoint's address without what may stand in it of a user and a password."""
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else ""


def _searched(wanted: Select[Any], search: str) -> Select[Any]:
    """Kinds of rows are searched by their Chinese names too."""
    for word in search.split()[:_WORDS]:
        kinds = [kind for kind, name in naming.KINDS.items() if word in name]
        texts = (audit.c.who, audit.c.via, audit.c.action, audit.c.subject)
        number = [audit.c.number == int(word)] if word.isdecimal() and len(word) < 10 else []
        wanted = wanted.where(
            or_(*(text.contains(word, autoescape=True) for text in texts), audit.c.subject.in_(kinds), *number)
        )
    return wanted


def _backups(asked: Asked) -> dict[str, Any]:
    folder = backups_of.folder(asked.workspace.location)
    found = sorted(folder.glob("*.db"), reverse=True)[:_BACKUPS] if folder.is_dir() else []
    rows = [(one.name, one.stat()) for one in found]
    return {
        "folder": str(folder),
        "backups": [
            {"name": name, "bytes": stat.st_size, "at": datetime.fromtimestamp(stat.st_mtime, UTC).isoformat()}
            for name, stat in rows
        ],
    }


CALLS: dict[str, Call] = {
    "admin/model": Call(model, ONLY),
    "admin/ask-model": Call(ask_model, ONLY),
    "admin/usage": Call(used, ONLY),
    "admin/audit": Call(entries, ONLY),
    "admin/verify": Call(prove, ONLY),
    "admin/backups": Call(backups, ONLY),
    "admin/backup": Call(back_up, ONLY),
}
