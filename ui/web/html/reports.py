"""The table of reports as HTML."""

from __future__ import annotations

from datetime import datetime
from html import escape

from drafting.workspace.reviewing import Standing
from ui.web import words
from ui.web.languages import Language
from ui.web.shown import Row, Table


def table(language: Language, found: Table) -> str:
    """Each row's link bears the report's id, for the page's script."""
    if not found.rows:
        return notice(words.NO_MATCH(language) if found.all else words.NO_REPORTS(language))
    heads = "".join(f'<th scope="col">{escape(column(language))}</th>' for column in words.COLUMNS)
    rows = "\n".join(_row(language, row) for row in found.rows)
    count = words.COUNT if len(found.rows) == found.all else words.COUNT_OF
    told = count(language, shown=len(found.rows), all=found.all)
    return (
        f'<div class="scroll"><table class="reports"><thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table></div>'
        f'<p class="count" role="status">{told}</p>'
    )


def notice(text: str, *, problem: bool = False) -> str:
    """A line instead of content."""
    return (
        f'<p class="{"problem" if problem else "notice"}" role="{"alert" if problem else "status"}">{escape(text)}</p>'
    )


def state(language: Language, standing: Standing) -> str:
    """Where a version stands, in a word or two."""
    if standing.next_level:
        return words.WAITING[standing.next_level](language)
    if standing.state == "draft" and standing.fallen:
        return words.FALLEN(language)
    return words.STATES[standing.state](language)


def local(at: datetime) -> str:
    """A time in this machine's zone."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _row(language: Language, row: Row) -> str:
    document, head = row.document, row.head
    if row.errors is None:
        errors = f'<span class="quiet">{words.NOT_CHECKED(language)}</span>'
    else:
        errors = f'<strong class="error">{row.errors}</strong>' if row.errors else "0"
    link = f'<a href="?report={document.id}" data-report="{document.id}">{escape(document.name)}</a>'
    pages = (("desk", words.DESK), ("review", words.REVIEW), ("export", words.EXPORT))
    go = "".join(f'<a href="/{language}/{page}?report={document.id}">{name(language)}</a>' for page, name in pages)
    if row.writes:
        go += f'<button type="button" data-share="{document.id}">{words.SHARE(language)}</button>'
    told = f'<span class="state {row.state}">{escape(state(language, row.standing))}</span>'
    cells = (link, escape(document.period), escape(row.kind), told, str(head.number), errors)
    plain = "".join(f"<td>{cell}</td>" for cell in (*cells, local(head.at), escape(head.author)))
    return f'<tr>{plain}<td class="go">{go}</td></tr>'
