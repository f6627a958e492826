"""Likeness: how much a block of one version is like a block of the other."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from drafting.changes import pairing
from drafting.report import Block, BlockType

ALIKE, NEARLY = 50.0, 85.0
"""Percent, by the longest common subsequence of characters: the same block changed, and the same block hardly changed."""
ONCE: frozenset[BlockType] = frozenset(("title", "recipient", "lead", "signature", "date"))
"""What a document has one of."""
_STRUCTURE: frozenset[BlockType] = frozenset(("title", "heading", "signature", "date"))
_SAME_HEADING, _SAME_ROLE = 25.0, 5.0
_LONG = 1_000_000


def words(block: Block) -> str:
    """A block's text without its number: 三、 may become 二、 when a section goes, and it is the same section."""
    return block.text[len(block.number) :]


class Likeness:
    """The blocks of both versions with their words, by their indexes; what was compared and is very long is remembered."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new
        self.old_words, self.new_words = [words(block) for block in old], [words(block) for block in new]
        self._known: dict[tuple[int, int], float] = {}

    def nearly(self, i: int, j: int) -> float:
        """Percent where the two are hardly different, else 0."""
        return 0.0 if self._of_other_kinds(i, j) else self._ratio(i, j, NEARLY)

    def roughly(self, i: int, j: int) -> float:
        """Percent where one may be a version of the other that stands in its place, else 0.

        A heading over the same place is the same one reworded sooner than a paragraph is. Of what a document has one of, the new one stands
        for the old one however little is left of it. A paragraph that got several times as long is still that paragraph.
        """
        one, other = self.old[i], self.new[j]
        if self._of_other_kinds(i, j):
            return 0.0
        if one.type == other.type and one.type in ONCE:
            return max(self._ratio(i, j, 0), _SAME_ROLE)
        if one.type == other.type == "heading":
            return self._ratio(i, j, _SAME_HEADING if one.level == other.level else ALIKE)
        score = self._ratio(i, j, ALIKE)
        return ALIKE if not score and pairing.contained(self.old_words[i], self.new_words[j]) else score

    def _of_other_kinds(self, i: int, j: int) -> bool:
        """A paragraph may become a lead; a heading does not become a date."""
        types = {self.old[i].type, self.new[j].type}
        return len(types) > 1 and not types.isdisjoint(_STRUCTURE)

    def _ratio(self, i: int, j: int, least: float) -> float:
        one, other = self.old_words[i], self.new_words[j]
        if len(one) * len(other) < _LONG:
            return ratio(one, other, score_cutoff=least)
        if (i, j) not in self._known:
            self._known[i, j] = ratio(one, other)
        return self._known[i, j] if self._known[i, j] >= least else 0.0
