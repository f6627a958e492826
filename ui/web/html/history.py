"""The history of a report as HTML: its versions with who, when and why, the steps of review, the comments; and two versions compared."""

from __future__ import annotations

from html import escape

from drafting.workspace.rows import Remark, Step
from ui.differences.page import difference
from ui.differences.wording import CHINESE, ENGLISH
from ui.web import words
from ui.web.html.reports import local, notice, state
from ui.web.languages import Language
from ui.web.shown import Compared, Entry, History


def history(language: Language, told: History) -> str:
    """The radio buttons choose an old and a new version; the page's script sends their ids."""
    document = told.document
    particulars = " · ".join(part for part in (document.organ, document.period, told.kind) if part)
    conflicts = (
        f' <span class="error">{words.CONFLICTS(language, count=told.conflicts)}</span>' if told.conflicts else ""
    )
    entries = "\n".join(_entry(language, entry, told.pair) for entry in told.entries)
    return f"""<section class="history" data-report="{document.id}" aria-label="{words.VERSIONS(language)}">
<h2>{escape(document.name)} <small>{escape(particulars)}</small>
 <span class="state {escape(told.standing.state)}">{escape(state(language, told.standing))}</span>{conflicts}</h2>
<p class="choose"><span>{words.OLD(language)}</span><span>{words.NEW(language)}</span>
 <button type="button" data-compare>{words.COMPARE(language)}</button> <span class="quiet">{words.CHOOSE_TWO(language)}</span></p>
<ol>{entries}</ol>
</section>"""


def comparison(language: Language, found: Compared) -> str:
    """Both versions side by side, as `chengwen diff --output html` shows them."""
    if found.old.hash == found.new.hash:
        return notice(words.SAME(language))
    labels = tuple(
        f"{_place(language, one.number)} {one.short} {one.author} {local(one.at)}" for one in (found.old, found.new)
    )
    spoken = CHINESE if language == "zh" else ENGLISH
    return difference(found.comparison, found.summary, (labels[0], labels[1]), spoken)


def _entry(language: Language, entry: Entry, pair: tuple[int, int]) -> str:
    version = entry.version
    place = _place(language, version.number)
    if entry.pending:
        place = words.PROPOSED(language, count=entry.pending)
    radios = "".join(
        f'<input type="radio" name="{side}" value="{version.id}" aria-label="{label(language)} {escape(place)} {version.short}"'
        f"{' checked' if version.id == chosen else ''}>"
        for side, label, chosen in (("old", words.OLD, pair[0]), ("new", words.NEW, pair[1]))
    )
    note = f'<span class="note">{escape(version.note)}</span>' if version.note else ""
    lines = [_step(language, step) for step in entry.steps]
    lines += [_remark(language, remark, quote) for remark, quote in entry.remarks]
    more = f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""
    origin = words.ORIGINS[version.origin](language)
    return (
        f'<li>{radios}<span class="place">{escape(place)}</span> <span>{origin}</span> <span>{escape(version.author)}</span>'
        f" <time>{local(version.at)}</time> <code>{version.short}</code> {note}{more}</li>"
    )


def _step(language: Language, step: Step) -> str:
    level = f"{words.LEVELS[step.level](language)} " if step.action in ("pass", "return") and step.level else ""
    at = local(step.by.at) if step.by.at else ""
    reason = f'<span class="note">{escape(step.reason)}</span>' if step.reason else ""
    return f"{level}{words.ACTIONS[step.action](language)} {escape(step.by.name)} <time>{at}</time> {reason}"


def _remark(language: Language, remark: Remark, quote: str) -> str:
    said = remark.comment
    on = escape(words.ON(language, quote=quote)) if quote else ""
    settled = words.SETTLED(language) if remark.settled else ""
    return f'{escape(said.by.name)} {on}<span class="note">{escape(said.text)}</span>{settled}'


def _place(language: Language, number: int | None) -> str:
    return words.NUMBERED(language, number=number) if number else words.BESIDE(language)
