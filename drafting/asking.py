"""One attempt at wording as a LangChain runnable: messages → the model's answer and the wordings that can be read in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from drafting import answers
from drafting.answers import Wording
from drafting.models import Answer, Askable, Message
from drafting.models.conversation import Schema


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came back: the answer as it is, and the wordings in it; none where it was empty, refused or unreadable."""

    answer: Answer
    wordings: tuple[Wording, ...]


class Ask(Runnable[Sequence[Message], Attempt]):
    """Asks a model once and reads the answer. Raises what Model.ask raises.

    A runnable of its own and not a RunnableLambda: those inspect their function with every call and read in a thread, which together
    cost as much as all checks of a section.
    """

    def __init__(
        self,
        model: Askable,
        schema: Schema,
        read: Callable[[str], Sequence[Wording]],
        *,
        stream: bool = False,
        heard: Callable[[str], None] | None = None,
    ) -> None:
        self._model = model
        self._schema = schema
        self._read = read
        self._stream = stream
        self._heard = heard

    async def ainvoke(
        self, input: Sequence[Message], config: RunnableConfig | None = None, **_keywords: Any
    ) -> Attempt:
        answer = await self._model.ask(input, schema=self._schema, stream=self._stream, on_text=self._heard)
        return Attempt(answer, tuple(self._read(answer.text)) if _readable(answer) else ())

    def invoke(self, input: Sequence[Message], config: RunnableConfig | None = None, **_keywords: Any) -> Attempt:
        raise NotImplementedError("asked in an event loop only")


def point_chain(model: Askable, *, stream: bool) -> Runnable[Sequence[Message], Attempt]:
    """Asks for one point; an attempt holds at most one wording."""

    def read(text: str) -> Sequence[Wording]:
        wording = answers.read_point(text)
        return (wording,) if wording else ()

    return Ask(model, answers.POINT_SCHEMA, read, stream=stream)


def section_chain(
    model: Askable, *, heard: Callable[[str], None] | None = None
) -> Runnable[Sequence[Message], Attempt]:
    """Asks for the points of a section, each of which names its facts.

    `heard` is told the whole text so far while the answer streams in; without one it comes as a whole.
    """
    return Ask(model, answers.SECTION_SCHEMA, answers.read_section, heard=heard)


def _readable(answer: Answer) -> bool:
    """A cut answer may hold a whole point, or whole points before the cut; checks decide whether they are fit."""
    return answer.outcome in ("complete", "cut")
