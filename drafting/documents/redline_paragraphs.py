"""Paragraphs of a redline: stretches as WordprocessingML, where every run and every paragraph mark says what became of it.

When a paragraph mark goes, by acceptance or rejection, its paragraph runs on into the next one. Which of the two lends its format to both
is not the same in Word and in LibreOffice; so wherever words run together, all of their paragraphs have the same one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import cast

from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement

from drafting.changes.marking import PieceState
from drafting.documents.redline_ink import Ink
from drafting.documents.redline_pins import Pins
from drafting.documents.redline_sides import Format
from drafting.documents.redline_stretches import Stretch
from drafting.documents.wordml import content, w

_ELEMENT = {"gone": "del", "come": "ins"}


_Held = tuple[Sequence[Stretch], Stretch]
"""What stands in a paragraph, and its mark."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph to be: what it holds, its mark, its format once all is accepted and once all is rejected."""

    stretches: Sequence[Stretch]
    mark: Stretch
    now: Format
    was: Format


def paragraphs(stretches: Sequence[Stretch], ink: Ink, pins: Pins) -> Iterator[CT_P]:
    """The paragraphs of a redline; the last stretch is a mark that stayed."""
    for line in _lines(stretches, pins):
        yield cast(CT_P, w("p", _properties(line, ink), *_content(line, ink, pins)))


# --- formats


def _lines(stretches: Sequence[Stretch], pins: Pins) -> list[_Line]:
    """Cut at the marks."""
    ends = [at for at, stretch in enumerate(stretches) if stretch.is_mark]
    cut = [(stretches[start + 1 : end], stretches[end]) for start, end in zip([-1, *ends], ends, strict=False)]
    nows = _run_together(cut, "gone", [False] * len(cut))
    # LibreOffice leaves a comment's mark behind where the words under it are rejected: it stays like a word.
    wases = _run_together(cut, "come", pins.by_line(stretches))
    return [
        _Line(held, mark, now or cast(Format, was), was or cast(Format, now))
        for (held, mark), now, was in zip(cut, nows, wases, strict=True)
    ]


def _run_together(cut: Sequence[_Held], leaving: PieceState, held_back: Sequence[bool]) -> list[Format | None]:
    """The format of each line where what is `leaving` has left: its own, or that of the line it runs on into.

    None where a line leaves whole, mark and all, in front of what stays: nothing of it runs on. `held_back` lines leave something behind; so
    does one that leaves by several changes, for LibreOffice takes it away from the end, piece by piece.
    """
    found: list[Format | None] = []
    group: list[bool] = []
    for (held, mark), staying in zip(cut, held_back, strict=True):
        stays = staying or any(stretch.state != leaving for stretch in held)
        if mark.state == leaving:
            group.append(stays or any(stretch.change.id != mark.change.id for stretch in held))
        else:
            format = mark.was if leaving == "come" else mark.now
            first = [*group, True].index(True) if stays else 0
            found += [None] * first + [format] * (len(group) + 1 - first)
            group = []
    return found


def _properties(line: _Line, ink: Ink) -> BaseOxmlElement:
    """w:pPr with the mark's change and the format's, in the schema's order."""
    properties = deepcopy(line.now.element)
    if line.mark.state != "same":
        properties.append(w("rPr", ink.change(_ELEMENT[line.mark.state], line.mark.change)))
    if line.now != line.was:
        properties.append(ink.change("pPrChange", line.mark.change, deepcopy(line.was.element)))
    return properties


# --- words


def _content(line: _Line, ink: Ink, pins: Pins) -> Iterator[BaseOxmlElement]:
    """Runs, the changes around them and the marks of comments; neighbours by the same change stand in one element."""
    around: BaseOxmlElement | None = None
    owner = ("", "")
    for stretch in line.stretches:
        for pin in pins.before(stretch):
            yield pin
            around = None
        run = _run(stretch, ink)
        if stretch.state == "same":
            yield run
            around = None
        elif around is not None and owner == (stretch.state, stretch.change.id):
            around.append(run)
        else:
            owner = (stretch.state, stretch.change.id)
            around = ink.change(_ELEMENT[stretch.state], stretch.change, run)
            yield around
        for pin in pins.behind(stretch):
            yield pin
            around = None
    yield from pins.before(line.mark)
    yield from pins.behind(line.mark)


def _run(stretch: Stretch, ink: Ink) -> BaseOxmlElement:
    format = cast(Format, stretch.now or stretch.was)
    properties = deepcopy(format.element)
    if stretch.state == "same" and stretch.was is not None and stretch.was != format:
        properties.append(ink.change("rPrChange", stretch.change, deepcopy(stretch.was.element)))
    return w("r", properties, *content(stretch.text, "delText" if stretch.state == "gone" else "t"))
