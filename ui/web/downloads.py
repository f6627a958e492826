"""Downloads: GET /download/{language}/{report}/{version}/{kind}, and pages as pictures under /pages/. Each asks who may read the report."""

from __future__ import annotations

import logging
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from drafting.errors import ChengwenError
from drafting.workspace.users import User
from ui.web import words
from ui.web.calls import status_of
from ui.web.english import said
from ui.web.handlers import leaving
from ui.web.handlers.leaving import File
from ui.web.languages import known
from ui.web.pictures import Pictures, available
from ui.web.services import Services

logger = logging.getLogger("chengwen.door")


def downloads(services: Services) -> APIRouter:
    """The routes of all that leaves."""
    router = APIRouter()
    pictures = Pictures()
    turn: list[CapacityLimiter] = []

    def one_at_a_time() -> CapacityLimiter:
        if not turn:
            turn.append(CapacityLimiter(1))  # made where the event loop runs
        return turn[0]

    @router.get("/download/{language}/{report}/{version}/{kind}")
    async def download(
        request: Request, language: str, report: str, version: str, kind: str, against: str = "", errors: str = ""
    ) -> Response:
        user: User = request.state.account
        spoken = known(language)
        if spoken is None:
            return JSONResponse({"detail": "not found"}, 404)

        def made() -> File:
            return leaving.file(
                services.workspace, user, report, version, kind, against=against, errors=errors == "yes"
            )

        try:
            file = await to_thread.run_sync(made)
        except ChengwenError as error:
            return _refused(user, request, status_of(error), said(spoken, error))
        return Response(file.data, media_type=file.media, headers={"content-disposition": disposition(file.name)})

    @router.get("/pages/{language}/{report}/{version}")
    async def pages(request: Request, language: str, report: str, version: str) -> Response:
        """How many pages the version has, and the key under which they are to be had for a while."""
        user: User = request.state.account
        spoken = known(language)
        if spoken is None:
            return JSONResponse({"detail": "not found"}, 404)
        if not available():
            return JSONResponse({"detail": words.NO_OFFICE(spoken)}, 503)

        def drawn() -> tuple[int, str]:
            file = leaving.file(services.workspace, user, report, version, "preview")
            return pictures.draw(f"{version}-{file.digest}", file.data), file.digest

        try:
            count, key = await to_thread.run_sync(drawn, limiter=one_at_a_time())
        except ChengwenError as error:
            return _refused(user, request, status_of(error), said(spoken, error))
        if not count:
            return JSONResponse({"detail": words.NO_PAGES(spoken)}, 503)
        return JSONResponse({"pages": count, "key": key})

    @router.get("/pages/{language}/{report}/{version}/{page}")
    async def picture(request: Request, language: str, report: str, version: str, page: int, key: str = "") -> Response:
        """A page as PNG, of a version that the user may read."""
        user: User = request.state.account
        spoken = known(language)
        if spoken is None:
            return JSONResponse({"detail": "not found"}, 404)
        try:
            await to_thread.run_sync(leaving.require_reader, services.workspace, user, report, version)
        except ChengwenError as error:
            return _refused(user, request, status_of(error), said(spoken, error))
        found = pictures.page(f"{version}-{key}", page)
        if found is None:
            return JSONResponse({"detail": "not found"}, 404)
        return Response(found, media_type="image/png")

    return router


def disposition(name: str) -> str:
    """The header of a file to keep (RFC 6266 with RFC 5987): a plain name for old programs, the whole one percent-encoded."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in ".-_") else "_" for char in name)
    ending = plain.rpartition(".")[2]
    return f"attachment; filename=\"report.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"


def _refused(user: User, request: Request, status: int, why: str) -> Response:
    logger.warning("refused: %r asked for %r: %s", user.name, request.url.path, status)
    return JSONResponse({"detail": why}, status)
