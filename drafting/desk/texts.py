"""Texts on the desk: bounded, in one line, and put together where two tabs changed one of them."""

from __future__ import annotations

from itertools import pairwise

from drafting.changes.edits import edits
from drafting.desk.copy import Clash
from drafting.errors import InputError

_LONGEST = 100_000


class Clashing(Exception):
    """The text that an operation is about has changed at the same place; the copy is as it was."""

    def __init__(self, clash: Clash) -> None:
        self.clash = clash
        super().__init__(clash.id)


def merged(id: str, was: str, value: str, standing: str) -> str:
    """`value`, made of `was`, on top of what stands by now. Raises Clashing where both changed the same place."""
    text = together(was, value, standing)
    if text is None:
        raise Clashing(Clash(id, value, standing, ""))
    return text


def together(was: str, mine: str, theirs: str) -> str | None:
    """The text with both edits of `was`; None where they clash.

    together(x, x, y) = y, together(x, y, x) = y, together(x, y, y) = y.
    """
    if mine in (was, theirs):
        return theirs
    if theirs == was:
        return mine
    changed = sorted(
        (edit.old_start, edit.old_end, text[edit.new_start : edit.new_end])
        for text in (mine, theirs)
        for edit in edits(was, text)
    )
    if any(later[0] <= earlier[1] for earlier, later in pairwise(changed)):
        return None
    for start, end, words in reversed(changed):
        was = was[:start] + words + was[end:]
    return was


def line(text: str) -> str:
    """One line: a fact, a heading."""
    return bounded(" ".join(text.splitlines()))


def bounded(text: str) -> str:
    """The text. Raises InputError for one too long, or with what no file could hold."""
    if len(text) > _LONGEST:
        raise InputError(f"这一段有 {len(text)} 字，超过上限 {_LONGEST} 字")
    if "\0" in text:
        raise InputError("文字里有不能保存的字符")
    return text
