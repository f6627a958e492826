"""Reports as plain text: one block a line, an empty line after the title and one before the signature."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.documents.lines import Place
from drafting.report import BlockType, Report

_CLOSING: tuple[BlockType, ...] = ("signature", "date")


def text(report: Report) -> str:
    """The whole text with a final line feed."""
    return "".join(f"{line}\n" for line, _ in _lines(report))


def places(report: Report) -> tuple[Place, ...]:
    """Where each block begins in that text."""
    return tuple(Place(number, 1) for number, (_, begins) in enumerate(_lines(report), start=1) if begins)


def _lines(report: Report) -> Iterator[tuple[str, bool]]:
    """The lines, and whether a block begins with each."""
    before: BlockType | None = None
    for block in report.blocks:
        after_title = before == "title" and block.type != "title"
        if after_title or (block.type in _CLOSING and before is not None and before not in _CLOSING):
            yield "", False
        first, *rest = block.text.split("\n")
        yield first, True
        yield from ((line, False) for line in rest)
        before = block.type
