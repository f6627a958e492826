"""The brief's head on the desk: organ, recipient, topic, period, day of issue, title, terms, attachments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from drafting.desk.copy import Copy
from drafting.desk.texts import line, merged
from drafting.errors import InputError
from drafting.facts import Brief
from drafting.period import Period

_NEEDED = {"organ": "发文机关", "topic": "主题", "issued": "成文日期", "period": "报告期"}


def write(copy: Copy, field: str, was: str, value: str) -> Copy:
    """The copy with another value there. Raises InputError for one that cannot be, Clashing where another tab wrote there."""
    if copy.head is None:
        raise InputError("这份文稿还没有提纲，请先建立提纲")
    if field in _NEEDED and not value.strip():
        raise InputError(f"{_NEEDED[field]}不能空着")
    head = _written(copy.head, field, was, value)
    if head.issued < head.period.first:
        raise InputError(f"成文日期 {head.issued} 早于报告期的第一天 {head.period.first}")
    told = replace(copy.told, organ=head.organ, topic=head.topic, period=head.period, issued=head.issued)
    return replace(copy, head=head, told=told)


def _written(head: Brief, field: str, was: str, value: str) -> Brief:
    match field:
        case "period":
            return replace(head, period=Period.parse(value.strip()))
        case "issued":
            return replace(head, issued=day(value.strip()) or head.issued)
        case "terms":
            return replace(head, terms=_lines(value))
        case "attachments":
            return replace(head, attachments=_lines(value))
        case "organ":
            return replace(head, organ=merged(field, was, line(value).strip(), head.organ))
        case "recipient":
            return replace(head, recipient=merged(field, was, line(value).strip(), head.recipient))
        case "topic":
            return replace(head, topic=merged(field, was, line(value).strip(), head.topic))
        case "title":
            return replace(head, title=merged(field, was, line(value).strip(), head.title))
    raise InputError(f"提纲没有“{field}”这一项")


def day(text: str) -> date | None:
    """The day that is written; None for nothing. Raises InputError for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"日期应写作 2024-07-05 这样，这里是“{text[:30]}”") from None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.splitlines() if one.strip())
