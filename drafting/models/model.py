"""Model: something that can be asked. Queues the call, yields to what the endpoint accepts, asks again what broke."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal, Protocol

from drafting.errors import ModelSetupError, ModelUnreachable
from drafting.happenings import Called, tell
from drafting.models.conversation import Answer, Broken, Message, Outcome, Rejected, Reply, Schema, Settled, Terms
from drafting.models.limits import Limiter
from drafting.models.spec import ModelSpec

Unit = Literal["point", "section"]

_ASKED_AGAIN = 2
_FINISHED = {"stop", "end_turn", "stop_sequence", "eos"}
_CUT = {
    "": "没有 finish_reason，应答可能不完整",
    "length": "到了长度上限",
    "context_overflow": "提示超出模型的上下文",
}
_FILTERED = {"content_filter", "refusal", "safety"}


@dataclass(frozen=True, slots=True)
class Question:
    """One call: what is asked, in what form, and who listens to the answer as it grows."""

    messages: Sequence[Message]
    schema: Schema | None = None
    stream: bool = False
    on_text: Callable[[str], None] | None = None
    max_tokens: int | None = None


class Line(Protocol):
    """A connection to a model. Raises Settled, Rejected, Broken, ModelUnreachable or ModelSetupError."""

    async def exchange(self, question: Question, terms: Terms) -> Reply: ...


class Askable(Protocol):
    """What words sections: a model, or something that stands before one."""

    @property
    def spec(self) -> ModelSpec: ...

    @property
    def unit(self) -> Unit: ...

    async def ask(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        stream: bool = False,
        on_text: Callable[[str], None] | None = None,
        max_tokens: int | None = None,
    ) -> Answer: ...


@dataclass(slots=True)
class Model:
    """An open model. `endpoint` is the URL to show; it never holds a key.

    `unit` says what one call words best: a section, or one point for the embedded model (measured: a small model
    asked for several points repeats everything in each).
    """

    spec: ModelSpec
    endpoint: str
    on_loopback: bool
    unit: Unit
    line: Line = field(repr=False)
    limiter: Limiter = field(repr=False)
    terms: Terms = field(default_factory=Terms)

    @property
    def in_flight(self) -> int:
        return self.limiter.in_flight

    async def ask(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        stream: bool = False,
        on_text: Callable[[str], None] | None = None,
        max_tokens: int | None = None,
    ) -> Answer:
        """Asks once, and again where the answer broke on the way.

        `schema` is a JSON schema for the answer; an endpoint that cannot hold to one is told it in words, so the text
        is to be parsed with care. `on_text` is called while a stream grows, with the whole text so far: an answer
        that broke off and is asked again starts anew.

        Raises ModelUnreachable where the endpoint stays away beyond the retries or speaks another protocol,
        ModelSetupError where key, model name or request is wrong. Everything else is an Answer with its outcome.
        """
        question = Question(messages, schema, stream or on_text is not None, on_text, max_tokens)
        async with self.limiter.slot():
            started = perf_counter()
            try:
                answer = await self._settle(question, started)
            except (ModelUnreachable, ModelSetupError) as error:
                outcome = "unreachable" if isinstance(error, ModelUnreachable) else "rejected"
                tell(Called(str(self.spec), outcome, seconds=perf_counter() - started))
                raise
        tokens = (answer.prompt_tokens, answer.cached_tokens, answer.completion_tokens)
        tell(Called(str(self.spec), answer.outcome, *tokens, answer.seconds))
        return answer

    async def _settle(self, question: Question, started: float) -> Answer:
        broken = Broken("garbled", "")
        for _ in range(1 + _ASKED_AGAIN):
            try:
                reply = await self._agree(question)
            except Broken as error:
                broken = error
            else:
                return answer_of(reply, perf_counter() - started)
        if broken.kind == "foreign":
            raise ModelUnreachable(f"{self.endpoint} 的应答不是 OpenAI 协议：{broken}")
        return Answer(broken.text, broken.kind, seconds=perf_counter() - started, detail=str(broken))

    async def _agree(self, question: Question) -> Reply:
        first = terms = self.terms
        while True:
            asked = _told(question, terms)
            try:
                reply = await self.line.exchange(asked, terms)
                if asked.stream and not reply.text and reply.finish == "stop":
                    # LangChain drops a streamed `refusal`; the same question without a stream keeps it.
                    reply = await self.line.exchange(_without_stream(asked), terms)
            except Settled as settled:
                return settled.reply
            except Rejected as error:
                weaker = terms.yielding(str(error), formatted=question.schema is not None)
                if weaker is None:
                    raise ModelSetupError(f"{self.endpoint} 不接受请求（模型 {self.spec}）：{error}") from error
                terms = weaker
            else:
                if terms is not first:
                    self.terms = terms
                return reply


def _told(question: Question, terms: Terms) -> Question:
    """The question, with the schema in words where the endpoint does not hold to one by itself."""
    if question.schema is None or terms.format == "json_schema":
        return question
    rule = "只输出一个 JSON，不加说明，不用代码块；格式符合此 JSON Schema：" + json.dumps(
        question.schema, ensure_ascii=False
    )
    first, *rest = question.messages
    told = (
        [Message("system", f"{first.text}\n\n{rule}")] if first.role == "system" else [Message("system", rule), first]
    )
    return Question([*told, *rest], question.schema, question.stream, question.on_text, question.max_tokens)


def _without_stream(question: Question) -> Question:
    return Question(question.messages, question.schema, max_tokens=question.max_tokens)


def answer_of(reply: Reply, seconds: float) -> Answer:
    """The answer that a reply amounts to."""
    outcome, detail = _outcome(reply)
    tokens = (reply.prompt_tokens, reply.cached_tokens, reply.completion_tokens)
    return Answer(reply.text, outcome, *tokens, seconds=seconds, detail=detail)


def _outcome(reply: Reply) -> tuple[Outcome, str]:
    if reply.refusal:
        return "refused", reply.refusal
    if reply.finish in _FILTERED:
        return "refused", f"finish_reason={reply.finish}"
    if reply.finish not in _FINISHED:
        return "cut", _CUT.get(reply.finish, f"finish_reason={reply.finish}")
    return ("complete", "") if reply.text.strip() else ("empty", "")
