"""The pages' calls: POST /call/{language}/{name}, a JSON object in, a JSON object out.

Every call stands in one table with the roles that it is open to, so that a test can try each of them with every kind of visitor. The door
has seen to session and origin before.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from drafting.errors import (
    ChengwenError,
    EditConflict,
    ExportRefused,
    ModelUnreachable,
    ReviewRefused,
    VersionError,
    WorkspaceError,
)
from drafting.record import Record
from drafting.workspace.users import ROLES, User
from ui.web import words
from ui.web.english import said
from ui.web.languages import LANGUAGES, Language
from ui.web.services import Asked, Services

logger = logging.getLogger("chengwen.door")

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A handler and the roles that may ask it. One that waits is async; the others run in a thread of their own."""

    answer: Callable[[Asked], Answer] | Callable[[Asked], Awaitable[Answer]]
    roles: tuple[str, ...] = tuple(ROLES)


_STATUS: tuple[tuple[type[ChengwenError], int], ...] = (
    (ReviewRefused, 403),
    (VersionError, 404),
    (EditConflict, 409),
    (ExportRefused, 409),
    (ModelUnreachable, 503),
    (WorkspaceError, 503),
)


def calls(services: Services, table: Mapping[str, Call]) -> APIRouter:
    """The router of these calls."""
    router = APIRouter()

    @router.post("/call/{language}/{name:path}")
    async def called(request: Request, language: str, name: str) -> Response:
        user: User = request.state.account
        call = table.get(name)
        if call is None or language not in LANGUAGES:
            return JSONResponse({"detail": "not found"}, 404)
        spoken: Language = "zh" if language == "zh" else "en"
        if not user.may(*call.roles):
            return _refused(user, name, 403, words.NOT_YOUR_ROLE(spoken))
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return _refused(user, name, 415, words.UNREADABLE(spoken))
        try:
            asked = Asked(services, user, spoken, Record.parse(await request.body()))
            return JSONResponse(await _answered(call, asked))
        except asyncio.CancelledError:  # the server stops while a page waits: no fault of anybody's
            return JSONResponse({"detail": words.STOPPING(spoken)}, 503)
        except ChengwenError as error:
            return _refused(user, name, status_of(error), said(spoken, error), error)
        except ValueError as error:
            return _refused(user, name, 400, words.UNREADABLE_AS(spoken, reason=said(spoken, error)), error)

    return router


def status_of(error: ChengwenError) -> int:
    """The status that tells a page what kind of error it was."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


async def _answered(call: Call, asked: Asked) -> Answer:
    if inspect.iscoroutinefunction(call.answer):
        answer: Answer = await call.answer(asked)
        return answer
    return await to_thread.run_sync(call.answer, asked)  # type: ignore[arg-type]


def _refused(user: User, name: str, status: int, why: str, error: Exception | None = None) -> Response:
    """What was refused to whom stands in the log; why does not: it may quote what somebody wrote."""
    logger.warning("refused: %r asked %r: %s %s", user.name, name, status, type(error).__name__ if error else "")
    return JSONResponse({"detail": why}, status)
