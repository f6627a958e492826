"""One attempt at wording as a LangChain sequence: messages → the model's answer → the wordings that can be read in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_core.runnables import Runnable, RunnableLambda

from drafting import answers
from drafting.answers import Wording
from drafting.models import Answer, Message, Model


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came back: the answer as it is, and the wordings in it; none where it was empty, refused or unreadable."""

    answer: Answer
    wordings: tuple[Wording, ...]


def point_chain(model: Model, *, stream: bool) -> Runnable[Sequence[Message], Attempt]:
    """Asks for one point; an attempt holds at most one wording. Raises what Model.ask raises."""

    async def ask(messages: Sequence[Message]) -> Answer:
        return await model.ask(messages, schema=answers.POINT_SCHEMA, stream=stream)

    def read(answer: Answer) -> Attempt:
        wording = answers.read_point(answer.text) if _readable(answer) else None
        return Attempt(answer, (wording,) if wording else ())

    return RunnableLambda(ask, name="ask") | RunnableLambda(read, name="read")


def section_chain(model: Model, *, heard: Callable[[str], None] | None = None) -> Runnable[Sequence[Message], Attempt]:
    """Asks for the points of a section, each of which names its facts. Raises what Model.ask raises.

    `heard` is told the whole text so far while the answer streams in; without one it comes as a whole.
    """

    async def ask(messages: Sequence[Message]) -> Answer:
        return await model.ask(messages, schema=answers.SECTION_SCHEMA, on_text=heard)

    def read(answer: Answer) -> Attempt:
        return Attempt(answer, tuple(answers.read_section(answer.text)) if _readable(answer) else ())

    return RunnableLambda(ask, name="ask") | RunnableLambda(read, name="read")


def _readable(answer: Answer) -> bool:
    """A cut answer may hold a whole point, or whole points before the cut; checks decide whether they are fit."""
    return answer.outcome in ("complete", "cut")
