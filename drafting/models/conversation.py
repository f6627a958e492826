"""What is said to a model and what came back, and the ways in which an exchange fails short of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["system", "user", "assistant"]
Outcome = Literal["complete", "cut", "empty", "refused", "garbled"]
Format = Literal["json_schema", "json_object", "text"]
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One call's outcome. `text` is what arrived, as it arrived: parsing and judging it is the caller's.

    complete: the model said that it had finished. cut: it ended early (token limit, context overflow, a broken
    stream); `text` is what came before. empty: finished without a word. refused: the model or its filter declined.
    garbled: three times no readable answer. Tokens are what the endpoint reported, 0 where it reported none;
    `seconds` run from leaving the queue to the answer.
    """

    text: str
    outcome: Outcome
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One exchange as the wire brought it: text, the endpoint's own `finish_reason` ("" for none), refusal and
    usage.
    """

    text: str
    finish: str
    refusal: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What an endpoint has shown to accept: how an answer's form may be asked for, and which parameters it
    turned down.
    """

    format: Format = "json_schema"
    without: frozenset[str] = frozenset()

    def yielding(self, complaint: str, *, formatted: bool) -> Terms | None:
        """The next weaker terms after a 400 that said `complaint`; None where nothing is left to give up."""
        for parameter in ("temperature", "seed", "max_tokens"):
            if parameter in complaint and parameter not in self.without:
                return Terms(self.format, self.without | {parameter})
        if formatted and self.format == "json_schema":
            return Terms("json_object", self.without)
        if formatted and self.format == "json_object":
            return Terms("text", self.without)
        return None


class Rejected(Exception):
    """The endpoint answered 400 or 422: it does not take the request in this form."""


class Settled(Exception):
    """An error status that is an outcome of the question: declined by a filter, or longer than the model's
    context.
    """

    def __init__(self, finish: str, refusal: str = "") -> None:
        super().__init__(refusal or finish)
        self.reply = Reply("", finish, refusal)


class Broken(Exception):
    """The answer broke on the way. `kind`: garbled (no JSON), cut (the connection went), foreign (no completion
    at all).
    """

    def __init__(self, kind: Literal["garbled", "cut", "foreign"], detail: str, text: str = "") -> None:
        super().__init__(detail)
        self.kind = kind
        self.text = text
