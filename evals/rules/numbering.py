"""Heading numbers: 一、（一）1.（1）counted on without a gap (S104), no level left out (S105)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from drafting.numerals import han_value
from drafting.outline import heading_number
from evals.chains import Break, Link, follow
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

Style = Literal["一、", "（一）", "1.", "（1）"]

LEVELS: tuple[Style, ...] = ("一、", "（一）", "1.", "（1）")
"""The order of GB/T 9704-2012, 7.3.3."""

_HAN = "[一二三四五六七八九十]{1,3}"
_FORMS: dict[Style, str] = {
    # 三、四线城市 and 二、三产业 begin a sentence, not an item.
    "一、": rf"(?P<a>{_HAN})\s*[、.．](?!{_HAN}(?:[、季产线级等类期届]|\s*是))",
    "（一）": rf"[（(]\s*(?P<b>{_HAN})\s*[）)]",
    "1.": r"(?P<c>\d{1,2})\s*[.．、](?![\d０-９])",
    "（1）": r"[（(]\s*(?P<d>\d{1,2})\s*[）)]",
}
# 三、四月份 counts up by one and says of what: a pair, not item three.
_PAIRED = re.compile(rf"(?P<second>{_HAN})(?:月|年级|号|两)")
_STYLE_OF = dict(zip("abcd", LEVELS, strict=True))
_NUMBER = re.compile(rf"[\s　]*(?:(?:附件?|注|说明|备注)\s*[：:]\s*)?(?P<number>{'|'.join(_FORMS.values())})")
_HIGHEST = 98
"""What comes next must still be a number that headings have."""
_REACH = 40
"""How many blocks back a number inside a line is looked for."""
_APPENDIX = re.compile(r"[\s　]*附\s*[件表录图]?\s*[\d一二三四五六七八九十]{0,2}\s*(?:[：:]|$)")


@dataclass(frozen=True, slots=True)
class Number:
    """The number at the head of a block; `heads` where the block is a heading or opens with a run-in one."""

    style: Style
    link: Link
    heads: bool

    @property
    def level(self) -> int:
        return LEVELS.index(self.style) + 1


def numbers(document: Examined) -> Iterator[Number]:
    """The number that each block opens with, in reading order; the scope of each counts the higher numbers and appendices above."""
    scopes = [0] * len(LEVELS)
    for index, block in enumerate(document.blocks):
        text = document.texts[index]
        if block.type == "title" or _APPENDIX.match(text):
            scopes = [scope + 1 for scope in scopes]
        match = _NUMBER.match(text)
        if match is None or block.type in ("title", "signature", "date"):
            continue
        style, value = _read(match)
        if not 0 < value <= _HIGHEST or (style == "一、" and _is_pair(value, text, match.end())):
            continue  # 十四五. is no number
        level = LEVELS.index(style)
        link = Link(value, index, match.start("number"), match.end("number"), opens=True, scope=scopes[level])
        scopes[level + 1 :] = [scope + 1 for scope in scopes[level + 1 :]]
        yield Number(style, link, heads=block.type == "heading" or block.level > 0)


def _is_pair(first: int, text: str, after: int) -> bool:
    second = _PAIRED.match(text, after)
    return second is not None and han_value(second["second"]) == first + 1


def _read(match: re.Match[str]) -> tuple[Style, int]:
    group = next(name for name in _STYLE_OF if match[name])
    digits = match[group]
    value = int(digits) if digits.isdecimal() else int(han_value(digits) or 0)
    return _STYLE_OF[group], value


@rule(code="S104", name="标题序号不连续", name_en="heading numbers skip or repeat", severity="error", basis="practice")
def broken_numbering(document: Examined) -> Iterator[Finding]:
    """A number starts a list, goes on from an open one, or is a break."""
    found = tuple(numbers(document))
    for style in LEVELS:
        links = [number.link for number in found if number.style == style]
        for broken in follow(links, partial(_stands_in_line, document, style)).breaks:
            yield _broken(document, style, broken)


def _stands_in_line(document: Examined, style: Style, link: Link, before: Link | None) -> bool:
    """Is the number before this one inside a line above it: 附件：1.… or （一）…；（二）… in running text?"""
    wanted = _inside_a_line(style, link.value - 1)
    first = max(link.block - _REACH, before.block if before else 0, 0)
    return any(wanted.search(document.texts[block]) for block in range(first, link.block))


def _inside_a_line(style: Style, value: int) -> re.Pattern[str]:
    number = (
        re.escape(heading_number(style, value)).replace("（", "[（(]").replace("）", "[）)]").replace(r"\.", "[.．、]")
    )
    return re.compile(rf"(?<=[：:；;。，,、）)]){number}")


def _broken(document: Examined, style: Style, broken: Break) -> Finding:
    here = heading_number(style, broken.link.value)
    due = heading_number(style, broken.expected)
    before = f"前一个是“{heading_number(style, broken.before.value)}”" if broken.before else "它是第一个"
    what = "重复或倒退" if broken.kind == "repeat" else "跳号"
    return broken_numbering.finding(
        document,
        broken.link.block,
        broken.link.start,
        broken.link.end,
        f"序号“{here}”{what}：{before}",
        f"number {here} {'repeats' if broken.kind == 'repeat' else 'skips'}; {due} was due",
        expected=due,
    )


@rule(code="S105", name="标题层次越级", name_en="a heading level is left out", severity="warning", basis="standard")
def skipped_level(document: Examined) -> Iterator[Finding]:
    """一、 and then 1.: told once a section. A profile whose own numbering goes so is followed."""
    usual = _levels_of_profile(document)
    above: list[int] = []
    for number in numbers(document):
        level = number.level
        while above and above[-1] >= level:
            above.pop()
        parent = above[-1] if above else None
        above.append(level)
        if parent is None or not number.heads or number.link.value != 1 or level - parent < 2:
            continue
        due = usual[usual.index(parent) + 1] if parent in usual[:-1] else parent + 1
        if level == due:
            continue
        here, wanted = heading_number(number.style, 1), heading_number(LEVELS[due - 1], 1)
        yield skipped_level.finding(
            document,
            number.link.block,
            number.link.start,
            number.link.end,
            f"“{LEVELS[parent - 1]}”之下直接用“{here}”，国标推荐的下一层是“{wanted}”",
            f"{here} directly under {LEVELS[parent - 1]}; GB/T 9704 recommends {wanted}",
            expected=wanted,
        )


def _levels_of_profile(document: Examined) -> list[int]:
    numbering = document.profile.numbering if document.profile else LEVELS
    return [LEVELS.index(style) + 1 for sample in numbering for style in LEVELS if sample.replace("．", ".") == style]
