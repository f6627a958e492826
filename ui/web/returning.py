"""Where a log-in and the language switch lead: to the page that was asked for, where that is one of ours, else to the first."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

from ui.web.languages import LANGUAGES, Language

PAGES = ("desk", "review", "export", "administration", "roll")
"""Of a Gradio app, besides its first page."""

_PAGE = re.compile(rf"/({'|'.join(LANGUAGES)})/(({'|'.join(PAGES)})/?)?(\?[\w.~%=&-]{{0,300}})?", re.ASCII)
"""The address of one of our pages, from its first character to its last: no host, no second slash, nothing to unescape."""


def own(address: str) -> str:
    """The address, where it is a page of ours; else nothing."""
    return address if _PAGE.fullmatch(address) else ""


def log_in(path: str, query: str) -> str:
    """The log-in that leads back to an address. To the first page it leads anyway."""
    wanted = own(f"{path}?{query}" if query else path)
    first = wanted.strip("/") in LANGUAGES
    return f"/login?next={quote(wanted, safe='')}" if wanted and not first else "/login"


def switched(referer: str, host: str, language: Language, base: str = "") -> str:
    """The page that the switch was pressed on, in that language, its report and all. The first page where the referer is no page of ours.

    A log-in keeps the page that it leads to. `base` is the sub-path under which the browser sees the pages.
    """
    try:
        came = urlsplit(referer)
    except ValueError:
        return "/"
    if came.netloc != host or not came.path.startswith(f"{base}/"):
        return "/"
    path = came.path.removeprefix(base)
    if path == "/login":
        wanted = urlsplit(_in(language, next(iter(parse_qs(came.query).get("next", ())), "")))
        return log_in(wanted.path, wanted.query)
    return _in(language, f"{path}?{came.query}" if came.query else path) or "/"


def _in(language: Language, address: str) -> str:
    """A page of ours in that language; nothing for what is none: /zh/desk?report=3 → /en/desk?report=3."""
    found = _PAGE.fullmatch(address)
    return f"/{language}{address[found.end(1) :]}" if found else ""
