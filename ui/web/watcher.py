"""Around the whole server: each request gets an id, is counted and timed, and /metrics is answered to whom it is meant for."""

from __future__ import annotations

import hmac
import logging
import re
import secrets
from collections.abc import Collection
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from drafting.happenings import REQUEST
from ui.watching.metrics import CONTENT_TYPE, Metrics
from ui.watching.traces import Traces
from ui.web.settings import is_here, is_loopback

logger = logging.getLogger("chengwen.requests")

TOKEN = "CHENGWEN_METRICS_TOKEN"  # noqa: S105 — the variable's name
METRICS = "/metrics"
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_PAGES = re.compile(r"/(zh|en)/[a-z]*/?")
_FIRST = frozenset(
    ("login", "logout", "password", "language", "upload", "download", "pages", "static", "health", "ready")
)


class Watcher:
    """ASGI around everything. `calls` are the names of the pages' calls; `trusts` says whether a proxy's X-Request-ID is taken over."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        traces: Traces,
        *,
        base: str,
        token: str,
        trusts: bool,
        calls: Collection[str],
    ) -> None:
        self._app, self._metrics, self._traces = app, metrics, traces
        self._base, self._token, self._trusts = base, token, trusts
        self._calls = frozenset(calls)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        came = headers.get("x-request-id", "")
        named = came if self._trusts and _ID.fullmatch(came) else secrets.token_hex(8)
        begun, status = perf_counter(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                noted(status)
                MutableHeaders(scope=message)["x-request-id"] = named
                self._tell(scope, status, perf_counter() - begun)
            await send(message)

        token = REQUEST.set(named)
        traced = self._traces.request(self._kind(scope["path"]), scope["method"], named)
        noted = traced.__enter__()
        try:
            if scope["path"] == METRICS:
                await self._figures(scope, headers)(scope, receive, sent)
            else:
                await self._app(scope, receive, sent)
        except Exception as error:
            self._metrics.failed(error)
            logger.exception("unexpected", extra={"kind": self._kind(scope["path"])})
            if status:
                raise
            await PlainTextResponse("服务出了意外的错，请稍后再试 / unexpected error", 500)(scope, receive, sent)
        finally:
            traced.__exit__(None, None, None)
            REQUEST.reset(token)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        kind = self._kind(scope["path"])
        self._metrics.answered(kind, status, seconds)
        more = {"kind": kind, "method": scope["method"], "status": status, "ms": round(seconds * 1000)}
        logger.info("answered", extra=more)

    def _figures(self, scope: Scope, headers: Headers) -> Response:
        """To this machine's own, or to who has the token. A proxy's requests bear the name that people type."""
        told = headers.get("authorization", "")
        known = bool(self._token) and hmac.compare_digest(told.encode(), f"Bearer {self._token}".encode())
        client = scope.get("client")
        own = client is not None and is_loopback(client[0]) and is_here(headers.get("host", ""))
        if known or (own and not self._token and not _passed_on(headers)):
            return Response(self._metrics.text(), media_type=CONTENT_TYPE)
        logger.warning("refused: figures")
        return PlainTextResponse("figures are for this machine, or with a token", 401 if self._token else 403)

    def _kind(self, path: str) -> str:
        """One of few: what a request is for, without whose or which."""
        inner = path.removeprefix(self._base) or "/"
        first, _, rest = inner[1:].partition("/")
        if first == "call":
            name = rest.partition("/")[2]
            return f"call {name}" if name in self._calls else "call"
        if first in _FIRST:
            return first
        if _PAGES.fullmatch(inner):
            return "page"
        if inner == METRICS:
            return "metrics"
        return "gradio" if first in ("zh", "en") else "other"


def _passed_on(headers: Headers) -> bool:
    return any(name.startswith("x-forwarded-") or name == "forwarded" for name in headers)
