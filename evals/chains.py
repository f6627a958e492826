"""Chains: numbers that count on — 一、二、三、 or 一是、二是、三是 — and where they break.

Real documents start again at any 一、, nest a list in an item of another, and count （一）…（二十五） on across 一、二、三、. So a number is
right where it starts a list or goes on from one that is still open; what is open depends on where the list stands (`Link.scope`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

BreakKind = Literal["skip", "repeat"]


@dataclass(frozen=True, slots=True)
class Link:
    """One number of a chain. `opens`: it stands at the head of its paragraph; `scope` tells apart the sections it stands in.

    `after` is the mark of punctuation that it stands behind, where that is known.
    """

    value: int
    block: int
    start: int
    end: int
    opens: bool = True
    scope: int = 0
    after: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A link that does not follow `before`, the last of the innermost open list; None where no list is open."""

    kind: BreakKind
    link: Link
    before: Link | None

    @property
    def expected(self) -> int:
        return self.before.value + 1 if self.before else 1


@dataclass(frozen=True, slots=True)
class Nesting:
    """A list that starts at `inner` inside the item `outer` of another list of the same kind."""

    outer: Link
    inner: Link


@dataclass(frozen=True, slots=True)
class Chains:
    breaks: tuple[Break, ...]
    nestings: tuple[Nesting, ...]


@dataclass(slots=True)
class _List:
    first: Link
    last: Link

    @property
    def single(self) -> bool:
        return self.first is self.last and self.first.value == 1


Excused = Callable[[Link, Link | None], bool]


def follow(links: Iterable[Link], excused: Excused, *, lone_pairs: bool = False) -> Chains:
    """Follows links of one kind in reading order. `lone_pairs`: one 一是 beside another and no 二是 is an idiom, not a repetition.

    `excused` is asked about a link that follows none before it is called a break, with the link that stands before it: between the
    two its predecessor may stand under another name (首先 for 一是) or inside a line (注：1、…).
    """
    follower = _Follower(excused, lone_pairs)
    for link in links:
        follower.take(link)
    return follower.result()


class _Follower:
    def __init__(self, excused: Excused, lone_pairs: bool) -> None:
        self._excused = excused
        self._lone_pairs = lone_pairs
        self._open: list[_List] = []  # innermost last
        self._breaks: list[Break] = []
        self._nestings: list[Nesting] = []

    def take(self, link: Link) -> None:
        if self._open and self._open[-1].last.scope != link.scope:
            self._leave_scope()
        depth = self._continued_by(link)
        if depth is not None:
            self._close_inner(depth)
            self._open[depth].last = link
        elif link.value == 1:
            self._start(link)
        else:
            self._break_off(link)

    def result(self) -> Chains:
        self._leave_scope()
        by_place = sorted(self._breaks, key=lambda found: (found.link.block, found.link.start))
        return Chains(tuple(by_place), tuple(self._nestings))

    def _continued_by(self, link: Link) -> int | None:
        """The list that the link goes on from: the innermost, or an outer one whose links stand as this one does.

        Of several that have come to its number it is the one behind whose last link the same mark stands: in 一是…。二是…：一是…，二是…。三是…
        the last is the outer list's.
        """
        depths = [depth for depth in reversed(range(len(self._open))) if self._goes_on(link, depth)]
        alike = [depth for depth in depths if self._open[depth].last.after == link.after]
        return next(iter(alike or depths), None)

    def _goes_on(self, link: Link, depth: int) -> bool:
        last = self._open[depth].last
        reached = depth == len(self._open) - 1 or last.block == link.block or (last.opens and link.opens)
        return last.value == link.value - 1 and reached

    def _start(self, link: Link) -> None:
        outer = self._open[-1].last if self._open else None
        if outer and outer.block == link.block and outer.opens and outer.value > 1:
            self._nestings.append(Nesting(outer, link))
        # A section that starts its own list no longer goes on from the one before it.
        self._open = [one for one in self._open if one.last.scope == link.scope]
        self._open.append(_List(link, link))

    def _break_off(self, link: Link) -> None:
        if self._begun_twice(link):
            first, second = self._open[-2:]
            self._breaks.append(Break("repeat", second.first, first.last))
            self._open[-2:] = [_List(first.first, link)]
            return
        before = self._open[-1].last if self._open else None
        if before and before.scope != link.scope and link.value <= before.value:
            before = None  # a new section's own list, whose beginning is what is missing
        if not self._excused(link, before):
            self._breaks.append(Break("repeat" if before and link.value <= before.value else "skip", link, before))
        self._open[-1:] = [_List(link, link)]

    def _begun_twice(self, link: Link) -> bool:
        """一是, 一是, 三是: the second was meant for 二是, and 三是 is right."""
        return link.value == 3 and len(self._open) > 1 and all(one.single for one in self._open[-2:])

    def _close_inner(self, depth: int) -> None:
        inner = self._open[depth + 1 :]
        outer = self._open[depth].last
        if inner and all(nesting.inner is not inner[0].first for nesting in self._nestings):
            self._nestings.append(Nesting(outer, inner[0].first))
        self._call_singles(inner)
        del self._open[depth + 1 :]

    def _leave_scope(self) -> None:
        """A new section may go on from the list that the last one ended with, and from no other."""
        self._call_singles(self._open)
        del self._open[:-1]

    def _call_singles(self, lists: list[_List]) -> None:
        """一、 and again 一、: a list of one item that nothing went on from was meant to be counted on."""
        for one, following in pairwise(lists):
            if following.first.value != 1 or following.first.scope != one.last.scope:
                continue
            if one.single and not (self._lone_pairs and following.single):
                self._breaks.append(Break("repeat", following.first, one.last))
