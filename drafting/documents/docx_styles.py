"""What the styles of a .docx say about a paragraph: its type, its heading level, its list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafting.documents.auto_numbering import W
from drafting.documents.roles import HEADER_STYLES, TYPE_OF_STYLE
from drafting.report import BlockType

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLES = ("title", "标题")
_DEEPEST = 9
_BLACK = re.compile(r"黑体|SimHei|Heiti|小标宋")
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """`level` is 0 where the style is no heading's. `list_id` and `depth` are those of its automatic number. `emphatic` where its letters are
    bold or black."""

    name: str = ""
    type: BlockType | None = None
    level: int = 0
    list_id: str = ""
    depth: int = 0
    emphatic: bool = False

    @property
    def is_contents(self) -> bool:
        """Is it a line of the table of contents?"""
        return self.name.lower().startswith("toc ")

    @property
    def is_red_header(self) -> bool:
        return self.name in HEADER_STYLES


def paragraph_styles(root: _Element | None) -> Mapping[str, ParagraphStyle]:
    """The paragraph styles by id, what each inherits included; the default one under ""."""
    if root is None:
        return {}
    elements = {
        str(element.get(f"{W}styleId", "")): element
        for element in root.iterfind(f"{W}style")
        if element.get(f"{W}type", "paragraph") == "paragraph"
    }
    found = {key: _style(key, elements) for key in elements}
    default = next((key for key, element in elements.items() if element.get(f"{W}default") in ("1", "true")), None)
    return {**found, "": found[default]} if default is not None else found


def _style(key: str, elements: Mapping[str, _Element]) -> ParagraphStyle:
    element = elements[key]
    name = _child(element, "name")
    chain = [elements[key]]
    while len(chain) < _LONGEST_CHAIN and (base := _child(chain[-1], "basedOn")) in elements:
        chain.append(elements[base])
    level = _heading_level(name) or _outline_level(chain)
    return ParagraphStyle(
        name=name,
        type="title" if name.lower() in _TITLES else TYPE_OF_STYLE.get(name) or ("heading" if level else None),
        level=level,
        list_id=_inherited(chain, f"{W}pPr/{W}numPr/{W}numId"),
        depth=_number(_inherited(chain, f"{W}pPr/{W}numPr/{W}ilvl")),
        emphatic=next((told for each in chain if (told := emphasis(each.find(f"{W}rPr"))) is not None), False),
    )


def emphasis(properties: _Element | None) -> bool | None:
    """Whether w:rPr says that letters are bold, or set in black type; None where it says neither."""
    if properties is None:
        return None
    fonts, bold = properties.find(f"{W}rFonts"), properties.find(f"{W}b")
    if fonts is not None and _BLACK.search(str(fonts.get(f"{W}eastAsia", ""))):
        return True
    return None if bold is None else bold.get(f"{W}val", "1") not in ("0", "false", "off")


def outline_level(properties: _Element | None) -> int:
    """The level that w:pPr itself gives a paragraph in the outline, from 1; 0 for text."""
    own = None if properties is None else properties.find(f"{W}outlineLvl")
    told = "" if own is None else str(own.get(f"{W}val", ""))
    return _number(told) + 1 if told and _number(told) < _DEEPEST else 0


def _heading_level(name: str) -> int:
    """heading 2, Heading 2 and 标题 2 are of level 2; whatever else is named is not."""
    words = name.lower().split()
    if len(words) == 2 and words[0] in ("heading", "标题") and words[1].isdecimal() and 1 <= int(words[1]) <= _DEEPEST:
        return int(words[1])
    return 0


def _outline_level(chain: list[_Element]) -> int:
    text = _inherited(chain, f"{W}pPr/{W}outlineLvl")
    return _number(text) + 1 if text and _number(text) < _DEEPEST else 0


def _inherited(chain: list[_Element], path: str) -> str:
    for element in chain:
        found = element.find(path)
        if found is not None:
            return str(found.get(f"{W}val", ""))
    return ""


def _child(element: _Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
