"""The brief's head on the desk: organ, recipient, topic, period, day of issue, title, terms, attachments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from drafting.desk import texts
from drafting.desk.copy import Clash, Copy
from drafting.desk.texts import Clashing
from drafting.errors import InputError
from drafting.facts import Brief
from drafting.period import Period

_NEEDED = {"organ": "发文机关", "topic": "主题", "issued": "成文日期", "period": "报告期"}


_LISTS = ("terms", "attachments")
_SINGLE = ("period", "issued")


def write(copy: Copy, field: str, was: str, value: str) -> Copy:
    """The copy with another value there. Raises InputError for one that cannot be, Clashing where another tab wrote there."""
    if copy.head is None:
        raise InputError("这份文稿还没有提纲，请先建立提纲")
    if field in _NEEDED and not value.strip():
        raise InputError(f"{_NEEDED[field]}不能空着")
    standing = told(copy.head, field)
    text = together(field, _plain(field, was), _plain(field, value), standing)
    if text is None:
        raise Clashing(Clash(field, value, standing, ""))
    head = with_text(copy.head, field, text)
    if head.issued < head.period.first:
        raise InputError(f"成文日期 {head.issued} 早于报告期的第一天 {head.period.first}")
    told_of = replace(copy.told, organ=head.organ, topic=head.topic, period=head.period, issued=head.issued)
    return replace(copy, head=head, told=told_of)


def told(head: Brief, field: str) -> str:
    """A field as it is typed: lists an item a line, days as 2024-07-05."""
    value = getattr(head, field)
    return "\n".join(value) if field in _LISTS else str(value)


def together(field: str, was: str, mine: str, theirs: str) -> str | None:
    """Both changes of a field; None where they clash. A period or a day is one thing: half of each would be neither."""
    if field not in _SINGLE:
        return texts.together(was, mine, theirs)
    if mine in (was, theirs):
        return theirs
    return mine if theirs == was else None


def with_text(head: Brief, field: str, text: str) -> Brief:
    """The head with what was typed there. Raises InputError for what is no such value."""
    match field:
        case "period":
            return replace(head, period=Period.parse(text))
        case "issued":
            return replace(head, issued=day(text) or head.issued)
        case "terms":
            return replace(head, terms=_lines(text))
        case "attachments":
            return replace(head, attachments=_lines(text))
        case "organ":
            return replace(head, organ=text)
        case "recipient":
            return replace(head, recipient=text)
        case "topic":
            return replace(head, topic=text)
        case "title":
            return replace(head, title=text)
    raise InputError(f"提纲没有“{field}”这一项")


def _plain(field: str, text: str) -> str:
    """What was typed as it is kept: without blanks around it, in one line or an item a line."""
    return "\n".join(_lines(texts.bounded(text))) if field in _LISTS else texts.line(text).strip()


def day(text: str) -> date | None:
    """The day that is written; None for nothing. Raises InputError for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"日期应写作 2024-07-05 这样，这里是“{text[:30]}”") from None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.splitlines() if one.strip())
