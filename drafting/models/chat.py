"""Chat: the line to a model through LangChain. Imported only when a model is opened: it costs a second."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from drafting.models.conversation import Format, Reply, Schema, Terms
from drafting.models.failures import Failures
from drafting.models.model import Question

_ROLES: dict[str, type[BaseMessage]] = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}


@dataclass(slots=True)
class Chat:
    """`limit_tokens` is how the endpoint names the longest answer; None where it takes none of OpenAI's
    parameters.
    """

    model: BaseChatModel
    failures: Failures
    limit_tokens: str | None = "max_tokens"
    before: Callable[[], Awaitable[None]] | None = None

    async def exchange(self, question: Question, terms: Terms) -> Reply:
        """One question, one answer; see Line."""
        if self.before is not None:
            await self.before()
        messages = [_ROLES[message.role](message.text) for message in question.messages]
        keywords = self._keywords(question, terms)
        if question.stream:
            return await self._listen(messages, keywords, question.on_text)
        with self.failures.mapped("", begun=False):
            message = await self.model.ainvoke(messages, **keywords)
        return _reply(message)

    async def _listen(
        self, messages: list[BaseMessage], keywords: dict[str, Any], on_text: Callable[[str], None] | None
    ) -> Reply:
        heard = _Heard()
        async with aclosing(cast(Any, self.model.astream(messages, **keywords))) as stream:
            while True:
                with self.failures.mapped(heard.text, begun=heard.begun):
                    chunk = await anext(stream, None)
                if chunk is None:
                    return heard.reply()
                if heard.add(chunk) and on_text is not None:
                    on_text(heard.text)

    def _keywords(self, question: Question, terms: Terms) -> dict[str, Any]:
        if self.limit_tokens is None:
            return {}
        # In extra_body, not as `response_format`: that switches LangChain to the parsing client, which raises on an
        # answer that was cut or refused and keeps no text, and costs twice the CPU.
        body = parameters(question.schema, terms)
        if question.max_tokens is not None:
            refused = self.limit_tokens in terms.without
            body["max_completion_tokens" if refused else self.limit_tokens] = question.max_tokens
        return {"extra_body": body}


def parameters(schema: Schema | None, terms: Terms) -> dict[str, Any]:
    """What an OpenAI-compatible endpoint is told beside model and messages: how to sample, and the answer's form."""
    body: dict[str, Any] = {name: 0 for name in ("temperature", "seed") if name not in terms.without}
    return body if schema is None else body | _response_format(schema, terms.format)


@dataclass(slots=True)
class _Heard:
    """A stream as far as it came."""

    text: str = ""
    begun: bool = False
    finish: str = ""
    usage: dict[str, Any] = field(default_factory=dict)

    def add(self, chunk: BaseMessage) -> bool:
        """Whether the chunk brought text."""
        self.begun = True
        self.finish = _finish(chunk) or self.finish
        self.usage = _usage(chunk) or self.usage
        self.text += chunk.text
        return bool(chunk.text)

    def reply(self) -> Reply:
        return Reply(self.text, self.finish, "", *_tokens(self.usage))


def _reply(message: BaseMessage) -> Reply:
    finish = _finish(message)
    if finish == "refusal":
        return Reply("", finish, message.text, *_tokens(_usage(message)))
    return Reply(message.text, finish, message.additional_kwargs.get("refusal") or "", *_tokens(_usage(message)))


def _finish(message: BaseMessage) -> str:
    said = message.response_metadata
    return str(said.get("finish_reason") or said.get("stop_reason") or "")


def _usage(message: BaseMessage) -> dict[str, Any]:
    return dict(message.usage_metadata or {}) if isinstance(message, AIMessage) else {}


def _tokens(usage: dict[str, Any]) -> tuple[int, int, int]:
    cached = (usage.get("input_token_details") or {}).get("cache_read") or 0
    return usage.get("input_tokens") or 0, cached, usage.get("output_tokens") or 0


def _response_format(schema: Schema, form: Format) -> dict[str, Any]:
    if form == "text":
        return {}
    if form == "json_object":
        return {"response_format": {"type": "json_object"}}
    named = {"name": "answer", "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": named}}
