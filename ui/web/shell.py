"""Gradio's page, dressed: our nonce on its own scripts, our language, our style; no word of other hosts."""

from __future__ import annotations

import re
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web import words
from ui.web.languages import TAGS, Language

STYLE, SCRIPT = "/static/desk.css", "/static/desk.js"
_FOREIGN = re.compile(r"<meta\s[^>]*?(?:og:|twitter:)[^>]*?>|<link rel=\"manifest\"[^>]*>")
_SCRIPT = re.compile(r"<script(?=[\s>])")


class Shell:
    """Around a mounted Gradio app: what it answers as HTML goes out dressed. The door has put the nonce into the request's state."""

    def __init__(self, app: ASGIApp, language: Language) -> None:
        self._app = app
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
                page = dressed(body.decode(), scope["state"]["nonce"], self._language).encode()
                MutableHeaders(raw=started["headers"])["content-length"] = str(len(page))
                await send(started)
                await send({"type": "http.response.body", "body": page})

        await self._app({**scope, "headers": plain}, receive, keep)


def dressed(page: str, nonce: str, language: Language) -> str:
    """Gradio's page as it goes out. Its data is JSON in which no `<` stands unescaped: every <script is Gradio's own."""
    tag = TAGS[language]
    page = _FOREIGN.sub("", page)
    page = _SCRIPT.sub(f'<script nonce="{nonce}"', page)
    page = page.replace('lang="en"', f'lang="{tag}"', 1)
    ours = (
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{STYLE}">'
        f'<script nonce="{nonce}" src="{SCRIPT}" data-tag="{tag}" data-ended="{escape(words.ENDED(language))}"'
        f' data-login="{escape(words.LOG_IN(language))}"></script>'
    )
    return page.replace("<head>", f"<head>{ours}", 1)
