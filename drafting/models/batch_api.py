"""The batch interface of an OpenAI-compatible endpoint: /files and /batches. A file of questions goes up, and a file of answers comes down."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import openai

from drafting.errors import ModelSetupError, ModelUnreachable
from drafting.models.address import Address
from drafting.models.chat import parameters
from drafting.models.connection import client_of
from drafting.models.conversation import Answer, Message, Reply, Schema, Terms
from drafting.models.limits import Limiter
from drafting.models.model import answer_of
from drafting.models.spec import ModelSpec

_ASKED_AT: Literal["/v1/chat/completions"] = "/v1/chat/completions"
_TAG = "chengwen"
_LISTED = 300
"""Batches that are looked through for one of ours, newest first."""
_ABSENT = (404, 405, 410, 501)
_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_SHOWN = 200


class NoBatches(Exception):
    """The endpoint has no batch interface, or does not take this batch. `str` says what it said."""


class Gone(NoBatches):
    """The endpoint has nothing at this address: no interface, no such batch, no such file."""


@dataclass(frozen=True, slots=True)
class Look:
    """A batch as the endpoint tells it. `outputs` are the files of answers and of errors, as far as there are any, `file` that of its questions."""

    batch: str
    status: str
    total: int
    done: int
    outputs: tuple[str, ...]
    reason: str = ""
    file: str = ""

    @property
    def ended(self) -> bool:
        return self.status in _ENDED


@dataclass(frozen=True, slots=True)
class BatchApi:
    """One endpoint's batch interface. Raises ModelSetupError for a wrong key and ModelUnreachable where the endpoint stays away."""

    client: openai.AsyncOpenAI = field(repr=False)
    spec: ModelSpec
    endpoint: str
    on_loopback: bool
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def line(self, name: str, messages: Sequence[Message], schema: Schema | None) -> bytes:
        """A question as a line of a file; its body is what the endpoint would be asked without a batch."""
        told = [{"role": message.role, "content": message.text} for message in messages]
        body = {"messages": told, "model": self.spec.name, **parameters(schema, Terms())}
        line = {"custom_id": name, "method": "POST", "url": _ASKED_AT, "body": body}
        return json.dumps(line, ensure_ascii=False).encode() + b"\n"

    async def probe(self) -> None:
        """Raises NoBatches where the endpoint has no batch interface. Nothing is sent."""
        with self._mapped():
            await self.client.batches.list(limit=1)

    async def upload(self, content: bytes) -> str:
        """The id of a file that was put there. Raises NoBatches where it is not taken."""
        with self._mapped():
            made = await self.client.files.create(file=("questions.jsonl", content), purpose="batch")
            return made.id

    async def create(self, file: str, tag: str) -> str:
        """The id of a batch over a file, which bears our `tag`. Raises NoBatches where it is not taken.

        Not tried again by the client: a request whose answer was lost may have made a batch, which `find` then finds.
        """
        once = self.client.with_options(max_retries=0).batches
        with self._mapped():
            made = await once.create(
                input_file_id=file, endpoint=_ASKED_AT, completion_window="24h", metadata={_TAG: tag}
            )
            return made.id

    async def find(self, tag: str) -> str | None:
        """The id of the batch that bears a tag; None where there is none, or where the endpoint lists no batches."""
        seen = 0
        try:
            with self._known():
                async for batch in self.client.batches.list(limit=100):
                    if (batch.metadata or {}).get(_TAG) == tag:
                        return batch.id
                    seen += 1
                    if seen == _LISTED:
                        return None
        except Gone:
            pass
        return None

    async def look(self, batch: str) -> Look:
        """How a batch stands. Raises Gone where the endpoint does not know it."""
        with self._known():
            found = await self.client.batches.retrieve(batch)
            counts = found.request_counts
            said = found.errors.data if found.errors and found.errors.data else []
            return Look(
                batch,
                found.status,
                counts.total if counts else 0,
                counts.completed + counts.failed if counts else 0,
                tuple(filter(None, (found.output_file_id, found.error_file_id))),
                self._shown("；".join(one.message or "" for one in said)),
                found.input_file_id or "",
            )

    async def cancel(self, batch: str) -> None:
        """Calls a batch off; what was answered by then it still brings. Raises Gone where it is not known, NoBatches where it has ended."""
        with self._mapped():
            await self.client.batches.cancel(batch)

    async def discard(self, file: str) -> None:
        """Takes a file away from the endpoint, once and where that can be done: nothing depends on it."""
        with suppress(NoBatches, ModelSetupError, ModelUnreachable), self._mapped():
            await self.client.with_options(max_retries=0).files.delete(file)

    async def answers(self, file: str) -> Iterator[tuple[str, Answer]]:
        """The answers in a file by the names of their questions. Lines without one are passed over. Raises Gone where there is no such file."""
        with self._known():
            content = (await self.client.files.content(file)).content
        return (found for line in content.split(b"\n") if (found := _answered(line)) is not None)

    @contextmanager
    def _known(self) -> Iterator[None]:
        """Around a question about what was taken before: whatever else is said of it now, it is to be asked again."""
        try:
            with self._mapped():
                yield
        except Gone:
            raise
        except NoBatches as error:
            raise ModelUnreachable(f"{self.endpoint} 的批处理接口没有给出应答：{error}") from error

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except openai.APIStatusError as error:
            raise self._of_status(error) from error
        except openai.APIError as error:
            raise ModelUnreachable(f"{self.endpoint} 的批处理接口没有给出应答：{self._shown(str(error))}") from error
        except (ValueError, TypeError, AttributeError) as error:
            # A body with status 200 that is something else: a gateway's page.
            raise NoBatches("应答不是批处理接口的") from error

    def _of_status(self, error: openai.APIStatusError) -> Exception:
        code, said = error.status_code, self._shown(error.message)
        if code in (401, 403):
            return ModelSetupError(f"{self.endpoint} 的批处理接口拒绝了密钥（HTTP {code}）：请检查密钥和账号的权限")
        if code in _ABSENT:
            return Gone(f"没有批处理接口（HTTP {code}）")
        if code >= 500 or code == 408:
            return ModelUnreachable(f"{self.endpoint} 的批处理接口没有给出应答：HTTP {code}：{said}")
        return NoBatches(f"不接受这一批（HTTP {code}：{said}）")

    def _shown(self, text: str) -> str:
        """In one line, without keys."""
        text = " ".join(text.split())
        for secret in self.secrets:
            text = text.replace(secret, "…")
        return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


@asynccontextmanager
async def to_batches(
    spec: ModelSpec, address: Address, key: str, limiter: Limiter, timeout: float, max_retries: int
) -> AsyncIterator[BatchApi]:
    """The batch interface of an endpoint, through the same kind of client as its models; connections are closed at the end."""
    async with client_of(address, limiter, timeout) as http:
        client = openai.AsyncOpenAI(
            api_key=key, base_url=address.url, http_client=http, max_retries=max_retries, timeout=http.timeout
        )
        yield BatchApi(client, spec, address.shown, address.on_loopback, (key,))


def _answered(line: bytes) -> tuple[str, Answer] | None:
    """The answer that a line of a file of results holds; None where it holds an error or cannot be read."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    match told:
        case {
            "custom_id": str(name),
            "response": {"status_code": 200, "body": {"choices": [{"message": dict(message)} as choice, *_]} as body},
        }:
            usage = body.get("usage")
            return name, answer_of(_reply(message, choice.get("finish_reason"), usage if usage else {}), 0.0)
    return None


def _reply(message: dict[str, Any], finish: object, usage: Any) -> Reply:
    refusal, content = message.get("refusal"), message.get("content")
    text = content if isinstance(content, str) and not refusal else ""
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
    tokens = (usage.get("prompt_tokens") or 0, cached, usage.get("completion_tokens") or 0)
    return Reply(text, str(finish or ""), str(refusal or ""), *tokens)
