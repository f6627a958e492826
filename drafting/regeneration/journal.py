"""The journal: a model whose answers are on the disk before the next question is asked, so that no question is asked twice after a break."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from drafting.canonical import fingerprint
from drafting.models import Answer, Askable, Message, ModelSpec, Unit
from drafting.models.conversation import Schema
from drafting.workspace.usage import Spent

Keep = Callable[[str, Answer], Awaitable[None]]
"""Puts an answer on the disk under its question's fingerprint."""


def question(spec: ModelSpec, messages: Sequence[Message], schema: Schema | None) -> str:
    """The fingerprint of a question: who is asked what, in which form."""
    told = [[message.role, message.text] for message in messages]
    return fingerprint({"model": str(spec), "messages": told, "schema": schema})


async def _granted() -> None:
    """Leave that nobody has to be asked for."""


@dataclass(slots=True)
class Journal:
    """A model for one section. `known` are answers of an earlier run or a batch; `spent` counts what was asked now, `earlier` what
    was paid for those. `begin` is called before the first question that no known answer settles.

    An answer is kept when it turns out not to be the last: the last one's words are in the section, which is committed with it.
    """

    model: Askable
    keep: Keep
    known: dict[str, Answer] = field(default_factory=dict)
    begin: Callable[[], Awaitable[None]] = _granted
    spent: Spent = field(default_factory=Spent)
    earlier: Spent = field(default_factory=Spent)
    begun: bool = False
    _last: tuple[str, Answer] | None = None

    @property
    def spec(self) -> ModelSpec:
        return self.model.spec

    @property
    def unit(self) -> Unit:
        return self.model.unit

    async def ask(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        stream: bool = False,
        on_text: Callable[[str], None] | None = None,
        max_tokens: int | None = None,
    ) -> Answer:
        """The answer, an earlier run's where there is one. Raises what Model.ask raises."""
        asked = question(self.spec, messages, schema)
        if asked in self.known:
            self.earlier += _cost(self.known[asked])
            return self.known[asked]
        if not self.begun:
            self.begun = True
            try:
                await self.begin()
            except BaseException:
                self.begun = False
                raise
        if self._last is not None:
            await self.keep(*self._last)
        answer = await self.model.ask(messages, schema=schema, stream=stream, on_text=on_text, max_tokens=max_tokens)
        self._last = (asked, answer)
        self.spent += _cost(answer)
        return answer


def _cost(answer: Answer) -> Spent:
    return Spent(1, answer.prompt_tokens, answer.completion_tokens, round(answer.seconds * 1000))
