"""Repetition: the same paragraph or sentence twice, near-duplicates too (S113)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from drafting.memory import remembered
from drafting.report import BlockType
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

_PROSE: tuple[BlockType, ...] = ("lead", "paragraph", "outlook")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_ENUMERATOR = re.compile(
    r"^\s*(?:(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})[是、.．，]|[（(][一二三四五六七八九十\d]{1,3}[）)]|首先|其次|再次|最后|同时|此外|另外)+"
)
_ASIDE = re.compile(r"(?<!\s)\s*（[^（）]*）[。；]?")
"""Who is responsible, set under every item of a plan: （各有关部门按职责分工负责）."""
_NOT_LETTER = re.compile(r"[\W_]+")
_NUMERAL = re.compile(r"\d+(?:\.\d+)?|(?<!逐)第?[零〇一二三四五六七八九十百千万亿]+")

_SAME = 18
"""Characters without punctuation. A shorter sentence that comes twice is a formula (现将有关情况报告如下)."""
_NEAR = 28
_ALIKE = 92
"""Per cent of rapidfuzz's ratio. At 28 characters that lets two of them differ."""
_SHINGLE = 7
_STRIDE = 3
_HOLDERS = 6
"""A run of characters that more passages share is a set phrase and tells nothing."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """A paragraph or a sentence; `letters` is its text without enumerator and punctuation."""

    block: int
    start: int
    end: int
    letters: str

    @property
    def numerals(self) -> list[str]:
        return _NUMERAL.findall(self.letters)


@rule(code="S113", name="内容重复", name_en="the same text twice", severity="warning", basis="practice")
def repeated(document: Examined) -> Iterator[Finding]:
    """Two sentences that differ in a number are two facts. A paragraph that comes again is told once, not sentence by sentence."""
    told: set[int] = set()
    for again, before in _pairs(list(_paragraphs(document)), near=False):
        told.add(again.block)
        yield _finding(document, again, before, "一段", "paragraph")
    sentences = [one for one in _sentences(document) if one.block not in told]
    for again, before in _joined(_pairs(sentences, near=True)):
        yield _finding(document, again, before, "一句", "sentence")


def _joined(pairs: Iterable[tuple[_Passage, _Passage]]) -> Iterator[tuple[_Passage, _Passage]]:
    """Sentences that follow one another both times are told as one passage."""
    held: tuple[_Passage, _Passage] | None = None
    for again, before in pairs:
        if held and _follows(again, held[0]) and _follows(before, held[1]):
            held = _through(held[0], again), _through(held[1], before)
            continue
        if held:
            yield held
        held = again, before
    if held:
        yield held


def _follows(passage: _Passage, other: _Passage) -> bool:
    return passage.block == other.block and passage.start == other.end


def _through(first: _Passage, last: _Passage) -> _Passage:
    return replace(first, end=last.end, letters=first.letters + last.letters)


def _paragraphs(document: Examined) -> Iterator[_Passage]:
    for index, _ in document.of_type(*_PROSE):
        text = document.texts[index]
        if len(_SENTENCE.findall(text)) > 1:
            yield _Passage(index, 0, len(text), _letters(text))


def _sentences(document: Examined) -> Iterator[_Passage]:
    for index, _ in document.of_type(*_PROSE):
        for match in _SENTENCE.finditer(document.texts[index]):
            if len(match.group()) > _SAME and not _ASIDE.fullmatch(match.group()):
                yield _Passage(index, match.start(), match.end(), _letters(match.group()))


@remembered(4096)
def _letters(text: str) -> str:
    return _NOT_LETTER.sub("", _ENUMERATOR.sub("", text))


def _pairs(passages: list[_Passage], *, near: bool) -> Iterator[tuple[_Passage, _Passage]]:
    """Every passage that says what one before it says, with the first such; nearly the same too where `near`."""
    exact: dict[str, _Passage] = {}
    shingles: dict[str, list[_Passage]] = {}
    for passage in passages:
        if len(passage.letters) < _SAME:
            continue
        before = exact.get(passage.letters) or (_alike(passage, shingles) if near else None)
        if before is not None:
            yield passage, before
            continue
        exact[passage.letters] = passage
        if near and len(passage.letters) >= _NEAR:
            for at in range(0, len(passage.letters) - _SHINGLE + 1, _STRIDE):
                shingles.setdefault(passage.letters[at : at + _SHINGLE], []).append(passage)


def _alike(passage: _Passage, shingles: dict[str, list[_Passage]]) -> _Passage | None:
    """One that shares a run of characters with this one; runs are kept at every third place and looked up at all."""
    letters = passage.letters
    if len(letters) < _NEAR:
        return None
    tried: set[int] = set()
    for at in range(len(letters) - _SHINGLE + 1):
        for other in shingles.get(letters[at : at + _SHINGLE], ())[:_HOLDERS]:
            if id(other) in tried:
                continue
            tried.add(id(other))
            if fuzz.ratio(letters, other.letters, score_cutoff=_ALIKE) and passage.numerals == other.numerals:
                return other
    return None


def _finding(document: Examined, again: _Passage, before: _Passage, what: str, what_en: str) -> Finding:
    line, _ = document.place(before.block, before.start)
    quote = document.texts[before.block][before.start : before.end].strip()
    shown = quote if len(quote) <= 20 else f"{quote[:20]}…"
    same = "相同" if again.letters == before.letters else "几乎相同"
    return repeated.finding(
        document,
        again.block,
        again.start,
        again.end,
        f"这{what}与第{line}行“{shown}”{same}",
        f"this {what_en} was said on line {line}",
        evidence=f"第{line}行",
    )
