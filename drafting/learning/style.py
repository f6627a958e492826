"""Style figures: how a report is built and how it sounds, in numbers that say nothing of what it tells; and how far two are apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import mean

from drafting.learning.exemplar import ENUMERATOR, Exemplar

CONNECTIVES = (
    "进一步", "切实", "不断", "深入", "认真", "扎实", "积极", "大力", "全面", "始终", "充分", "注重", "同时", "持续", "着力",
)  # fmt: skip
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_GIST = re.compile(r"[^，。：；]+")


@dataclass(frozen=True, slots=True)
class Style:
    """Means over one or more reports; lengths in characters.

    `sentence`: between full stops and semicolons. `enumerated`: the share of sections with 一是. `gist`: the words behind an enumerator
    up to the first mark. `points` and `section`: of a section. `two_part`: the share of headings of two phrases with a comma.
    `connectives`: in a thousand characters.
    """

    sentence: float
    enumerated: float
    gist: float
    points: float
    section: float
    two_part: float
    connectives: float

    def as_dict(self) -> dict[str, float]:
        return asdict(self)

    def distance(self, other: Style) -> float:
        """0 where all figures are the same, towards 1 the further they are apart: the mean of |a − b| ÷ max(a, b)."""
        pairs = zip(self.as_dict().values(), other.as_dict().values(), strict=True)
        return mean(abs(one - two) / max(one, two) if max(one, two) else 0.0 for one, two in pairs)


def style(exemplars: Sequence[Exemplar]) -> Style:
    """The figures of some reports together; each has at least one section."""
    sections = [section for one in exemplars for section in one.sections]
    text = "\n".join(one.text for one in exemplars)
    sentences = [found.group().strip() for found in _SENTENCE.finditer(text) if len(found.group().strip()) > 1]
    gists = [
        found.group()
        for section in sections
        for paragraph in section.paragraphs
        for mark in ENUMERATOR.finditer(paragraph.text)
        if (found := _GIST.match(paragraph.text, mark.end()))
    ]
    enumerated = [any(ENUMERATOR.search(one.text) for one in section.paragraphs) for section in sections]
    return Style(
        sentence=mean(map(len, sentences)) if sentences else 0.0,
        enumerated=mean(enumerated) if enumerated else 0.0,
        gist=mean(map(len, gists)) if gists else 0.0,
        points=mean(section.points for section in sections) if sections else 0.0,
        section=mean(section.length for section in sections) if sections else 0.0,
        two_part=mean("，" in section.heading.text for section in sections) if sections else 0.0,
        connectives=1000 * sum(text.count(word) for word in CONNECTIVES) / max(1, len(text)),
    )
