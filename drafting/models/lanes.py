"""Lanes: one connection for each call in flight, each kept for the next call.

A connection pool looks at all its connections twice a call: with 64 in flight that is a tenth of the client's CPU.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable

import httpx2


class Lanes(httpx2.AsyncBaseTransport):
    """A transport for one endpoint, without proxies. The lane that was free last is taken first; a new one where
    none is.
    """

    def __init__(self) -> None:
        self._context = ssl.create_default_context()
        self._lanes: list[httpx2.AsyncHTTPTransport] = []
        self._free: list[httpx2.AsyncHTTPTransport] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        lane = self._free.pop() if self._free else self._new()
        try:
            response = await lane.handle_async_request(request)
        except BaseException:
            self._free.append(lane)
            raise
        assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 - an asynchronous transport's always is
        response.stream = _Body(response.stream, lambda: self._free.append(lane))
        return response

    async def aclose(self) -> None:
        for lane in self._lanes:
            await lane.aclose()

    def _new(self) -> httpx2.AsyncHTTPTransport:
        self._lanes.append(httpx2.AsyncHTTPTransport(verify=self._context))
        return self._lanes[-1]


class _Body(httpx2.AsyncByteStream):
    """A response's body that gives its lane back once it is closed, read to the end or not."""

    def __init__(self, stream: httpx2.AsyncByteStream, give_back: Callable[[], None]) -> None:
        self._stream = stream
        self._give_back: Callable[[], None] | None = give_back

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._stream.__aiter__()

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            if self._give_back is not None:
                self._give_back()
                self._give_back = None
