"""An operation applied to a working copy. Pure: a copy in, a copy out, or what stands against it."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from drafting.desk import facts, formulas, head, paper, sections
from drafting.desk.copy import Clash, Copy
from drafting.desk.operations import (
    HEAD_FIELDS,
    AddBlock,
    AddFact,
    AddSection,
    BeginBrief,
    Decline,
    DeleteBlock,
    DeleteFact,
    DeletePoint,
    DeleteSection,
    FactText,
    Group,
    Heading,
    HeadText,
    Lock,
    Mend,
    MoveFact,
    MoveSection,
    Operation,
    PaperText,
    Paste,
    Settle,
    Take,
    Undo,
    Ungroup,
)
from drafting.desk.pasting import Pasted
from drafting.desk.texts import Clashing, bounded, line, merged
from drafting.errors import InputError
from drafting.profile import Profile

_GONE = "这一处已被删去"


def apply(copy: Copy, operation: Operation, profile: Profile) -> Copy:
    """The copy after the operation. Raises Clashing, or InputError for what cannot be done, in one line."""
    try:
        done = _done(copy, operation, profile)
    except LookupError:
        raise InputError(_GONE) from None
    if (done.brief(), done.told) != (copy.brief(), copy.told):
        done = formulas.followed(copy, done, profile)
    return done


def _done(copy: Copy, operation: Operation, profile: Profile) -> Copy:
    match operation:
        case FactText(id, field, was, value):
            return _fact(copy, id, field, was, value)
        case AddFact(section, after, text):
            return facts.add(copy, section, after, [Pasted(text)])
        case DeleteFact(id):
            return facts.delete(copy, id)
        case Paste(section, after, text):
            return facts.paste(copy, section, after, text)
        case MoveFact(id, section, after):
            return facts.move(copy, id, section, after)
        case Group(ids):
            return facts.group(copy, ids)
        case Ungroup(id):
            return facts.ungroup(copy, id)
        case Heading(id, was, value):
            return sections.rename(copy, id, merged(id, line(was), line(value), copy.section(id).heading))
        case AddSection(after, heading):
            return sections.add(copy, after, line(heading), profile)
        case DeleteSection(id):
            return sections.delete(copy, id)
        case MoveSection(id, after):
            return sections.move(copy, id, after)
        case HeadText(field, was, value):
            return head.write(copy, field, was, value)
        case BeginBrief(told):
            return sections.begin_brief(copy, dict(told), profile)
        case _:
            return _on_paper(copy, operation, profile)


def _on_paper(copy: Copy, operation: Operation, profile: Profile) -> Copy:
    match operation:
        case PaperText(id, was, value):
            return _write(copy, id, merged(id, was, bounded(value), paper.text_of(copy, id)))
        case Mend(id, start, end, was, value):
            text = paper.text_of(copy, id)
            if text[start:end] != was or start > end:
                raise InputError("这一处已改动，请等校核结果刷新")
            return _write(copy, id, text[:start] + bounded(value) + text[end:])
        case Lock(id, locked):
            return paper.lock(copy, id, locked=locked)
        case DeletePoint(id):
            return paper.delete_point(copy, id, profile)
        case DeleteBlock(id):
            return paper.delete_block(copy, id, profile)
        case AddBlock(after, text):
            return paper.add_block(copy, after, bounded(text))
        case Take(id):
            return paper.take(copy, id)
        case Decline(id):
            return paper.decline(copy, id)
        case Settle(id, value):
            return _settled(copy, id, value)
        case Undo():
            raise InputError("没有可以撤销的操作")
        case _:
            raise TypeError(operation)


def _write(copy: Copy, id: str, text: str) -> Copy:
    """A heading's text is its section's too, wherever it is typed."""
    if not id.startswith("p"):
        block = copy.block(id)
        section = next((one.id for one in copy.sections if one.id == block.section), "")
        if section and sections.heading_of(copy, section) == block:
            return sections.rename(copy, section, line(text))
    return paper.write(copy, id, text)


def _fact(copy: Copy, id: str, field: str, was: str, value: str) -> Copy:
    section, fact = next((one for one in copy.facts() if one[1].id == id), None) or _missing(id)
    if field == "date":
        standing = fact.date.isoformat() if fact.date else ""
        if standing not in (was, value):
            raise Clashing(Clash(id, value, standing, ""))
        changed = replace(fact, date=head.day(value))
    else:
        standing = fact.text if field == "text" else fact.source
        text = facts.of_fact(merged(id, line(was), line(value), standing))
        changed = replace(fact, text=text) if field == "text" else replace(fact, source=text)
    own = copy.section(section)
    return copy.with_section(replace(own, facts=tuple(changed if one.id == id else one for one in own.facts)))


def _settled(copy: Copy, id: str, value: str) -> Copy:
    """The text that somebody chose of two; the clash is over. Whoever keeps theirs keeps what they have typed there since, too."""
    clash = next((one for one in copy.clashes if one.id == id), None) or _missing(id)
    copy = replace(copy, clashes=tuple(one for one in copy.clashes if one is not clash))
    if value == clash.mine:
        return copy
    if id in HEAD_FIELDS and copy.head is not None:
        return head.write(copy, id, head.told(copy.head, id), value)
    fact = next((fact for _, fact in copy.facts() if fact.id == id), None)
    if fact is not None:
        return _fact(copy, id, "text", fact.text, value)
    if any(one.id == id for one in copy.sections):
        return sections.rename(copy, id, line(value))
    return _write(copy, id, bounded(value))


def _missing(id: str) -> NoReturn:
    raise LookupError(id)
