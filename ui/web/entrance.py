"""The door's own pages: log-in, log-out, a new password, the language."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from drafting.workspace.users import User
from drafting.workspace.workspace import Clock, Workspace
from ui.web import accounts, cookies, languages, passwords, returning, words
from ui.web.html import forms
from ui.web.languages import Language
from ui.web.sessions import Sessions
from ui.web.settings import Settings
from ui.web.throttle import Throttle

logger = logging.getLogger("chengwen.door")

_LARGEST = 8192
_AT_ONCE = 2
"""Passwords that are hashed at one time: each takes 64 MiB."""


@dataclass(slots=True)
class Entrance:
    """What the door's pages share."""

    workspace: Workspace
    sessions: Sessions
    settings: Settings
    by_name: Throttle
    by_address: Throttle
    hashing: CapacityLimiter | None = None

    def limiter(self) -> CapacityLimiter:
        """Made where the event loop runs."""
        self.hashing = self.hashing or CapacityLimiter(_AT_ONCE)
        return self.hashing


def entrance(workspace: Workspace, sessions: Sessions, settings: Settings, clock: Clock) -> APIRouter:
    """The routes of the door."""
    shared = Entrance(workspace, sessions, settings, Throttle(clock, free=5), Throttle(clock, free=20))
    router = APIRouter()

    @router.get("/login")
    async def ask(request: Request, next: str = "") -> Response:
        back = returning.own(next)
        if request.state.account:
            return RedirectResponse(back or "/", 303)
        return HTMLResponse(forms.log_in(spoken(request), back=back))

    @router.post("/login")
    async def log_in(request: Request) -> Response:
        return await _log_in(shared, request)

    @router.post("/logout")
    async def log_out(request: Request) -> Response:
        sessions.end(request.state.session)
        return RedirectResponse("/login", 303, {"set-cookie": cookies.no_session(settings)})

    @router.get("/password")
    async def ask_password(request: Request) -> Response:
        must = passwords.is_once(request.state.account.password)
        return HTMLResponse(forms.new_password(spoken(request), must=must))

    @router.post("/password")
    async def change_password(request: Request) -> Response:
        return await _change_password(shared, request)

    @router.get("/language")
    async def switch(request: Request, to: str = "") -> Response:
        chosen = languages.known(to)
        headers = {"set-cookie": cookies.language(chosen, settings)} if chosen else {}
        back = returning.switched(
            request.headers.get("referer", ""),
            request.headers.get("host", ""),
            chosen or spoken(request),
            settings.base,
        )
        return RedirectResponse(back, 303, headers)

    return router


def spoken(request: Request) -> Language:
    """The language of a request."""
    return languages.chosen(request.cookies.get(languages.COOKIE, ""), request.headers.get("accept-language", ""))


async def _log_in(shared: Entrance, request: Request) -> Response:
    language = spoken(request)
    form = await _form(request)
    if form is None:
        return HTMLResponse(forms.log_in(language, problem=words.UNREADABLE(language)), 400)
    name, password = form.get("name", "").strip()[:64], form.get("password", "")
    back = returning.own(form.get("next", ""))
    address = request.client.host if request.client else ""
    waiting = shared.by_address.begin(address) or shared.by_name.begin(name)
    if waiting:
        logger.warning("log-in held back: %r from %s", name, address)
        seconds = math.ceil(waiting.total_seconds())
        problem = words.WAIT(language, seconds=seconds)
        return HTMLResponse(
            forms.log_in(language, name=name, problem=problem, back=back), 429, {"retry-after": str(seconds)}
        )
    account = None
    if len(password) <= passwords.LONGEST:
        account = await to_thread.run_sync(accounts.log_in, shared.workspace, name, password, limiter=shared.limiter())
    if account is None:
        logger.warning("log-in failed: %r from %s", name, address)
        return HTMLResponse(forms.log_in(language, name=name, problem=words.WRONG(language), back=back), 403)
    shared.by_name.succeed(name)
    shared.by_address.take_back(address)
    return _let_in(shared, account, back)


async def _change_password(shared: Entrance, request: Request) -> Response:
    language, account = spoken(request), request.state.account
    must = passwords.is_once(account.password)
    form = await _form(request) or {}
    waiting: timedelta = shared.by_name.begin(account.name)
    if waiting:
        problem = words.WAIT(language, seconds=math.ceil(waiting.total_seconds()))
        return HTMLResponse(forms.new_password(language, must=must, problem=problem), 429)
    old, new, again = (form.get(key, "") for key in ("old", "new", "again"))
    known = len(old) <= passwords.LONGEST and await to_thread.run_sync(
        passwords.matches, account.password, old, limiter=shared.limiter()
    )
    if not known:
        problem = words.OLD_WRONG(language)
        return HTMLResponse(forms.new_password(language, must=must, problem=problem), 403)
    shared.by_name.succeed(account.name)
    problem = _unfit(language, old, new, again)
    if problem:
        return HTMLResponse(forms.new_password(language, must=must, problem=problem), 400)
    changed = await to_thread.run_sync(
        lambda: accounts.set_password(shared.workspace, account.name, new, by=account.name), limiter=shared.limiter()
    )
    return _let_in(shared, changed)


def _unfit(language: Language, old: str, new: str, again: str) -> str:
    """What is wrong with a new password; nothing where it will do."""
    if not passwords.SHORTEST <= len(new) <= passwords.LONGEST:
        return words.LENGTH_WRONG(language, least=passwords.SHORTEST, most=passwords.LONGEST)
    if new == old:
        return words.NOT_NEW(language)
    return "" if new == again else words.NOT_REPEATED(language)


def _let_in(shared: Entrance, account: User, back: str = "") -> Response:
    token = shared.sessions.token(shared.sessions.begin(account))
    target = "/password" if passwords.is_once(account.password) else back or "/"
    return RedirectResponse(target, 303, {"set-cookie": cookies.session(token, shared.settings)})


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form; None for what is none, or larger than any of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return None
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        return None
    return dict(fields)
