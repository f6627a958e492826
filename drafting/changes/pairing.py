"""Pairing: two sequences laid beside each other in order, so that what stands side by side is as much alike as can be."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import fast_diff_match_patch as matching
from rapidfuzz.fuzz import partial_ratio

_CELLS = 60_000
_BAND = 40
_FIRST = 0x4E00
_CONTAINED, _SHORTEST_CONTAINED, _LONGER = 85.0, 5, 2.5

Likeness = Callable[[int, int, int, int], float]
"""How much old[i:i2] and new[j:j2] are alike, by the four indexes; 0 where they are no version of each other."""
Pair = tuple[int, int, int, int]
"""old[i:i2] became new[j:j2]."""


def script(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[str, int]]:
    """The shortest way from one to the other: how many stay (=), go (-) or come (+), in order. The library compares strings: each item is
    made one character, clear of the surrogates."""
    letters: dict[Hashable, str] = {}
    for item in (*old, *new):
        if item not in letters:
            code = _FIRST + len(letters)
            letters[item] = chr(code if code < 0xD800 else code + 0x800)
    return list(
        matching.diff(
            "".join(map(letters.__getitem__, old)),
            "".join(map(letters.__getitem__, new)),
            timelimit=0,
            checklines=False,
            cleanup="No",
            counts_only=True,
        )
    )


def common(old: Sequence[Hashable], new: Sequence[Hashable], weights: Sequence[int]) -> list[tuple[int, int]]:
    """The indexes of the common subsequence that weighs most, `weights` being those of the old items: of two that changed places the longer stays.

    Where the sequences are long it is a longest one, whatever it weighs.
    """
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    ours, theirs = old[head : len(old) - tail], new[head : len(new) - tail]
    found = _heaviest if len(ours) * len(theirs) <= _CELLS else _longest
    inside = [(i + head, j + head) for i, j in found(ours, theirs, weights[head:])]
    ends = [(len(old) - at, len(new) - at) for at in range(tail, 0, -1)]
    return [*((at, at) for at in range(head)), *inside, *ends]


def _heaviest(old: Sequence[Hashable], new: Sequence[Hashable], weights: Sequence[int]) -> list[tuple[int, int]]:
    sums = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        item, weight, row, below = old[i], weights[i], sums[i], sums[i + 1]
        for j in range(len(new) - 1, -1, -1):
            if item == new[j]:
                row[j] = max(weight + below[j + 1], below[j], row[j + 1])
            else:
                row[j] = below[j] if below[j] >= row[j + 1] else row[j + 1]
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if old[i] == new[j] and sums[i][j] == weights[i] + sums[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif sums[i][j] == sums[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _longest(old: Sequence[Hashable], new: Sequence[Hashable], _: Sequence[int]) -> list[tuple[int, int]]:
    pairs, i, j = [], 0, 0
    for operation, count in script(old, new):
        if operation == "=":
            pairs += [(i + step, j + step) for step in range(count)]
        i += count if operation != "+" else 0
        j += count if operation != "-" else 0
    return pairs


def best(old: int, new: int, likeness: Likeness, joined: int = 1) -> list[Pair]:
    """The pairs, in order and without overlap, whose squared likenesses have the greatest sum, so that one good pair is worth more than two
    poor ones. Up to `joined` items of one side may stand beside one of the other.

    Where the sequences are long only pairs of one and one near the diagonal are looked at: the time is linear then.
    """
    width, joined = (max(old, new), joined) if old * new <= _CELLS else (_BAND, 1)
    slope = new / old if old else 0.0
    lows = [max(0, int(i * slope) - width) for i in range(old)]
    highs = [min(new, int((i + 1) * slope) + width + 1) for i in range(old)]
    sums: list[list[float]] = [[] for _ in range(old)]
    choices: dict[tuple[int, int], Pair] = {}

    def rest(i: int, j: int) -> float:
        if i >= old or j >= highs[i]:
            return 0.0
        return sums[i][max(0, j - lows[i])]

    for i in range(old - 1, -1, -1):
        row = sums[i] = [0.0] * (highs[i] - lows[i])
        following = 0.0
        for j in range(highs[i] - 1, lows[i] - 1, -1):
            most, choice = max(rest(i + 1, j), following), None
            for i2, j2 in _shapes(i, j, old, new, joined):
                score = likeness(i, i2, j, j2)
                if score and (total := score * score + rest(i2, j2)) > most:
                    most, choice = total, (i, i2, j, j2)
            if choice:
                choices[i, j] = choice
            row[j - lows[i]] = following = most
    return _walked(old, new, lows, highs, rest, choices)


def contained(one: str, other: str) -> bool:
    """Does the much longer of the two hold the shorter one, nearly as it stands? A sentence that got three more clauses is still that sentence."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < _SHORTEST_CONTAINED or longer < _LONGER * shorter:
        return False
    return partial_ratio(one, other, score_cutoff=_CONTAINED) > 0


def _shapes(i: int, j: int, old: int, new: int, joined: int) -> list[tuple[int, int]]:
    """One beside one, then one beside more and more beside one."""
    shapes = [(i + 1, j + 1)]
    for more in range(2, joined + 1):
        shapes += [(i + more, j + 1)] if i + more <= old else []
        shapes += [(i + 1, j + more)] if j + more <= new else []
    return shapes


def _walked(
    old: int,
    new: int,
    lows: Sequence[int],
    highs: Sequence[int],
    rest: Callable[[int, int], float],
    choices: dict[tuple[int, int], Pair],
) -> list[Pair]:
    pairs: list[Pair] = []
    i = j = 0
    while i < old and j < new:
        if j < lows[i]:
            j += 1
        elif j >= highs[i]:
            i += 1
        elif (i, j) in choices:
            pairs.append(choices[i, j])
            _, i, _, j = choices[i, j]
        elif rest(i, j) == rest(i + 1, j):
            i += 1
        else:
            j += 1
    return pairs
