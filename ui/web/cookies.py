"""The cookies: the session, which scripts cannot read, and the language."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie

from ui.web import languages
from ui.web.languages import Language
from ui.web.settings import Settings

_YEAR = 365 * 24 * 3600


def session_name(settings: Settings) -> str:
    """With https the prefix __Host- keeps other hosts of the domain from setting it; under a sub-path, where it must not stand, __Secure- does
    what can be done."""
    if not settings.secure:
        return "chengwen"
    return "__Secure-chengwen" if settings.base else "__Host-chengwen"


def session(token: str, settings: Settings) -> str:
    """The header that keeps a session until the browser is closed; the token itself says when it ends."""
    return _header(session_name(settings), token, settings)


def no_session(settings: Settings) -> str:
    """The header that takes the session away."""
    return _header(session_name(settings), "", settings, lasting=0)


def pending_name(settings: Settings) -> str:
    return session_name(settings).replace("chengwen", "chengwen_login")


def pending(token: str, settings: Settings, lasting: timedelta = timedelta()) -> str:
    """The header that keeps a log-in that is under way elsewhere; without a time, that takes it away. Lax lets it come along on the way back."""
    return _header(pending_name(settings), token, settings, lasting=int(lasting.total_seconds()))


def language(chosen: Language, settings: Settings) -> str:
    return _header(languages.COOKIE, chosen, settings, lasting=_YEAR)


def _header(name: str, value: str, settings: Settings, lasting: int | None = None) -> str:
    cookie: SimpleCookie = SimpleCookie({name: value})
    morsel = cookie[name]
    morsel["path"] = f"{settings.base}/"
    morsel["httponly"] = True
    morsel["samesite"] = "Lax"
    if settings.secure:
        morsel["secure"] = True
    if lasting is not None:
        morsel["max-age"] = lasting
    return morsel.OutputString()
