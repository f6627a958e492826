"""The native redline: a .docx in which what changed between two versions is tracked as Word tracks it.

Accepted in whole it is the new version as it is exported, rejected in whole the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from drafting.changes import Change, Comparison
from drafting.comments import Comment, Hand
from drafting.documents.archive import saved
from drafting.documents.docx_writer import document_of, opening
from drafting.documents.redline_edges import apart
from drafting.documents.redline_ink import Ink, signed
from drafting.documents.redline_order import Printed, stretches
from drafting.documents.redline_paragraphs import paragraphs
from drafting.documents.redline_pins import Pins, parted, pinned
from drafting.documents.redline_sides import side, side_of
from drafting.documents.typesetting import typeset
from drafting.documents.wordml import printable
from drafting.profile import Layout
from drafting.report import Report

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST_INITIALS = 9  # what Word takes


def redline_bytes(
    comparison: Comparison,
    layout: Layout,
    *,
    by: Callable[[Change], Hand],
    comments: Sequence[Comment] = (),
    mark: str = "",
) -> bytes:
    """The redline; the same arguments give the same bytes.

    `by` says whose each change is; one without a time has none in the file. `comments` are on the new version's blocks. `mark` stands at the
    head of every page. What of a document is no text (its properties) is the new version's. Raises LookupError for a comment on a block that the
    new version has not.
    """
    ink = Ink(by)
    old, new = _printed(comparison.old, layout), _printed(comparison.new, layout)
    numbered = [(ink.next_id(), comment) for comment in comments]
    before = sum(len(side_of(line).text) for line in new.header)
    pins = pinned(numbered, [side([setting]) for setting in new.settings], before) if comments else []
    lines = paragraphs(list(parted(apart(stretches(comparison, old, new)), pins)), ink, Pins(pins))
    document = document_of(comparison.new, lines, layout, mark, base=comparison.old.version)
    for key, comment in numbered:
        _say(document, key, comment)
    return saved(document)


def _printed(report: Report, layout: Layout) -> Printed:
    return Printed(opening(report, layout), typeset(report, layout))


def _say(document: Document, key: int, comment: Comment) -> None:
    """A line of the comment is a paragraph. python-docx numbers comments by themselves and dates them by the clock."""
    hand = signed(comment.by)
    said = document.comments.add_comment(printable(comment.text), hand["author"], _initials(hand["author"]))
    element = said._comment_elm
    element.set(qn("w:id"), str(key))
    del element.attrib[qn("w:date")]
    if "date" in hand:
        element.set(qn("w:date"), hand["date"])


def _initials(name: str) -> str:
    """Of a Latin name its capitals, of a Chinese one the name."""
    short = "".join(word[0] for word in name.split()) if name.isascii() else name
    return short[:_LONGEST_INITIALS]
