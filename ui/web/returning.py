"""Where a log-in leads: to the page that was asked for, where that is one of ours, else to the first."""

from __future__ import annotations

import re
from urllib.parse import quote

from ui.web.languages import LANGUAGES

PAGES = ("desk", "review", "export", "administration")
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
