"""A comparison as text: the summary, then every changed paragraph with its marks and the ids of its changes; what did not change is folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafting.changes.comparison import Change, Comparison
from drafting.changes.figures import DateChange, NumberChange
from drafting.changes.marking import Piece, pieces, section_names, stretches
from drafting.changes.standing import FactChange
from drafting.changes.summary import SectionChange, Summary
from ui.differences.wording import CHINESE, PILCROW

_RED, _GREEN, _DIM, _BOLD = "31;9", "32;4", "2", "1"
_MARKED = ("text", "block")


@dataclass(frozen=True, slots=True)
class Pen:
    """Colours for a terminal, or the marks [-gone-]{+come+} alone."""

    colours: bool

    def gone(self, text: str) -> str:
        return self._in(_RED, text) if self.colours else f"[-{text}-]"

    def come(self, text: str) -> str:
        return self._in(_GREEN, text) if self.colours else f"{{+{text}+}}"

    def dim(self, text: str) -> str:
        return self._in(_DIM, text) if self.colours else text

    def strong(self, text: str) -> str:
        return self._in(_BOLD, text) if self.colours else text

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m"


def as_text(comparison: Comparison, summary: Summary, labels: tuple[str, str], *, colours: bool) -> str:
    """`labels` are what the old and the new version are called. Ends without a line feed."""
    pen = Pen(colours)
    heads = [CHINESE.old.format(_plain(labels[0])), CHINESE.new.format(_plain(labels[1]))]
    if not comparison.changes:
        return "\n".join([*heads, CHINESE.no_difference])
    return "\n".join([*heads, *_summary(summary, pen), "", *_rows(comparison, summary, pen)])


def _summary(summary: Summary, pen: Pen) -> Iterator[str]:
    yield pen.strong(CHINESE.counted(summary))
    if summary.strangers:
        yield CHINESE.strangers
    yield from _listed(CHINESE.headings["sections"], [_section(one) for one in summary.sections], pen)
    yield from _listed(CHINESE.headings["moves"], [CHINESE.moved_there(group) for group in summary.moves], pen)
    yield from _listed(CHINESE.headings["numbers"], [_figure(one) for one in summary.numbers], pen)
    yield from _listed(CHINESE.headings["dates"], [_figure(one) for one in summary.dates], pen)
    if summary.facts:
        yield pen.strong(CHINESE.headings["facts"])
        yield from (_fact(one, pen) for one in summary.facts)
    told = [f"{one.name}：{one.old or '（无）'} → {one.new or '（无）'}" for one in summary.particulars]
    yield from _listed(CHINESE.headings["told"], told, pen)


def _listed(name: str, lines: list[str], pen: Pen) -> Iterator[str]:
    if lines:
        yield pen.strong(name)
        yield from (f"  {_plain(line)}" for line in lines)


def _section(section: SectionChange) -> str:
    count = CHINESE.places.format(section.changes) if section.changes else ""
    return f"{section.heading}  {CHINESE.sections[section.state]}{count}"


def _figure(figure: NumberChange | DateChange) -> str:
    became = CHINESE.became(figure.old, figure.new)
    return f"{figure.before}【{became}】{figure.after}  {figure.heading}  #{figure.change}"


def _fact(fact: FactChange, pen: Pen) -> str:
    told = "".join(_piece(piece, pen) for piece in stretches(fact.old, fact.new))
    return f"  {CHINESE.named(fact)}  {told}".rstrip()


# --- paragraph by paragraph


def _rows(comparison: Comparison, summary: Summary, pen: Pen) -> Iterator[str]:
    names = section_names(comparison)
    moved = {group.rows[0]: group for group in summary.moves}
    section, folded = "", 0
    for index, name in enumerate(names):
        if not comparison.of_row.get(index):
            folded += 1
            continue
        yield from _folded(folded, pen)
        folded = 0
        if name != section:
            section = name
            yield pen.strong(f"〔{_plain(section)}〕")
        if index in moved:
            yield pen.dim(f"  ⇄ {_plain(CHINESE.moved_here(moved[index]))}")
        yield "  " + "".join(_piece(piece, pen) for piece in pieces(comparison, index))
        yield _ids(comparison.of_row[index], pen)
    yield from _folded(folded, pen)
    if told := comparison.of_row.get(-1):
        yield _ids(told, pen)


def _folded(count: int, pen: Pen) -> Iterator[str]:
    if count:
        yield pen.dim(f"  …… 未改动 {count} 段 ……")


def _ids(changes: Sequence[Change], pen: Pen) -> str:
    """The ids in the order of the marks; what is no mark in the text is called by its kind."""
    told = (
        f"#{change.id}" + (f"（{CHINESE.kinds[change.kind]}）" if change.kind not in _MARKED else "")
        for change in changes
    )
    return pen.dim(f"    {' '.join(told)}")


def _piece(piece: Piece, pen: Pen) -> str:
    text = _plain(piece.text, keep_breaks=True)
    if piece.state == "same":
        return text.replace("\n", "\n  ")
    mark = pen.gone if piece.state == "gone" else pen.come
    return mark(text.replace("\n", PILCROW)) + ("\n  " if piece.state == "come" and "\n" in text else "")


def _plain(text: str, *, keep_breaks: bool = False) -> str:
    """Control characters, which would move the cursor or colour the screen, as single spaces."""
    return "".join(
        one if one.isprintable() or one == "\u3000" or (keep_breaks and one == "\n") else " " for one in text
    )
