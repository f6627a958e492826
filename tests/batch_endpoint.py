"""BatchEndpoint: the fake endpoint with /files and /batches as well, and the ways in which batches go wrong.

A batch ends at the look after `looks` of them, in the state `ends`. What it brings is what the endpoint's script answers to each line's
body, in another order than it was asked.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

import pytest

from tests.endpoint import Behaviour, Body, Call, FakeEndpoint, Request, html, json_body, status
from tests.scribe import faithful

Line = dict[str, Any]
Result = Callable[[Line], Line | None]


def answered(line: Line) -> Line:
    """A line of the file of answers, as a faithful model's."""
    content = json.dumps({"points": faithful(line["body"])}, ensure_ascii=False)
    return responded(line, 200, completion_of(content))


def completion_of(content: str) -> Body:
    usage = {
        "prompt_tokens": 40,
        "completion_tokens": 12,
        "total_tokens": 52,
        "prompt_tokens_details": {"cached_tokens": 32},
    }
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [choice],
        "usage": usage,
    }


def responded(line: Line, code: int, body: Body) -> Line:
    response = {"status_code": code, "request_id": "r", "body": body}
    return {"id": "l", "custom_id": line["custom_id"], "response": response, "error": None}


def refused(line: Line) -> Line:
    """The endpoint answered this line with 500: it goes to the file of errors."""
    return responded(line, 500, {"error": {"message": "overloaded"}})


def unanswered(line: Line) -> Line:
    """The batch expired before this line's turn."""
    error = {"code": "batch_expired", "message": "expired"}
    return {"id": "l", "custom_id": line["custom_id"], "response": None, "error": error}


def missing(_: Line) -> None:
    """No word about this line in either file."""


@dataclass
class Made:
    """A batch at the endpoint."""

    id: str
    lines: list[Line]
    file: str
    metadata: dict[str, str]
    looked: int = 0
    cancelled: bool = False


@dataclass
class Batches:
    """The batch side of the endpoint. `results` are used up by lines in order, then every line is answered."""

    looks: int = 1
    ends: str = "completed"
    results: list[Result] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    stumbles: list[Behaviour] = field(default_factory=list)
    """Answers to the next looks, before they are answered properly."""
    creating: list[Behaviour] = field(default_factory=list)
    """Answers to the next creations, which make a batch all the same where `lost` is set."""
    lost: bool = False
    keeps_files: bool = False
    """No file can be taken away."""
    listing: Behaviour | None = None
    """The answer to every list, in place of a list."""
    uploading: Behaviour | None = None
    was_looked_at: threading.Event = field(default_factory=threading.Event)

    @property
    def lines(self) -> list[Line]:
        return [line for one in self.made.values() for line in one.lines]

    def create(self, body: Body) -> Made:
        lines = [json.loads(line) for line in self.files[body["input_file_id"]].splitlines()]
        one = Made(f"batch_{len(self.made) + 1}", lines, body["input_file_id"], body.get("metadata") or {})
        self.made[one.id] = one
        return one

    def told(self, one: Made) -> Body:
        ended = one.looked > self.looks or one.cancelled
        files = self._files(one) if ended else (None, None)
        return {
            "id": one.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "input_file_id": one.file,
            "completion_window": "24h",
            "created_at": 0,
            "status": ("cancelled" if one.cancelled else self.ends) if ended else "in_progress",
            "output_file_id": files[0],
            "error_file_id": files[1],
            "metadata": one.metadata,
            "request_counts": {"total": len(one.lines), "completed": 0, "failed": 0},
        }

    def _files(self, one: Made) -> tuple[str | None, str | None]:
        results = [*self.results, *[answered] * len(one.lines)]
        found = [line for make, line in zip(results, one.lines, strict=False)]
        told = [made for make, line in zip(results, found, strict=False) if (made := make(line)) is not None]
        told.reverse()
        fine = [line for line in told if line.get("response") and line["response"]["status_code"] == 200]
        return self._file(f"{one.id}-output", fine), self._file(f"{one.id}-errors", [x for x in told if x not in fine])

    def _file(self, name: str, lines: Sequence[Line]) -> str | None:
        if not lines:
            return None
        self.files[name] = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
        return name


class BatchEndpoint(FakeEndpoint):
    """`batches` is None at an endpoint that has no batch interface."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: Batches | None = Batches()
        self.calls: list[str] = []
        """Every request but for completions, as METHOD PATH."""

    @property
    def asked(self) -> list[Request]:
        """The completions that were asked for one by one."""
        return [one for one in self.requests if one.path.endswith("/chat/completions")]

    def count(self, what: str) -> int:
        """How many requests were of that kind: "POST /batches"."""
        return sum(one == what for one in self.calls)

    async def _app(self, scope: Body, receive: Any, send: Any) -> None:
        path = scope["path"].removeprefix("/v1")
        if path == "/chat/completions":
            await super()._app(scope, receive, send)
            return
        content = b""
        while True:
            message = await receive()
            content += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.calls.append(f"{scope['method']} {path}")
        call = Call(Request(scope["path"], headers, {}, 0, 0), receive, send)
        if self.batches is None:
            await status(404, "no such path")(call)
            return
        await self._batch(self.batches, f"{scope['method']} {path}", headers, content)(call)

    def _batch(self, batches: Batches, what: str, headers: dict[str, str], content: bytes) -> Behaviour:
        match what.strip("/").split("/"):
            case ["POST ", "files"]:
                if batches.uploading is not None:
                    return batches.uploading
                name = f"file-{len(batches.files) + 1}"
                batches.files[name] = _uploaded(headers["content-type"], content)
                return json_body(
                    {"id": name, "object": "file", "bytes": 1, "created_at": 0, "filename": "q", "purpose": "batch"}
                )
            case ["POST ", "batches"]:
                stumble = batches.creating.pop(0) if batches.creating else None
                if stumble is not None and not batches.lost:
                    return stumble
                made = batches.create(json.loads(content))
                return stumble or json_body(batches.told(made))
            case ["GET ", "batches"]:
                listed = [batches.told(one) for one in batches.made.values()]
                return batches.listing or json_body({"object": "list", "data": listed, "has_more": False})
            case ["GET ", "batches", name] if name in batches.made:
                if batches.stumbles:
                    return batches.stumbles.pop(0)
                batches.made[name].looked += 1
                batches.was_looked_at.set()
                return json_body(batches.told(batches.made[name]))
            case ["POST ", "batches", name, "cancel"] if name in batches.made:
                batches.made[name].cancelled = True
                return json_body(batches.told(batches.made[name]))
            case ["DELETE ", "files", name] if name in batches.files and not batches.keeps_files:
                del batches.files[name]
                return json_body({"id": name, "object": "file", "deleted": True})
            case ["GET ", "files", name, "content"] if name in batches.files:
                return _bytes(batches.files[name])
        return status(404, "no such thing")


def _uploaded(content_type: str, content: bytes) -> bytes:
    """The file in a form as a browser sends one."""
    form = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + content)
    for part in form.walk():
        if part.get_filename():
            found = part.get_payload(decode=True)
            assert isinstance(found, bytes)
            return found
    raise AssertionError("no file in the form")


def _bytes(content: bytes) -> Behaviour:
    async def answer(call: Call) -> None:
        await call.begin(content_type="application/octet-stream")
        await call.write(content.decode())

    return answer


@pytest.fixture
def batch_endpoint() -> Iterator[BatchEndpoint]:
    with BatchEndpoint() as server:
        yield server


__all__ = ["BatchEndpoint", "Batches", "answered", "html", "missing", "refused", "unanswered"]
