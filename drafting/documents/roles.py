"""Roles: the paragraph style that each type of block is set in, and how a style tells the type when it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drafting.report import Block, BlockType


@dataclass(frozen=True, slots=True)
class Role:
    """A style's id in the file and the name that people see. Word knows its own styles by their English names."""

    id: str
    name: str


TITLE = Role("Title", "Title")
BODY = Role("Normal", "Normal")
HEADINGS = tuple(Role(f"Heading{level}", f"heading {level}") for level in range(1, 5))
RECIPIENT = Role("Recipient", "主送机关")
LEAD = Role("Lead", "导语")
POINT = Role("Point", "要点")
OUTLOOK = Role("Outlook", "下一步打算")
ATTACHMENT = Role("Attachment", "附件说明")
SIGNATURE = Role("Organ", "署名")
DATE = Role("Issued", "成文日期")
ORGAN_MARK = Role("OrganMark", "发文机关标志")
DOCUMENT_NUMBER = Role("DocumentNumber", "发文字号")

_OF_TYPE: Mapping[BlockType, Role] = {
    "title": TITLE,
    "recipient": RECIPIENT,
    "lead": LEAD,
    "paragraph": POINT,
    "outlook": OUTLOOK,
    "attachment": ATTACHMENT,
    "signature": SIGNATURE,
    "date": DATE,
}
TYPE_OF_STYLE: Mapping[str, BlockType] = {role.name: kind for kind, role in _OF_TYPE.items()}
HEADER_STYLES = frozenset((ORGAN_MARK.name, DOCUMENT_NUMBER.name))


def role_of(block: Block) -> Role:
    """The style of a block; headings deeper than the fourth level share the fourth's."""
    if block.type == "heading":
        return HEADINGS[min(max(block.level, 1), len(HEADINGS)) - 1]
    return _OF_TYPE[block.type]


def run_in_style(level: int) -> str:
    """The id of the character style that a run-in heading of that level is set in."""
    return f"{HEADINGS[min(max(level, 1), len(HEADINGS)) - 1].id}Char"
