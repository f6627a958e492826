"""FakeEndpoint: a real OpenAI-compatible HTTP server on loopback that behaves, or misbehaves, as a test scripts it.

A behaviour is one answer to one call. A script is a list of behaviours, used up in order (then 404), or a function
from the request's body to a behaviour. Calls that ask for `stream` get server-sent events, the others one JSON body.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn

Body = dict[str, Any]
USAGE = {"prompt_tokens": 40, "completion_tokens": 12, "cached_tokens": 32}


@dataclass(frozen=True, slots=True)
class Request:
    """One call as it arrived; `in_flight` counts the calls then under way, this one included, `port` tells connections apart."""

    path: str
    headers: Mapping[str, str]
    body: Body
    in_flight: int
    port: int

    @property
    def text(self) -> str:
        """The last message's text."""
        return str(self.body["messages"][-1]["content"])


@dataclass(slots=True)
class Call:
    """What a behaviour answers: the request, and the ASGI channel back."""

    request: Request
    receive: Callable[[], Awaitable[Body]]
    send: Callable[[Body], Awaitable[None]]

    @property
    def streaming(self) -> bool:
        return bool(self.request.body.get("stream"))

    async def begin(self, code: int = 200, content_type: str = "application/json", headers: Body | None = None) -> None:
        named = {"content-type": content_type, **(headers or {})}
        pairs = [(name.encode(), str(value).encode()) for name, value in named.items()]
        await self.send({"type": "http.response.start", "status": code, "headers": pairs})

    async def write(self, text: str, *, more: bool = False) -> None:
        await self.send({"type": "http.response.body", "body": text.encode(), "more_body": more})

    async def event(self, data: Body | str) -> None:
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        await self.write(f"data: {text}\n\n", more=True)


Behaviour = Callable[[Call], Awaitable[None]]
Script = Sequence[Behaviour] | Callable[[Body], Behaviour]


def completion(text: str, finish: str | None = "stop", usage: Mapping[str, int] = USAGE, size: int = 4) -> Behaviour:
    """A proper answer; a stream brings it in pieces of `size` characters. `finish=None` leaves finish_reason out."""

    async def answer(call: Call) -> None:
        if not call.streaming:
            await call.begin()
            await call.write(json.dumps(_whole({"role": "assistant", "content": text}, finish, usage)))
            return
        await call.begin(content_type="text/event-stream")
        for start in range(0, len(text), size):
            await call.event(_chunk({"content": text[start : start + size]}))
        await _end_stream(call, finish, usage)

    return answer


def refusal(text: str = "我无法协助处理该请求。") -> Behaviour:
    """The `refusal` field in place of content."""

    async def answer(call: Call) -> None:
        if not call.streaming:
            await call.begin()
            message = {"role": "assistant", "content": None, "refusal": text}
            await call.write(json.dumps(_whole(message, "stop", USAGE)))
            return
        await call.begin(content_type="text/event-stream")
        await call.event(_chunk({"refusal": text}))
        await _end_stream(call, "stop", USAGE)

    return answer


def empty() -> Behaviour:
    """An answer without content."""
    return completion("")


def status(number: int, /, message: str = "", headers: Body | None = None, **error: str) -> Behaviour:
    """An error status with OpenAI's error body; further keywords (`code=`, `param=`) go into it."""

    async def answer(call: Call) -> None:
        await call.begin(number, headers=headers)
        await call.write(json.dumps({"error": {"message": message or f"status {number}", "type": "error", **error}}))

    return answer


def html(code: int = 200) -> Behaviour:
    """A gateway's login page where a completion should be."""

    async def answer(call: Call) -> None:
        await call.begin(code, "text/html; charset=utf-8")
        await call.write("<html><body>统一认证平台，请登录</body></html>")

    return answer


def json_body(body: Any) -> Behaviour:
    """Status 200 with JSON that is no completion."""

    async def answer(call: Call) -> None:
        await call.begin()
        await call.write(json.dumps(body))

    return answer


def truncated_body(text: str = "召开会议4次") -> Behaviour:
    """A complete HTTP answer whose JSON breaks off in the middle (what a proxy with a size limit makes)."""

    async def answer(call: Call) -> None:
        await call.begin()
        whole = json.dumps(_whole({"role": "assistant", "content": text}, "stop", USAGE))
        await call.write(whole[: len(whole) // 2])

    return answer


def cut_stream(text: str = "召开会议") -> Behaviour:
    """Content, and then the connection is gone: mid-stream, or in the middle of a body."""

    async def answer(call: Call) -> None:
        if call.streaming:
            await call.begin(content_type="text/event-stream")
            await call.event(_chunk({"content": text}))
        else:
            await call.begin()
            await call.write('{"id": "cut", "choices": [{"message": {"content": "', more=True)

    return answer


def broken_sse(text: str = "召开会议") -> Behaviour:
    """A stream with a line that is no JSON; without `stream`, a truncated body."""

    async def answer(call: Call) -> None:
        if not call.streaming:
            await truncated_body(text)(call)
            return
        await call.begin(content_type="text/event-stream")
        await call.event(_chunk({"content": text}))
        await call.event('{"choices": [{"delta": {"content": "4')
        await call.write("data: [DONE]\n\n")

    return answer


def hang() -> Behaviour:
    """No answer until the client goes away."""

    async def answer(call: Call) -> None:
        while (await call.receive())["type"] != "http.disconnect":
            pass

    return answer


def slow(seconds: float, then: Behaviour | None = None) -> Behaviour:
    """`then` (a completion unless given) after so many seconds: the latency of an endpoint, for benchmarks."""

    async def answer(call: Call) -> None:
        await asyncio.sleep(seconds)
        await (then or completion("召开会议4次"))(call)

    return answer


def together(count: int, then: Behaviour) -> Behaviour:
    """`then`, once `count` calls that share this behaviour wait side by side: proves calls in flight without a
    clock.
    """
    waiting: list[asyncio.Future[None]] = []

    async def answer(call: Call) -> None:
        mine = asyncio.get_running_loop().create_future()
        waiting.append(mine)
        if len(waiting) >= count:
            for each in waiting:
                each.set_result(None)
            waiting.clear()
        await mine
        await then(call)

    return answer


class FakeEndpoint:
    """Context manager around the server; `requests` holds every call in order of arrival."""

    def __init__(self, script: Script = ()) -> None:
        self.script = script
        self.requests: list[Request] = []
        self._used = 0
        self._in_flight = 0
        # Named TCP: asyncio switches Nagle's algorithm off (40 ms a call) only on sockets that say so.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._server = _Server(self._app)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    @property
    def base_url(self) -> str:
        host, port = self._socket.getsockname()
        return f"http://{host}:{port}/v1"

    @property
    def environ(self) -> dict[str, str]:
        """The variables that lead `openai:` models here."""
        return {"OPENAI_BASE_URL": self.base_url, "OPENAI_API_KEY": "test-key"}

    @property
    def peak(self) -> int:
        """The most calls that were under way at once."""
        return max((request.in_flight for request in self.requests), default=0)

    def __enter__(self) -> FakeEndpoint:
        self._socket.bind(("127.0.0.1", 0))
        self._thread.start()
        self._server.ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()
        self._thread.join()
        self._socket.close()

    async def _app(self, scope: Body, receive: Any, send: Any) -> None:
        content = b""
        while True:
            message = await receive()
            content += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self._in_flight += 1
        request = Request(scope["path"], headers, json.loads(content or b"{}"), self._in_flight, scope["client"][1])
        self.requests.append(request)
        try:
            await self._behaviour(request)(Call(request, receive, send))
        finally:
            self._in_flight -= 1

    def _behaviour(self, request: Request) -> Behaviour:
        if not request.path.endswith("/chat/completions"):
            return status(404, "no such path")
        if callable(self.script):
            return self.script(request.body)
        if self._used == len(self.script):
            return status(404, "nothing scripted for this call")
        self._used += 1
        return self.script[self._used - 1]


class _Server(uvicorn.Server):
    """uvicorn that says when it listens and stops when told, in place of looking ten times a second."""

    def __init__(self, app: Any) -> None:
        super().__init__(_config(app))
        self.ready = threading.Event()

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        self.ready.set()
        await self._closing.wait()

    async def shutdown(self, sockets: Any = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for task in self.server_state.tasks:
            task.cancel()
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(0)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)


def _config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        interface="asgi3",
        http="h11",
        ws="none",
        lifespan="off",
        proxy_headers=False,
        access_log=False,
        log_config=None,
        log_level="critical",
    )


async def _end_stream(call: Call, finish: str | None, usage: Mapping[str, int]) -> None:
    if finish:
        await call.event(_chunk({}, finish))
    if call.request.body.get("stream_options", {}).get("include_usage"):
        await call.event({**_chunk({}), "choices": [], "usage": _usage(usage)})
    await call.write("data: [DONE]\n\n")


def _whole(message: Body, finish: str | None, usage: Mapping[str, int]) -> Body:
    choice = {"index": 0, "message": message, "finish_reason": finish}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "fake"}
    return {**head, "choices": [choice], "usage": _usage(usage)}


def _chunk(delta: Body, finish: str | None = None) -> Body:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": [choice]}


def _usage(usage: Mapping[str, int]) -> Body:
    prompt, completed = usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0)
    details = {"cached_tokens": usage.get("cached_tokens", 0)}
    total = prompt + completed
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completed,
        "total_tokens": total,
        "prompt_tokens_details": details,
    }


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    """A running endpoint; set its `script` in the test."""
    with FakeEndpoint() as server:
        yield server
