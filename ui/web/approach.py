"""The way to the door: what a proxy before it adds to an address is taken off here, and put back on the way out.

Behind this layer all paths begin at the root. What people see under https://office.example/reports/zh/ is /zh/ to every handler.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATE_OF_HEALTH = ("/health", "/ready")
"""Asked for by this machine's own watchers too, which know of no proxy and no sub-path."""


class Approach:
    """ASGI around the door. `base` is the sub-path that the proxy passes on, such as /reports, or nothing.

    Headers that tell of other addresses than the request's own have been read, from a proxy that is trusted, before the request comes here.
    They go no further: Gradio would believe a stranger's.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "headers": [pair for pair in scope["headers"] if not _tells_of_others(pair[0])]}
        if scope["type"] != "http" or not self._base:
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith(f"{self._base}/"):
            inner = path.removeprefix(self._base)
            raw = scope.get("raw_path", b"").removeprefix(self._base.encode())
            await self._app({**scope, "path": inner, "raw_path": raw}, receive, self._outward(send))
        elif path in STATE_OF_HEALTH:
            await self._app(scope, receive, send)
        elif path == self._base:
            await RedirectResponse(f"{self._base}/", 308)(scope, receive, send)
        else:
            await PlainTextResponse("这里没有这个地址 / not found", 404)(scope, receive, send)

    def _outward(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                target = headers.get("location", "")
                if target.startswith("/") and not target.startswith("//"):
                    headers["location"] = f"{self._base}{target}"
            await send(message)

        return sent


def _tells_of_others(name: bytes) -> bool:
    return name in (b"forwarded", b"x-gradio-server") or name.startswith(
        (b"x-forwarded-", b"x-original-", b"x-rewrite-")
    )
