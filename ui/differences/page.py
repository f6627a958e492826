"""A comparison as one HTML file of its own: the summary with links, then both versions side by side. No scripts, nothing from outside.

What went is struck out and what came is underlined, so that nobody needs the colours. Every text of the documents is escaped, and the page
forbids scripts and any loading besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from drafting.changes.comparison import Comparison
from drafting.changes.figures import DateChange, NumberChange
from drafting.changes.marking import MovedGroup, section_names, stretches
from drafting.changes.standing import FactChange
from drafting.changes.summary import SectionChange, Summary
from ui.differences.sides import marked, rows
from ui.differences.style import STYLE
from ui.differences.wording import CHINESE, Words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def as_page(comparison: Comparison, summary: Summary, labels: tuple[str, str]) -> str:
    """The whole page. `labels` are what the old and the new version are called."""
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{CHINESE.title}：{escape(labels[0])} → {escape(labels[1])}</title>
<style>{STYLE}</style>
</head>
<body>
{difference(comparison, summary, labels)}
</body>
</html>"""


def difference(comparison: Comparison, summary: Summary, labels: tuple[str, str], words: Words = CHINESE) -> str:
    """The page's content as one <main>, to stand in another page, in the language of its words; it wants `style.STYLE`."""
    parts = [
        '<main class="difference">',
        f"<h1>{words.title}</h1><p class=legend>{_legend(words)}</p>",
        *_summary(comparison, summary, words),
        '<section class="sides">',
        f'<div class="row names"><div>{words.old.format(escape(labels[0]))}</div>'
        f"<div>{words.new.format(escape(labels[1]))}</div></div>",
        *rows(comparison, summary, words),
        "</section></main>",
    ]
    return "\n".join(parts)


def _legend(words: Words) -> str:
    gone, come, folded = words.legend
    return f"<del>{gone}</del>　<ins>{come}</ins>　{folded}"


def _summary(comparison: Comparison, summary: Summary, words: Words) -> Iterator[str]:
    yield '<section class="summary">'
    if not comparison.changes:
        yield f"<p class=count>{words.no_difference}</p></section>"
        return
    yield f"<p class=count>{escape(words.counted(summary))}</p>"
    if summary.strangers:
        yield f"<p class=warning>{words.strangers}</p>"
    first = _first_changes(comparison)
    named = words.headings
    sections = [_section(one, first.get(one.heading, ""), words) for one in summary.sections]
    yield from _listed(named["sections"], sections)
    moves = [_link(words.moved_there(group), _move(comparison, group)) for group in summary.moves]
    yield from _listed(named["moves"], moves)
    yield from _listed(named["numbers"], [_figure(one) for one in summary.numbers])
    yield from _listed(named["dates"], [_figure(one) for one in summary.dates])
    yield from _listed(named["facts"], [_fact(one, words) for one in summary.facts])
    told = [f"{escape(one.name)}：{' → '.join(_marks(one.old, one.new))}" for one in summary.particulars]
    for change in comparison.of_row.get(-1, ()):
        yield from _listed(named["told"], told or [words.brief_changed], change.id)
    yield "</section>"


def _listed(name: str, items: Sequence[str], anchor: str = "") -> Iterator[str]:
    if items:
        place = f' id="c-{escape(anchor)}"' if anchor else ""
        yield f"<h2{place}>{name}</h2><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _section(section: SectionChange, change: str, words: Words) -> str:
    count = words.places.format(section.changes) if section.changes else ""
    return f"{_link(section.heading, change)} {words.sections[section.state]}{count}"


def _figure(figure: NumberChange | DateChange) -> str:
    shown = f"{escape(figure.before)}{''.join(_marks(figure.old, figure.new))}{escape(figure.after)}"
    return f'<a href="#c-{escape(figure.change)}">{shown}</a> <small>{escape(figure.heading)}</small>'


def _fact(fact: FactChange, words: Words) -> str:
    return f"{escape(words.named(fact))} {''.join(map(marked, stretches(fact.old, fact.new)))}"


def _marks(old: str, new: str) -> Iterator[str]:
    if old:
        yield f"<del>{escape(old)}</del>"
    if new:
        yield f"<ins>{escape(new)}</ins>"


def _link(text: str, change: str) -> str:
    return f'<a href="#c-{escape(change)}">{escape(text)}</a>' if change else escape(text)


def _move(comparison: Comparison, group: MovedGroup) -> str:
    return next(change.id for change in comparison.of_row[group.rows[0]] if change.kind == "move")


def _first_changes(comparison: Comparison) -> dict[str, str]:
    """The first change of each section."""
    first: dict[str, str] = {}
    names = section_names(comparison)
    for change in comparison.changes:
        if change.row >= 0:
            first.setdefault(names[change.row], change.id)
    return first
