"""The door: the one place that every request passes, whatever endpoint it asks for.

Gradio's own check leaves out a part of its endpoints, and new releases bring new ones. So nothing is public that does not stand in `_OPEN`, and
of Gradio only what its page needs is there at all.
"""

from __future__ import annotations

import logging
import re
import secrets

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from drafting.errors import WorkspaceError
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from ui.web import accounts, cookies, headers, passwords, returning, sign_on
from ui.web.approach import STATE_OF_HEALTH
from ui.web.languages import LANGUAGES
from ui.web.login.logins import Logins
from ui.web.origins import is_foreign
from ui.web.returning import PAGES
from ui.web.sessions import Session, Sessions
from ui.web.settings import Settings, is_here
from ui.web.uploads import LARGEST as LARGEST_UPLOAD
from ui.web.uploads import PATH as UPLOADS

logger = logging.getLogger("chengwen.door")

_OPEN = ("/login", sign_on.BEGIN, sign_on.CALLBACK, "/language", *STATE_OF_HEALTH, "/static/door.css")
_BEFORE_CHANGE = ("/password", "/logout")
"""What an account with a one-time password may do."""

_LARGEST = 1024 * 1024
"""Bytes of a request that is no upload."""

_GRADIO = re.compile(
    rf"/({'|'.join(LANGUAGES)})/(?P<rest>"
    rf"|({'|'.join(PAGES)})/?"
    r"|config/?|theme\.css|favicon\.ico|(assets|static)/.*"
    r"|gradio_api/(queue/(join|data)/?|heartbeat/\w+|info/?|cancel/?|reset/?|startup-events|app_id|theme\.css)"
    r")"
)


class Door:
    """ASGI around the whole application. Handlers behind it find the account in `request.state.account`."""

    def __init__(
        self, app: ASGIApp, workspace: Workspace, sessions: Sessions, settings: Settings, logins: Logins
    ) -> None:
        self._app = app
        self._workspace = workspace
        self._sessions = sessions
        self._settings = settings
        self._logins = logins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # no page of ours opens one
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        page = _GRADIO.fullmatch(request.url.path)
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {}).update(nonce=nonce, page=bool(page and page["rest"].rstrip("/") in ("", *PAGES)))
        dressed = self._dressing(request, send, nonce)
        refused = self._trespass(request) or await self._unknown(request)
        await (refused or self._app)(scope, receive, dressed)

    def _trespass(self, request: Request) -> Response | None:
        """The refusal of what comes under a foreign name, from a foreign page, or for what is not there."""
        host = request.headers.get("host", "")
        if not self._settings.serves(host) and not (request.url.path in STATE_OF_HEALTH and is_here(host)):
            logger.warning("refused: foreign host %r for %r", request.headers.get("host"), request.url.path)
            return PlainTextResponse("这里没有这个地址 / not served under this name", 421)
        if is_foreign(request, self._settings):
            logger.warning("refused: foreign origin %r for %r", request.headers.get("origin"), request.url.path)
            return PlainTextResponse("来自别的网站的请求 / request from another site", 403)
        return _too_large(request)

    async def _unknown(self, request: Request) -> Response | None:
        """The refusal of who is not logged in; else puts the account into the request's state."""
        path = request.url.path
        session = self._sessions.read(request.cookies.get(cookies.session_name(self._settings), ""))
        try:
            account = await to_thread.run_sync(self._holder, session) if session else None
        except WorkspaceError as error:
            return None if path in _OPEN else PlainTextResponse(str(error), 503)
        request.state.account, request.state.session = account, session if account else None
        if path in _OPEN:
            return None
        if account is None:
            return _refusal(request, returning.log_in(path, request.url.query), 401)
        if passwords.is_once(account.password) and path not in _BEFORE_CHANGE:
            return _refusal(request, "/password", 403)
        if path.startswith(tuple(f"/{language}/" for language in LANGUAGES)) and not _GRADIO.fullmatch(path):
            return PlainTextResponse("没有这个页面 / not found", 404)
        return None

    def _holder(self, session: Session) -> User | None:
        account = accounts.holder(self._workspace, session)
        return self._logins.standing(account, session) if account else None

    def _dressing(self, request: Request, send: Send, nonce: str) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                headers.dress(own, request.url.path, nonce, page=request.state.page)
                self._refresh(request, own)
            await send(message)

        return dressed

    def _refresh(self, request: Request, answer: MutableHeaders) -> None:
        """A session in use goes on, up to its full length. An answer that sets the cookie itself is left alone."""
        session: Session | None = getattr(request.state, "session", None)
        renewed = self._sessions.renewed(session) if session else None
        if renewed and "set-cookie" not in answer and request.url.path not in ("/logout", "/login"):
            answer.append("set-cookie", cookies.session(self._sessions.token(renewed), self._settings))


def _too_large(request: Request) -> Response | None:
    """The refusal of a body that no page of ours sends, or that does not say how long it is."""
    if "transfer-encoding" in request.headers:
        return PlainTextResponse("须写明长度 / length required", 411)
    length = request.headers.get("content-length", "0")
    most = LARGEST_UPLOAD if request.url.path.startswith(UPLOADS) else _LARGEST
    if not (length.isascii() and length.isdigit() and int(length[:20]) <= most):
        return PlainTextResponse("内容过大 / too large", 413)
    return None


def _refusal(request: Request, instead: str, status: int) -> Response:
    """To a person, the page to go to; to a program, the status."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(instead, 303)
    return JSONResponse(
        {"detail": "请先登录 / log in first" if status == 401 else "请先修改密码 / change the password"}, status
    )
