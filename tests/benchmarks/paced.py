"""An endpoint for whole runs, in a process of its own: answers faithfully after so many seconds, limits its rate, breaks on request, and counts.

It speaks HTTP over bare asyncio: a web framework would take the cores that are to be measured. `GET /counts` tells what arrived.

    python -m tests.benchmarks.paced [--seconds S] [--limit CALLS_A_SECOND] [--broken SHARE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import urllib.request
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tests.scribe import faithful

_REASONS = {200: "OK", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error"}

_NEAR = 0.8
"""Seconds. What left evenly in a second may arrive in this: an endpoint that waits for a core of a busy machine sees calls closer than they left."""


@dataclass
class Endpoint:
    """`limit` calls are taken in any second, the others turned away with 429 and a Retry-After; of those taken, `broken` are spoilt."""

    seconds: float = 0.2
    limit: int = 0
    broken: float = 0.0
    at_once: int = 0
    arrivals: list[float] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    turned_away: int = 0
    spoilt: int = 0
    in_flight: int = 0
    peak: int = 0
    _chance: random.Random = field(default_factory=lambda: random.Random(20240701))  # noqa: S311

    def answer(self, body: bytes, now: float, send: Callable[[bytes, bool], None]) -> None:
        """Sends the answer to a call, at once or later; True closes the connection after it."""
        beyond = self.limit and len(self.arrivals) - bisect_left(self.arrivals, now - 1.0) >= self.limit
        self.arrivals.append(now)
        self.asked[sha256(body).hexdigest()] += 1
        if beyond or (self.at_once and self.in_flight >= self.at_once):
            self.turned_away += 1
            send(_response(429, b'{"error": {"message": "too many"}}', "Retry-After: 1\r\n"), False)
            return
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        whole, close = self._whole(body)

        def finish() -> None:
            self.in_flight -= 1
            send(whole, close)

        asyncio.get_running_loop().call_later(self.seconds, finish)

    def _whole(self, body: bytes) -> tuple[bytes, bool]:
        if self.broken and self._chance.random() < self.broken:
            self.spoilt += 1
            return self._chance.choice((_too_many, _failed, _cut, _malformed))()
        self.answered += 1
        points = faithful(json.loads(body))
        return _response(200, _completion(json.dumps({"points": points}, ensure_ascii=False))), False

    def counts(self) -> dict[str, Any]:
        arrivals = self.arrivals
        return {
            "calls": len(arrivals),
            "different": len(self.asked),
            "in_flight": self.in_flight,
            "answered": self.answered,
            "turned_away": self.turned_away,
            "spoilt": self.spoilt,
            "most_in_a_second": self._most(1.0),
            "most_at_once": self._most(_NEAR),
            "peak": self.peak,
            "seconds": arrivals[-1] - arrivals[0] if arrivals else 0.0,
            "by_tenths": [arrivals[len(arrivals) * tenth // 10] - arrivals[0] for tenth in range(1, 10)]
            if arrivals
            else [],
        }

    def _most(self, seconds: float) -> int:
        """The most calls that arrived in any stretch of so many seconds."""
        ends = enumerate(self.arrivals, start=1)
        return max((end - bisect_left(self.arrivals, at - seconds) for end, at in ends), default=0)


def _too_many() -> tuple[bytes, bool]:
    return _response(429, b'{"error": {"message": "busy"}}'), False


def _failed() -> tuple[bytes, bool]:
    return _response(500, b'{"error": {"message": "failed"}}'), False


def _cut() -> tuple[bytes, bool]:
    whole = _response(200, _completion('{"points": ['))
    return whole[: len(whole) - 30], True


def _malformed() -> tuple[bytes, bool]:
    return _response(200, _completion('{"points": [{"facts": ["F1"], "gist": ')), False


def _completion(text: str) -> bytes:
    tokens = {"prompt_tokens": 400, "completion_tokens": 120, "total_tokens": 520}
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "bench"}
    return json.dumps({**head, "choices": [choice], "usage": tokens}).encode()


def _response(status: int, body: bytes, headers: str = "") -> bytes:
    head = f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: application/json\r\n{headers}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class _Wire(asyncio.Protocol):
    """One connection: one call after another."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._held = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._held += data
        head, found, rest = self._held.partition(b"\r\n\r\n")
        if not found:
            return
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        if len(rest) < length:
            return
        self._held = rest[length:]
        if head.startswith(b"GET"):
            self._send(_response(200, json.dumps(self._endpoint.counts()).encode()), False)
            return
        self._endpoint.answer(rest[:length], asyncio.get_running_loop().time(), self._send)

    def _send(self, data: bytes, close: bool) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)
            if close:
                self._transport.close()


@dataclass(frozen=True)
class Running:
    """A running endpoint: the environment that leads `openai:` models to it."""

    environ: dict[str, str]

    def counts(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.environ['OPENAI_BASE_URL']}/counts") as told:  # noqa: S310 — loopback
            return dict(json.load(told))


@contextmanager
def paced(seconds: float = 0.2, limit: int = 0, broken: float = 0.0, at_once: int = 0) -> Iterator[Running]:
    """The endpoint in a process of its own until the block ends."""
    wanted = ("--seconds", seconds, "--limit", limit, "--broken", broken, "--at-once", at_once)
    command = [sys.executable, "-m", "tests.benchmarks.paced", *map(str, wanted)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Running({"OPENAI_BASE_URL": process.stdout.readline().strip(), "OPENAI_API_KEY": "bench"})
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


async def _serve(endpoint: Endpoint) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Wire(endpoint), "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)  # noqa: T201
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=0.2)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--broken", type=float, default=0.0)
    parser.add_argument("--at-once", type=int, default=0)
    chosen = parser.parse_args()
    asyncio.run(_serve(Endpoint(chosen.seconds, chosen.limit, chosen.broken, chosen.at_once)))
