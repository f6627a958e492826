"""Operations: what a page may ask of a working copy, read strictly, each by the ids that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from drafting.record import Record

FACT_FIELDS = ("text", "source", "date")
HEAD_FIELDS = ("organ", "recipient", "topic", "period", "issued", "title", "terms", "attachments")


@dataclass(frozen=True, slots=True)
class FactText:
    id: str
    field: str
    was: str
    value: str


@dataclass(frozen=True, slots=True)
class AddFact:
    section: str
    after: str
    text: str


@dataclass(frozen=True, slots=True)
class DeleteFact:
    id: str


@dataclass(frozen=True, slots=True)
class Paste:
    section: str
    after: str
    text: str


@dataclass(frozen=True, slots=True)
class MoveFact:
    id: str
    section: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ungroup:
    id: str


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    was: str
    value: str


@dataclass(frozen=True, slots=True)
class AddSection:
    after: str
    heading: str


@dataclass(frozen=True, slots=True)
class DeleteSection:
    id: str


@dataclass(frozen=True, slots=True)
class MoveSection:
    id: str
    after: str


@dataclass(frozen=True, slots=True)
class HeadText:
    field: str
    was: str
    value: str


@dataclass(frozen=True, slots=True)
class PaperText:
    """The text of a block or a point."""

    id: str
    was: str
    value: str


@dataclass(frozen=True, slots=True)
class Mend:
    """Characters of a block's or a point's text replaced, where `was` still stands there."""

    id: str
    start: int
    end: int
    was: str
    value: str


@dataclass(frozen=True, slots=True)
class Lock:
    id: str
    locked: bool


@dataclass(frozen=True, slots=True)
class DeletePoint:
    id: str


@dataclass(frozen=True, slots=True)
class DeleteBlock:
    id: str


@dataclass(frozen=True, slots=True)
class AddBlock:
    after: str
    text: str


@dataclass(frozen=True, slots=True)
class Take:
    id: str


@dataclass(frozen=True, slots=True)
class Decline:
    id: str


@dataclass(frozen=True, slots=True)
class Settle:
    id: str
    value: str


@dataclass(frozen=True, slots=True)
class BeginBrief:
    head: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """The state before the last operation that changed the structure."""


Text = FactText | Heading | HeadText | PaperText
Operation = (
    Text
    | AddFact
    | DeleteFact
    | Paste
    | MoveFact
    | Group
    | Ungroup
    | AddSection
    | DeleteSection
    | MoveSection
    | Mend
    | Lock
    | DeletePoint
    | DeleteBlock
    | AddBlock
    | Take
    | Decline
    | Settle
    | BeginBrief
    | Undo
)


def operation(data: Record) -> Operation:
    """The operation that the page tells. Raises ValueError for one that there is not, or that tells too much or too little."""
    read = _READ[data.choice("op", tuple(_READ))](data)
    data.settle()
    return read


def _text(data: Record) -> tuple[str, str]:
    return data.text("was"), data.text("value")


def _begin(data: Record) -> BeginBrief:
    head = data.record("head")
    told = tuple((name, head.text(name, "")) for name in ("kind", *HEAD_FIELDS))
    head.settle()
    return BeginBrief(told)


def _paragraph(data: Record) -> AddBlock:
    data.choice("type", ("paragraph",))
    return AddBlock(data.text("after"), data.text("text"))


_READ: Mapping[str, Callable[[Record], Operation]] = {
    "fact": lambda data: FactText(data.text("id"), data.choice("field", FACT_FIELDS), *_text(data)),
    "add_fact": lambda data: AddFact(data.text("section"), data.text("after"), data.text("text")),
    "delete_fact": lambda data: DeleteFact(data.text("id")),
    "paste": lambda data: Paste(data.text("section"), data.text("after"), data.text("text")),
    "move_fact": lambda data: MoveFact(data.text("id"), data.text("section"), data.text("after")),
    "group": lambda data: Group(data.texts("ids")),
    "ungroup": lambda data: Ungroup(data.text("id")),
    "heading": lambda data: Heading(data.text("id"), *_text(data)),
    "add_section": lambda data: AddSection(data.text("after"), data.text("heading")),
    "delete_section": lambda data: DeleteSection(data.text("id")),
    "move_section": lambda data: MoveSection(data.text("id"), data.text("after")),
    "head": lambda data: HeadText(data.choice("field", HEAD_FIELDS), *_text(data)),
    "text": lambda data: PaperText(data.text("id"), *_text(data)),
    "mend": lambda data: Mend(data.text("id"), data.whole("start"), data.whole("end"), *_text(data)),
    "lock": lambda data: Lock(data.text("id"), data.flag("locked")),
    "delete_point": lambda data: DeletePoint(data.text("id")),
    "delete_block": lambda data: DeleteBlock(data.text("id")),
    "add_block": _paragraph,
    "take": lambda data: Take(data.text("id")),
    "decline": lambda data: Decline(data.text("id")),
    "settle": lambda data: Settle(data.text("id"), data.text("value")),
    "undo": lambda _: Undo(),
    "begin_brief": _begin,
}

STRUCTURAL = (
    AddFact,
    DeleteFact,
    Paste,
    MoveFact,
    Group,
    Ungroup,
    AddSection,
    DeleteSection,
    MoveSection,
    DeletePoint,
    DeleteBlock,
    AddBlock,
    Take,
    BeginBrief,
)
"""What an undo takes back."""
