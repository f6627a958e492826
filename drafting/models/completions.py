"""Completions: what ChatOpenAI calls as `client.chat.completions`, without the client's typed models in between.

The typed call walks every message against its type definitions and builds models of the answer that LangChain turns
back into dictionaries: 0.7 of 2.7 ms of CPU a call, where hundreds of calls share one core. Retries, Retry-After,
time-outs and errors are the same client's: `post` is its documented way to call an endpoint by path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2
import openai

Chunk = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RawCompletion:
    """An answer whose body is read by `parse`: JSON, or text where the endpoint says that it is something else."""

    http_response: httpx2.Response

    @property
    def headers(self) -> httpx2.Headers:
        return self.http_response.headers

    def parse(self) -> Any:
        if "json" not in self.headers.get("content-type", "json"):
            return self.http_response.text
        body = self.http_response.json()
        match body:
            case {"choices": [{"message": {"refusal": str(words)} as message} as choice, *_]} if words:
                # LangChain keeps a refusal of typed answers only.
                message["content"], choice["finish_reason"] = words, "refusal"
        return body


@dataclass(frozen=True, slots=True)
class RawCompletions:
    client: openai.AsyncOpenAI

    async def create(self, *, extra_body: Chunk | None = None, stream: bool = False, **body: Any) -> RawCompletion:
        """One completion. `stream` is LangChain's default and says nothing here."""
        response = await self.client.post("/chat/completions", cast_to=httpx2.Response, body=body | (extra_body or {}))
        return RawCompletion(response)


@dataclass(frozen=True, slots=True)
class Completions:
    client: openai.AsyncOpenAI

    @property
    def with_raw_response(self) -> RawCompletions:
        return RawCompletions(self.client)

    async def create(self, *, extra_body: Chunk | None = None, **body: Any) -> openai.AsyncStream[Chunk]:
        """A stream of chunks as they come."""
        body |= extra_body or {}
        return await self.client.post(
            "/chat/completions", cast_to=Chunk, body=body, stream=True, stream_cls=openai.AsyncStream[Chunk]
        )
