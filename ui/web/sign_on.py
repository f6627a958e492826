"""The pages of single sign-on: away to the provider, and back with its answer."""

from __future__ import annotations

import logging

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from drafting.errors import DirectoryUnreachable, LogInRefused, WorkspaceError
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from ui.web import cookies, origins, returning
from ui.web.english import said
from ui.web.entrance import spoken
from ui.web.html import forms
from ui.web.login.logins import Logins
from ui.web.login.oidc import Provider
from ui.web.login.pending import LASTING, Pending, Pendings
from ui.web.login.welcome import welcome
from ui.web.sessions import Sessions
from ui.web.settings import Settings

logger = logging.getLogger("chengwen.login")

BEGIN, CALLBACK = "/login/oidc", "/login/oidc/callback"
_STALE = "这次登录已过期或已用过，请重新登录"
_REFUSED = "统一身份认证没有同意登录，请重新登录"


def sign_on(
    workspace: Workspace, logins: Logins, sessions: Sessions, settings: Settings, pendings: Pendings
) -> APIRouter:
    """The routes, where a provider is set; none elsewhere."""
    router = APIRouter()
    provider = logins.provider
    if provider is None:
        return router

    @router.get(BEGIN)
    async def begin(request: Request, next: str = "") -> Response:
        pending = pendings.begin(returning.own(next))
        try:
            there = await to_thread.run_sync(provider.ask, pending, _callback(request, settings))
        except DirectoryUnreachable as error:
            return _told(request, logins, error, pending.back)
        kept = cookies.pending(pendings.token(pending), settings, LASTING)
        return RedirectResponse(there, 303, {"set-cookie": kept})

    @router.get(CALLBACK)
    async def answered(request: Request) -> Response:
        told = request.query_params
        pending = pendings.take(request.cookies.get(cookies.pending_name(settings), ""), told.get("state", ""))
        try:
            if pending is None or not provider.issued_by(told.get("iss", "")):
                logger.warning("log-in refused: an answer of the provider that belongs to no log-in here")
                raise LogInRefused(_STALE)
            if not told.get("code"):
                logger.warning("log-in refused by the provider: %r", told.get("error", "")[:80])
                raise LogInRefused(_REFUSED)
            account, raw = await to_thread.run_sync(
                _let_in, workspace, logins, provider, pending, told["code"], _callback(request, settings)
            )
        except (LogInRefused, DirectoryUnreachable, WorkspaceError) as error:
            return _told(request, logins, error, pending.back if pending else "")
        session = sessions.begin(account, "oidc")
        logins.keep(session, raw)
        answer = RedirectResponse(
            pending.back or "/", 303, {"set-cookie": cookies.session(sessions.token(session), settings)}
        )
        answer.headers.append("set-cookie", cookies.pending("", settings))
        return answer

    return router


def _let_in(
    workspace: Workspace, logins: Logins, provider: Provider, pending: Pending, code: str, callback: str
) -> tuple[User, str]:
    person, raw = provider.answer(pending, code, callback)
    return welcome(workspace, person, logins.mapping), raw


def _callback(request: Request, settings: Settings) -> str:
    return f"{origins.own(request, settings)}{settings.base}{CALLBACK}"


def _told(request: Request, logins: Logins, error: Exception, back: str) -> Response:
    """The log-in page again, with what was wrong."""
    language = spoken(request)
    page = forms.log_in(
        language, problem=said(language, error), back=back, sign_on=logins.button(language), at=request.url.path
    )
    return HTMLResponse(page, 403 if isinstance(error, LogInRefused) else 503)
