"""The door's own pages: log-in, log-out, a new password, the language."""

from __future__ import annotations

import logging
import math
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from drafting.errors import DirectoryUnreachable, LogInRefused
from drafting.workspace.users import User
from drafting.workspace.workspace import Clock, Workspace
from ui.web import accounts, cookies, languages, origins, passwords, returning, words
from ui.web.english import said
from ui.web.html import forms
from ui.web.languages import Language
from ui.web.login.logins import Logins
from ui.web.sessions import Sessions
from ui.web.settings import Settings
from ui.web.throttle import Throttle

logger = logging.getLogger("chengwen.door")

_LARGEST = 8192
_AT_ONCE = 2
"""Passwords that are hashed at one time: each takes 64 MiB."""

_ASKED_AT_ONCE = 8
"""Log-ins that ask the directory at one time: one that hangs must not hold every thread."""


@dataclass(slots=True)
class Entrance:
    """What the door's pages share."""

    workspace: Workspace
    sessions: Sessions
    settings: Settings
    by_name: Throttle
    by_address: Throttle
    logins: Logins
    hashing: CapacityLimiter | None = None
    asking: CapacityLimiter | None = None

    def limiter(self) -> CapacityLimiter:
        """Made where the event loop runs."""
        self.hashing = self.hashing or CapacityLimiter(_AT_ONCE)
        return self.hashing

    def asker(self) -> CapacityLimiter:
        self.asking = self.asking or CapacityLimiter(_ASKED_AT_ONCE)
        return self.asking

    def log_in(self, language: Language, *, name: str = "", problem: str = "", back: str = "") -> str:
        """The page, with every way in that there is."""
        return forms.log_in(language, name=name, problem=problem, back=back, sign_on=self.logins.button(language))


def entrance(workspace: Workspace, sessions: Sessions, settings: Settings, clock: Clock, logins: Logins) -> APIRouter:
    """The routes of the door."""
    shared = Entrance(workspace, sessions, settings, Throttle(clock, free=5), Throttle(clock, free=20), logins)
    router = APIRouter()

    @router.get("/login")
    async def ask(request: Request, next: str = "") -> Response:
        back = returning.own(next)
        if request.state.account:
            return RedirectResponse(back or "/", 303)
        return HTMLResponse(shared.log_in(spoken(request), back=back))

    @router.post("/login")
    async def log_in(request: Request) -> Response:
        return await _log_in(shared, request)

    @router.post("/logout")
    async def log_out(request: Request) -> Response:
        session, back = request.state.session, f"{origins.own(request, settings)}{settings.base}/login"
        sessions.end(session)
        there = await to_thread.run_sync(logins.farewell, session, back)
        gone = {"set-cookie": cookies.no_session(settings)}
        if there:
            return HTMLResponse(forms.logged_out(spoken(request), there), headers=gone)
        return RedirectResponse("/login", 303, gone)

    @router.get("/password")
    async def ask_password(request: Request) -> Response:
        if source := request.state.session.source:
            return HTMLResponse(forms.elsewhere(spoken(request), words.SOURCES[source]), 403)
        must = passwords.is_once(request.state.account.password)
        return HTMLResponse(forms.new_password(spoken(request), must=must))

    @router.post("/password")
    async def change_password(request: Request) -> Response:
        if source := request.state.session.source:
            return HTMLResponse(forms.elsewhere(spoken(request), words.SOURCES[source]), 403)
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
        return HTMLResponse(shared.log_in(language, problem=words.UNREADABLE(language)), 400)
    name, password = form.get("name", "").strip()[:64], form.get("password", "")
    back = returning.own(form.get("next", ""))
    address = request.client.host if request.client else ""
    waiting = shared.by_address.begin(address) or shared.by_name.begin(key := throttled(name))
    if waiting:
        told = await to_thread.run_sync(accounts.shown, shared.workspace, name)
        logger.warning("log-in held back: %s from %s", told, address)
        seconds = math.ceil(waiting.total_seconds())
        problem = words.WAIT(language, seconds=seconds)
        return HTMLResponse(
            shared.log_in(language, name=name, problem=problem, back=back), 429, {"retry-after": str(seconds)}
        )
    try:
        known = await _known(shared, name, password) if len(password) <= passwords.LONGEST else None
    except (DirectoryUnreachable, LogInRefused) as error:
        status = 403 if isinstance(error, LogInRefused) else 503
        return HTMLResponse(shared.log_in(language, name=name, problem=said(language, error), back=back), status)
    if known is None:
        told = await to_thread.run_sync(accounts.shown, shared.workspace, name)
        logger.warning("log-in failed: %s from %s", told, address)
        return HTMLResponse(shared.log_in(language, name=name, problem=words.WRONG(language), back=back), 403)
    shared.by_name.succeed(key)
    shared.by_address.take_back(address)
    return _let_in(shared, *known, back)


async def _known(shared: Entrance, name: str, password: str) -> tuple[User, str] | None:
    """The account, and who vouches for it. Our own passwords come first: local administrators need no directory, and nobody in it can
    take a local account's name. Raises DirectoryUnreachable, LogInRefused."""
    account = await to_thread.run_sync(accounts.log_in, shared.workspace, name, password, limiter=shared.limiter())
    if account is not None:
        return account, ""
    if shared.logins.directory is None:
        return None
    if await to_thread.run_sync(accounts.is_local, shared.workspace, name):
        logger.warning("%r is a local account: the directory was not asked", name)
        return None
    account = await to_thread.run_sync(shared.logins.authenticate, name, password, limiter=shared.asker())
    return (account, "ldap") if account else None


def throttled(name: str) -> str:
    """The key that tries for a name are counted by: one for all the ways to write it that a directory takes for the same."""
    apart = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in apart if unicodedata.category(sign)[0] not in "CMZ").casefold()


async def _change_password(shared: Entrance, request: Request) -> Response:
    language, account = spoken(request), request.state.account
    must = passwords.is_once(account.password)
    form = await _form(request) or {}
    waiting: timedelta = shared.by_name.begin(throttled(account.name))
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
    shared.by_name.succeed(throttled(account.name))
    problem = _unfit(language, old, new, again)
    if problem:
        return HTMLResponse(forms.new_password(language, must=must, problem=problem), 400)
    changed = await to_thread.run_sync(
        lambda: accounts.set_password(shared.workspace, account.name, new, by=account.name), limiter=shared.limiter()
    )
    return _let_in(shared, changed, "")


def _unfit(language: Language, old: str, new: str, again: str) -> str:
    """What is wrong with a new password; nothing where it will do."""
    if not passwords.SHORTEST <= len(new) <= passwords.LONGEST:
        return words.LENGTH_WRONG(language, least=passwords.SHORTEST, most=passwords.LONGEST)
    if new == old:
        return words.NOT_NEW(language)
    return "" if new == again else words.NOT_REPEATED(language)


def _let_in(shared: Entrance, account: User, source: str, back: str = "") -> Response:
    token = shared.sessions.token(shared.sessions.begin(account, source))
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
