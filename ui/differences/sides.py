"""Side by side: each row of a comparison as two cells, old and new, with its marks; rows that did not change are folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from drafting.changes.comparison import Comparison
from drafting.changes.marking import MovedGroup, Piece, pieces
from drafting.changes.summary import Summary
from drafting.report import Report
from ui.differences.wording import PILCROW, Words


def rows(comparison: Comparison, summary: Summary, words: Words) -> Iterator[str]:
    """HTML of every row in the order of the new version. Each change has one element with the id c-ID."""
    groups = {group.rows[0]: group for group in summary.moves}
    folded: list[int] = []
    for index in range(len(comparison.rows)):
        if not comparison.of_row.get(index):
            folded.append(index)
            continue
        yield from _folded(comparison, folded, words)
        folded = []
        if index in groups:
            yield _moved(groups[index], words)
        yield _row(comparison, index, words)
    yield from _folded(comparison, folded, words)


def _folded(comparison: Comparison, indexes: Sequence[int], words: Words) -> Iterator[str]:
    if indexes:
        inside = "\n".join(_row(comparison, index, words) for index in indexes)
        yield f"<details><summary>{words.folded.format(len(indexes))}</summary>\n{inside}\n</details>"


def _moved(group: MovedGroup, words: Words) -> str:
    return f'<p class="moved">⇄ {escape(words.moved_here(group))}</p>'


def _row(comparison: Comparison, index: int, words: Words) -> str:
    row = comparison.rows[index]
    stretches = pieces(comparison, index)
    come = {piece.change for piece in stretches if piece.state == "come"}
    badges = "".join(
        f'<span class="badge" id="c-{escape(change.id)}">{words.kinds[change.kind]}</span>'
        for change in comparison.of_row.get(index, ())
        if change.kind in ("move", "role")
    )
    old = "".join(
        _piece(piece, words, anchored=piece.change not in come) for piece in stretches if piece.state != "come"
    )
    new = "".join(_piece(piece, words, anchored=True) for piece in stretches if piece.state != "gone")
    return (
        f'<div class="row"><div class="{_role(comparison.old, row.old)}">{old}</div>'
        f'<div class="{_role(comparison.new, row.new)}">{badges}{new}</div></div>'
    )


def marked(piece: Piece, attributes: str = "") -> str:
    """A stretch of text as it is, struck out or underlined."""
    if piece.state == "same":
        return escape(piece.text)
    tag = "del" if piece.state == "gone" else "ins"
    text = escape(piece.text).replace("\n", f"{PILCROW}\n")
    return f"<{tag}{attributes}>{text}</{tag}>"


def _piece(piece: Piece, words: Words, *, anchored: bool) -> str:
    change = escape(piece.change)
    place = f' id="c-{change}"' if anchored else ""
    return marked(piece, f'{place} title="{words.change.format(change)}"')


def _role(report: Report, indexes: Sequence[int]) -> str:
    """The class of a cell: the type of its first block, `none` where it has none."""
    return report.blocks[indexes[0]].type if indexes else "none"
