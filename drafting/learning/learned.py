"""What was learned of a kind of report, and from where: a profile in the making."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from drafting.errors import InputError
from drafting.learning import formulas, phrases
from drafting.learning.exemplar import ENUMERATOR, Exemplar
from drafting.learning.formulas import Formula
from drafting.learning.phrases import Phrase
from drafting.learning.privacy import Sieve
from drafting.learning.style import CONNECTIVES, Style, style
from drafting.profile import PointStyle, Profile

_ENUMERATED = 0.3
"""From this share of sections on a kind is written with 一是, 二是."""
_NUMBERS = (
    (re.compile(r"^第[一二三四五六七八九十]+([部章节]分?)$"), "第一{}"),
    (re.compile(r"^[（(][一二三四五六七八九十]+[）)]$"), "（一）"),
    (re.compile(r"^[一二三四五六七八九十]+[、.．]$"), "一、"),
    (re.compile(r"^\d+[.．、]$"), "1."),
    (re.compile(r"^[（(]\d+[）)]$"), "（1）"),
)
_ORDINALS = {
    "首": ("首先，", "其次，", "再次，", "最后，"),
    "第": tuple(f"第{one}，" for one in "一二三四五六七八九十"),
}
_LONGEST = 12
"""Characters of a section's name; what is longer tells what was done rather than what sections are about."""
_BESIDE = 0.4
"""Sections are let be this much shorter or longer than those that were seen."""


@dataclass(frozen=True, slots=True)
class SectionSeen:
    """A section that the kind knows: the part of its heading that names no topic, and where it was seen."""

    name: str
    where: str
    required: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """`base` is the kind that it refines; what was not learned is that one's. `left_out` are headings of which nothing could be kept."""

    base: Profile
    sources: tuple[str, ...]
    style: Style
    sections: tuple[SectionSeen, ...]
    left_out: int
    numbering: tuple[str, ...]
    point_style: PointStyle
    enumerators: tuple[str, ...]
    points_per_section: tuple[int, int]
    section_length: tuple[int, int]
    lead: Formula
    outlook: Formula
    diction: tuple[str, ...]
    phrases: tuple[Phrase, ...]


def learn(exemplars: Sequence[Exemplar], base: Profile, barred: Collection[str] = ()) -> Learned:
    """What exemplars of one kind have in common. `barred` are words that no profile may hold: campaigns and the like.

    Raises InputError for exemplars of two kinds.
    """
    kinds = {one.report.kind: one.name for one in exemplars if one.report.kind}
    if len(kinds) > 1:
        told = "、".join(f"{name}（{kind}）" for kind, name in kinds.items())
        raise InputError(f"这些范文不是同一个文种：{told}；请分开学")
    own = {word for one in exemplars for word in (one.report.organ, one.report.topic) if word}
    sieve = Sieve(frozenset({*barred, *own}))
    figures = style(exemplars)
    sections, left_out = _sections(exemplars, sieve)
    lengths = [section.length for one in exemplars for section in one.sections if section.length]
    point_style, enumerators = _point_style(exemplars, figures), _enumerators(exemplars, base)
    return Learned(
        base=base,
        sources=tuple(one.name for one in exemplars),
        style=figures,
        sections=sections,
        left_out=left_out,
        numbering=_numbering(exemplars, base),
        point_style=point_style,
        enumerators=enumerators,
        points_per_section=(1, max(2, min(len(enumerators) or 10, round(figures.points)))),
        section_length=(max(20, round(min(lengths) * _BESIDE)), round(max(lengths) * (2 - _BESIDE))),
        lead=formulas.lead(exemplars, base.lead[0]) if base.lead else Formula(""),
        outlook=formulas.outlook(exemplars, base.outlook_formula),
        diction=(*base.diction, *_diction(exemplars, figures)),
        phrases=phrases.recurring(exemplars, sieve),
    )


def _sections(exemplars: Sequence[Exemplar], sieve: Sieve) -> tuple[tuple[SectionSeen, ...], int]:
    """Sections in the order of the first exemplar that has them; required where there are several exemplars and each has it."""
    seen: dict[str, list[str]] = {}
    left_out = 0
    for one in exemplars:
        for section in one.sections:
            halves = [
                half
                for half in re.split(r"[，,；、：\s]", section.heading.text)
                if len(half) <= _LONGEST and sieve.passes(half)
            ]
            if halves:
                seen.setdefault(halves[0], []).append(f"{one.name}:{section.heading.line}")
            else:
                left_out += 1
    several = len(exemplars) > 1
    made = (
        SectionSeen(name, places[0], several and len({place.rsplit(":", 1)[0] for place in places}) == len(exemplars))
        for name, places in seen.items()
    )
    return tuple(made), left_out


def _numbering(exemplars: Sequence[Exemplar], base: Profile) -> tuple[str, ...]:
    sections = [section for one in exemplars for section in one.sections]
    first = _sample([section.number for section in sections])
    second = _sample([block.number for section in sections for block in section.subheadings if block.level == 2])
    learned = (first or base.numbering[0], second or (base.numbering[1] if len(base.numbering) > 1 else ""))
    return (*filter(None, learned), *base.numbering[2:])


def _sample(numbers: Sequence[str]) -> str:
    """The first of the numbers' kind: 三、 is one of 一、"""
    kinds: Counter[str] = Counter()
    for number in numbers:
        for pattern, sample in _NUMBERS:
            match = pattern.match(number.strip())
            if match:
                kinds[sample.format(*match.groups())] += 1
                break
    return kinds.most_common(1)[0][0] if kinds else ""


def _point_style(exemplars: Sequence[Exemplar], figures: Style) -> PointStyle:
    sections = [section for one in exemplars for section in one.sections]
    if sum(bool(section.subheadings) for section in sections) * 2 >= len(sections):
        return "headed"
    return "enumerated" if figures.enumerated >= _ENUMERATED else "plain"


def _enumerators(exemplars: Sequence[Exemplar], base: Profile) -> tuple[str, ...]:
    words = Counter(
        match["word"][0]
        for one in exemplars
        for section in one.sections
        for paragraph in section.paragraphs
        for match in ENUMERATOR.finditer(paragraph.text)
    )
    most = words.most_common(1)[0][0] if words else ""
    return _ORDINALS.get(most, base.enumerators)


def _diction(exemplars: Sequence[Exemplar], figures: Style) -> list[str]:
    """Style as instructions to a writer; of words only those of our own list."""
    told = [f"每句约{round(figures.sentence)}字"] if figures.sentence else []
    if figures.gist:
        told.append(f"概括语约{max(4, min(12, round(figures.gist)))}字")
    text = "\n".join(one.text for one in exemplars)
    used = [word for word, many in Counter({word: text.count(word) for word in CONNECTIVES}).most_common(4) if many > 1]
    if used:
        told.append(f"适当用{''.join(f'“{word}”' for word in used)}承接")
    return told
