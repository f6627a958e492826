"""Reading of real documents against a key made by hand: headings found, their levels, and the other roles.

python -m tests.benchmarks.reading
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from drafting.documents.reading import Reading, read
from drafting.report import Block

KEY = Path(__file__).parents[1] / "data" / "headings.tsv"
DATA = Path(__file__).parents[2].parent / "shared" / "data"
_PARTICULARS = ("organ", "topic", "period", "kind", "issued")
_HEADED = ("heading", "run-in")
# The line's opening tells an enumeration; the reader keeps it as a paragraph that begins on that line.
_ALSO: Mapping[str, str] = {"run-in": "paragraph", "enumeration": "paragraph"}


@dataclass(frozen=True, slots=True)
class Keyed:
    """A document of the key: the role and the level of each line that has one, 0 where it is no heading.

    `run-in` is a numbered heading with its text behind it on the line, `enumeration` an item 一是…. Attachments' own titles, signatures and
    dates are not in the key.
    """

    name: str
    sha256: str
    roles: Mapping[int, tuple[str, int]]

    def path(self) -> Path | None:
        """The document, where the very file that the key was made from is at hand."""
        path = DATA / self.name
        same = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256
        return path if same else None


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of lines: headings (run-in ones too) in the key, found, with the level right; headings that are none; other roles."""

    keyed: int = 0
    found: int = 0
    levels: int = 0
    wrong: int = 0
    roles: int = 0
    roles_right: int = 0
    amiss: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.keyed + other.keyed,
            self.found + other.found,
            self.levels + other.levels,
            self.wrong + other.wrong,
            self.roles + other.roles,
            self.roles_right + other.roles_right,
            self.amiss + other.amiss,
        )

    @property
    def recall(self) -> float:
        return self.found / self.keyed

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong)

    @property
    def level_share(self) -> float:
        """The share of the key's headings that were found with their level right."""
        return self.levels / self.keyed


def documents() -> list[Keyed]:
    """The key, one entry a document."""
    roles: dict[tuple[str, str], dict[int, tuple[str, int]]] = {}
    with KEY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            of_one = roles.setdefault((row["document"], row["sha256"]), {})
            of_one[int(row["line"])] = (row["role"], int(row["level"]))
    return [Keyed(name, sha256, of_one) for (name, sha256), of_one in roles.items()]


def score(keyed: Keyed, reading: Reading) -> Score:
    """What the reading has of the key."""
    blocks = _by_line(reading)
    total = Score()
    for line, (role, level) in keyed.roles.items():
        block = blocks.get(line)
        found = block is not None and _is(block, role)
        right = found and (role not in _HEADED or (block is not None and block.level == level))
        amiss = () if right else (f"{line} {role}{level or ''}: {_told(block)}",)
        if role in _HEADED:
            total += Score(keyed=1, found=int(found), levels=int(right), amiss=amiss)
        else:
            total += Score(roles=1, roles_right=int(found), amiss=amiss)
    for line, block in blocks.items():
        if block.type == "heading" and keyed.roles.get(line, ("", 0))[0] != "heading":
            total += Score(wrong=1, amiss=(f"{line} -: {_told(block)}",))
    return total


def _by_line(reading: Reading) -> dict[int, Block]:
    lines: dict[int, Block] = {}
    for block, place in zip(reading.report.blocks, reading.places, strict=True):
        for after in range(block.text.count("\n") + 1):
            lines[place.line + after] = block
    return lines


def _is(block: Block, role: str) -> bool:
    if role == "run-in":
        return block.type in ("paragraph", "outlook") and bool(block.number)
    return block.type == _ALSO.get(role, role)


def _told(block: Block | None) -> str:
    return "nothing" if block is None else f"{block.type}{block.level or ''}"


def scores() -> Iterator[tuple[str, Score]]:
    """Document by document; those that are not at hand, or changed since, are left out."""
    for keyed in documents():
        path = keyed.path()
        if path is not None:
            yield keyed.name, score(keyed, read(path))


def particulars_told() -> Counter[str]:
    """How many of the documents at hand tell each of their particulars; `documents` is how many there are."""
    told: Counter[str] = Counter()
    for path in sorted(DATA.glob("*/*.txt")):
        if path.parent.name in ("reports", "exemplar"):
            report = read(path).report
            told["documents"] += 1
            told.update(name for name in _PARTICULARS if getattr(report, name))
    return told


def main() -> None:
    total = Score()
    sys.stdout.write(f"{'document':44} {'key':>4} {'found':>5} {'wrong':>5} {'missed':>6} {'levels':>6} {'roles':>7}\n")
    for name, of_one in scores():
        sys.stdout.write(_row(name, of_one))
        total += of_one
        for line in of_one.amiss:
            sys.stdout.write(f"    line {line}\n")
    if not total.keyed:
        sys.exit("the documents of the key are not at hand")
    sys.stdout.write(_row("all", total))
    sys.stdout.write(
        f"recall {total.recall:.3f}  precision {total.precision:.3f}  levels right {total.level_share:.3f}\n"
    )

    told = particulars_told()
    sys.stdout.write(f"told by {told['documents']}: {'  '.join(f'{name} {told[name]}' for name in _PARTICULARS)}\n")


def _row(name: str, of_one: Score) -> str:
    missed, roles = of_one.keyed - of_one.found, f"{of_one.roles_right}/{of_one.roles}"
    return f"{name:44} {of_one.keyed:4} {of_one.found:5} {of_one.wrong:5} {missed:6} {of_one.levels:6} {roles:>7}\n"


if __name__ == "__main__":
    main()
