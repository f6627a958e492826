"""WordprocessingML in one-liners: w("p", w("pPr", …), …) is <w:p><w:pPr/>…</w:p>."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement

_NAMESPACES = {"w": nsmap["w"], "r": nsmap["r"]}

# What XML 1.0 cannot hold. None of it prints.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECE = re.compile(r"[\n\t]|[^\n\t]+")


def w(tag: str, *children: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """An element of the w: namespace; attributes are in it too, a relationship's `r_id` in its own."""
    element = cast(BaseOxmlElement, OxmlElement(f"w:{tag}", nsdecls=_NAMESPACES))
    for name, value in attributes.items():
        element.set(qn("r:id" if name == "r_id" else f"w:{name}"), str(value))
    element.extend(children)
    return element


def fonts(name: str) -> BaseOxmlElement:
    """One font for every script: Western text inside Chinese text is set in the Chinese font's half-width letters."""
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def run(text: str, style: str = "", *properties: BaseOxmlElement, face: str = "") -> CT_R:
    """A run of text; a line feed is a soft line break. `style` is a character style's id, `face` a font that overrules it."""
    # The hint makes Word take “ ” — … as Chinese marks; by default it takes them as Western.
    font = fonts(face) if face else w("rFonts")
    font.set(qn("w:hint"), "eastAsia")
    named = [w("rStyle", val=style)] if style else []
    return cast(CT_R, w("r", w("rPr", *named, font, *properties), *content(text)))


def paragraph(style: str, runs: Iterable[BaseOxmlElement], *properties: BaseOxmlElement) -> CT_P:
    """A paragraph; `properties` stand after its style in w:pPr, in the schema's order."""
    return cast(CT_P, w("p", w("pPr", w("pStyle", val=style), *properties), *runs))


def printable(text: str) -> str:
    """The text as XML can hold it, every form of line break a line feed."""
    return _UNPRINTABLE.sub(
        "", text.replace("\x0b", "\n").replace("\x0c", "\n").replace("\r\n", "\n").replace("\r", "\n")
    )


def content(text: str, tag: str = "t") -> Iterable[BaseOxmlElement]:
    """What a run holds for a text; what was deleted stands in `delText`."""
    for piece in _PIECE.findall(printable(text)):
        if piece == "\n":
            yield w("br")
        elif piece == "\t":
            yield w("tab")
        else:
            yield _text(piece, tag)


def _text(piece: str, tag: str) -> BaseOxmlElement:
    element: Any = w(tag)
    element.text = piece
    if piece != piece.strip():
        element.set(qn("xml:space"), "preserve")
    return cast(BaseOxmlElement, element)
