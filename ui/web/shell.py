"""Gradio's page, dressed: our nonce on its own scripts, our language, our style; no word of other hosts."""

from __future__ import annotations

import re
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web import words
from ui.web.languages import TAGS, Language

_FOREIGN = re.compile(r"<meta\s[^>]*?(?:og:|twitter:)[^>]*?>|<link rel=\"manifest\"[^>]*>")
_SCRIPT = re.compile(r"<script(?=[\s>])")


class Shell:
    """Around a mounted Gradio app: what it answers as HTML goes out dressed. The door has put the nonce into the request's state.

    `base` is the sub-path under which the pages stand. Gradio makes its addresses of the path that it was mounted under: it is told the whole one.
    """

    def __init__(self, app: ASGIApp, language: Language, base: str = "") -> None:
        self._app = app
        self._language = language
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            whole = {name: self._base + scope.get(name, "") for name in ("root_path", "app_root_path", "path")}
            scope = {**scope, **whole, "raw_path": self._base.encode() + scope["raw_path"]}
        if scope["type"] != "http" or not scope["state"].get("page"):
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        started: Message = {}
        body = bytearray()

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                page = dressed(body.decode(), scope["state"]["nonce"], self._language, self._base).encode()
                MutableHeaders(raw=started["headers"])["content-length"] = str(len(page))
                await send(started)
                await send({"type": "http.response.body", "body": page})

        await self._app({**scope, "headers": plain}, receive, keep)


def dressed(page: str, nonce: str, language: Language, base: str = "") -> str:
    """Gradio's page as it goes out. Its data is JSON in which no `<` stands unescaped: every <script is Gradio's own."""
    tag = TAGS[language]
    page = _FOREIGN.sub("", page)
    page = _SCRIPT.sub(f'<script nonce="{nonce}"', page)
    page = page.replace('lang="en"', f'lang="{tag}"', 1)
    ours = (
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{base}/static/desk.css">'
        f'<script nonce="{nonce}" src="{base}/static/desk.js" data-door="{base}/login" data-tag="{tag}" data-ended="{escape(words.ENDED(language))}"'
        f' data-login="{escape(words.LOG_IN(language))}"></script>'
    )
    return page.replace("<head>", f"<head>{ours}", 1)
