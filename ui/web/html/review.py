"""Two versions as HTML for the review page: a summary, the changes inline, and side by side. Every text is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from drafting.changes.comparison import Comparison
from drafting.changes.marking import MovedGroup, Piece, pieces
from drafting.changes.summary import Summary
from ui.web import words
from ui.web.languages import Language

_WHOLE = ("title", "recipient", "lead", "heading", "paragraph", "outlook", "attachment", "signature", "date")


def summary(language: Language, found: Comparison, told: Summary) -> str:
    """Numbers and dates first: what a reviewer must not miss."""
    if not found.changes:
        return f'<p class="none">{words.NO_CHANGE(language)}</p>'
    parts = [words.CHANGES(language, count=told.changes)]
    parts += _counted(words.NUMBERS(language), [(one.old, one.new, one.change) for one in told.numbers])
    parts += _counted(words.DATES(language), [(one.old, one.new, one.change) for one in told.dates])
    if told.facts:
        states = [one.state for one in told.facts]
        came, went, changed = (states.count(state) for state in ("added", "gone", "changed"))
        parts.append(f"{words.FACTS(language)} +{came} −{went} ~{changed}")
    for section in told.sections:
        if section.state != "changed":
            parts.append(f"{escape(section.heading)} {words.SECTION_STATES[section.state](language)}")
    return "".join(f"<span>{part}</span>" for part in parts)


def inline(language: Language, found: Comparison) -> str:
    """The new version with what went struck out and what came underlined; paragraphs that did not change are folded."""
    return "\n".join(_folding(language, found, _paragraph))


def sides(language: Language, found: Comparison, told: Summary) -> str:
    """Old on the left, new on the right."""
    moves = {group.rows[0]: group for group in told.moves}
    head = f'<div class="pair names"><div>{words.OLD(language)}</div><div>{words.NEW(language)}</div></div>'

    def pair(comparison: Comparison, index: int) -> str:
        moved = _moved(language, moves[index]) if index in moves else ""
        return moved + _pair(comparison, index)

    return head + "\n".join(_folding(language, found, pair))


def _folding(language: Language, found: Comparison, shown: Callable[[Comparison, int], str]) -> Iterator[str]:
    folded: list[str] = []
    for index in range(len(found.rows)):
        if found.of_row.get(index):
            yield from _folded(language, folded)
            folded = []
            yield shown(found, index)
        else:
            folded.append(shown(found, index))
    yield from _folded(language, folded, shut=len(folded) < len(found.rows))


def _folded(language: Language, paragraphs: Sequence[str], *, shut: bool = True) -> Iterator[str]:
    """A text in which nothing changed is there to be read: it is open."""
    if paragraphs:
        told = words.UNCHANGED(language, count=len(paragraphs))
        yield f"<details{'' if shut else ' open'}><summary>{told}</summary>{''.join(paragraphs)}</details>"


def _paragraph(found: Comparison, index: int) -> str:
    marks = "".join(map(_mark, pieces(found, index)))
    others = " ".join(one.id for one in found.of_row.get(index, ()) if one.kind in ("move", "role"))
    also = f' data-change="{escape(others.split()[0])}"' if others else ""
    return f'<p class="{_kind(found, index)}"{also}>{marks}</p>'


def _pair(found: Comparison, index: int) -> str:
    every = pieces(found, index)
    old = "".join(_mark(piece) for piece in every if piece.state != "come")
    new = "".join(_mark(piece) for piece in every if piece.state != "gone")
    kind = _kind(found, index)
    return f'<div class="pair"><p class="{kind}">{old}</p><p class="{kind}">{new}</p></div>'


def _mark(piece: Piece) -> str:
    text = escape(piece.text).replace("\n", "¶<br>")
    if piece.state == "same":
        return text
    tag = "del" if piece.state == "gone" else "ins"
    loud = " figure" if any(sign.isdigit() for sign in piece.text) else ""
    return f'<{tag} class="mark{loud}" data-change="{escape(piece.change)}">{text}</{tag}>'


def _kind(found: Comparison, index: int) -> str:
    row = found.rows[index]
    block = found.new.blocks[row.new[0]] if row.new else found.old.blocks[row.old[0]]
    return block.type if block.type in _WHOLE else "paragraph"


def _moved(language: Language, group: MovedGroup) -> str:
    what = escape(group.heading) if group.heading else words.PARAGRAPHS(language, count=len(group.rows))
    return f'<p class="moved">⇄ {words.MOVED(language, what=what)}</p>'


def _counted(name: str, changes: Sequence[tuple[str, str, str]]) -> list[str]:
    if not changes:
        return []
    shown = "，".join(
        f'<a href="#" data-change="{escape(change)}">{escape(old) or "＋"}→{escape(new) or "−"}</a>'
        for old, new, change in changes[:6]
    )
    more = " …" if len(changes) > 6 else ""
    return [f'<b class="loud">{name} {len(changes)}</b>（{shown}{more}）']
