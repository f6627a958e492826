"""Coverage as a table: facts by section down, points by section across, a filled cell where the point words the fact.

Empty cells that follow one another are one cell, so that two hundred facts and a hundred points stay small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from ui.web.languages import Language
from ui.web.words import Text

_EMPTY = Text("还没有事实，也没有要点。", "There are no facts and no points yet.")
_CAPTION = Text(
    "事实 {facts} 条，未写入 {unused} 条；要点 {points} 个，没有依据的句子 {bare} 句",
    "{facts} facts, {unused} not used; {points} points, {bare} sentences on no fact",
)
_FACT = Text("事实", "Fact")
_WORDED, _NAMED = Text("已写入", "worded"), Text("指明而未写入", "named, not worded")
_UNUSED = Text("未写入", "not used")
_BARE = Text("无依据的句子", "Sentences on no fact")
_SENTENCES = Text("{count} 句没有依据", "{count} on no fact")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A fact under the heading of its section."""

    id: str
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Column:
    """A point under the heading of its section: the facts that it names, and how many of its sentences stand on none."""

    id: str
    text: str
    section: str
    facts: tuple[str, ...]
    bare: int = 0


def coverage(
    language: Language, rows: Sequence[Row], columns: Sequence[Column], used: Mapping[str, Sequence[str]]
) -> str:
    """`used` tells the points that word each fact. Cells bear `data-fact` and `data-point`."""
    if not rows and not columns:
        return f'<p class="notice">{_EMPTY(language)}</p>'
    unused = sum(not used.get(row.id) for row in rows)
    bare = sum(column.bare for column in columns)
    caption = _CAPTION(language, facts=len(rows), unused=unused, points=len(columns), bare=bare)
    parts = [
        f'<div class="scroll"><table class="coverage"><caption>{caption}</caption>',
        _head(language, columns),
        *_bodies(language, rows, columns, used),
        _foot(language, columns) if columns else "",
        "</table></div>",
    ]
    return "".join(parts)


def _head(language: Language, columns: Sequence[Column]) -> str:
    sections = "".join(
        f'<th scope="colgroup" colspan="{len(list(group))}" title="{escape(section)}">{at}</th>'
        for at, (section, group) in enumerate(groupby(columns, lambda column: column.section), start=1)
    )
    points = "".join(
        f'<th scope="col" data-point="{escape(column.id)}" title="{_short(column.text)}">{at}</th>'
        for at, column in enumerate(columns, start=1)
    )
    return f'<thead><tr><th rowspan="2" scope="col">{_FACT(language)}</th>{sections}</tr><tr>{points}</tr></thead>'


def _bodies(
    language: Language, rows: Sequence[Row], columns: Sequence[Column], used: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for section, group in groupby(rows, lambda row: row.section):
        heading = (
            f'<tr><th scope="rowgroup" colspan="{len(columns) + 1}">{escape(section)}</th></tr>' if section else ""
        )
        lines = "".join(_row(language, row, columns, frozenset(used.get(row.id, ()))) for row in group)
        yield f"<tbody>{heading}{lines}</tbody>"


def _row(language: Language, row: Row, columns: Sequence[Column], wording: frozenset[str]) -> str:
    mark = "" if wording else f' <abbr title="{_UNUSED(language)}">✗</abbr>'
    head = f'<th scope="row" data-fact="{escape(row.id)}" title="{_short(row.text)}" tabindex="0">{escape(row.id)}{mark}</th>'
    opening = "<tr>" if wording else '<tr class="unused">'
    return f"{opening}{head}{''.join(_cells(language, row, columns, wording))}</tr>"


def _cells(language: Language, row: Row, columns: Sequence[Column], wording: frozenset[str]) -> Iterator[str]:
    empty = 0
    for column in columns:
        worded, named = column.id in wording, row.id in column.facts
        if not worded and not named:
            empty += 1
            continue
        yield _blank(empty)
        empty = 0
        told, sign, kind = (_WORDED, "●", "full") if worded else (_NAMED, "○", "named")
        yield (
            f'<td class="{kind}" data-fact="{escape(row.id)}" data-point="{escape(column.id)}" tabindex="0" '
            f'title="{escape(row.id)}：{told(language)}">{sign}</td>'
        )
    yield _blank(empty)


def _foot(language: Language, columns: Sequence[Column]) -> str:
    cells = []
    for column in columns:
        if column.bare:
            told = _SENTENCES(language, count=column.bare)
            cells.append(
                f'<td class="bare" data-point="{escape(column.id)}" tabindex="0" title="{told}">{column.bare}</td>'
            )
        else:
            cells.append("<td></td>")
    return f'<tfoot><tr><th scope="row">{_BARE(language)}</th>{"".join(cells)}</tr></tfoot>'


def _blank(count: int) -> str:
    if not count:
        return ""
    return "<td></td>" if count == 1 else f'<td colspan="{count}"></td>'


def _short(text: str) -> str:
    return escape(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
