"""Outline: brief + profile → the numbered skeleton: title, headings, which facts share a point, enumerators, lead, outlook.

Everything here is code's: no model sees or changes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from drafting.facts import Brief, Fact, Section
from drafting.profile import Profile
from drafting.themes import theme_of
from drafting.wording import formal, unfinished

_HAN_DIGITS = "〇一二三四五六七八九"
_MOST_FACTS = 3
_LONG_POINT = 90


@dataclass(frozen=True, slots=True)
class PlannedPoint:
    """A point to be worded: its facts and what stands before them (一是; （一）; nothing)."""

    facts: tuple[Fact, ...]
    enumerator: str

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(fact.id for fact in self.facts)


@dataclass(frozen=True, slots=True)
class PlannedSection:
    number: str
    heading: str
    points: tuple[PlannedPoint, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The skeleton. `lead` and `outlook` are whole paragraphs; `outlook_number` is that of its heading, where it has one."""

    title: str
    lead: str
    sections: tuple[PlannedSection, ...]
    outlook: str
    outlook_number: str
    outlook_heading: str


def plan(brief: Brief, profile: Profile) -> Outline:
    """The report's skeleton; the same brief and profile give the same skeleton."""
    sections = tuple(
        PlannedSection(
            heading_number(profile.numbering[0], index), section.heading, _points(section, profile, brief.topic)
        )
        for index, section in enumerate(brief.sections, start=1)
    )
    slots = _slots(brief, profile)
    after = heading_number(profile.numbering[0], len(sections) + 1) if profile.outlook_heading and brief.outlook else ""
    return Outline(
        title=brief.title or _fill(profile.title, slots),
        lead=_lead(profile, slots),
        sections=sections,
        outlook=_outlook(brief, profile, slots),
        outlook_number=after,
        outlook_heading=profile.outlook_heading if after else "",
    )


def heading_number(sample: str, index: int) -> str:
    """The index-th number in the shape of a sample: 一、 → 十二、; （一） → （十二）; 1. → 12."""
    if "一" in sample:
        return sample.replace("一", han_number(index))
    return sample.replace("1", str(index))


def han_number(index: int) -> str:
    """1–99 as Chinese numerals: 十二, 二十, 九十九. Raises ValueError outside."""
    if not 1 <= index <= 99:
        raise ValueError(f"序号 {index} 超出 1–99")
    tens, ones = divmod(index, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN_DIGITS[tens] + "十") + (_HAN_DIGITS[ones] if ones else "")


# --- which facts share a point


def group(facts: Sequence[Fact], most_points: int, topic: str = "") -> list[tuple[Fact, ...]]:
    """Facts of one subject that stand together share a point, and neighbours join until no more than `most_points` are left.

    Words of the report's `topic` stand in many facts and show no kinship.
    """
    common = _bigrams(topic)
    groups: list[tuple[Fact, ...]] = [(fact,) for fact in facts]
    scores = [_kinship(left, right, common) for left, right in pairwise(groups)]
    while scores:
        best = scores.index(max(scores))
        too_many = len(groups) > most_points
        if not too_many and (len(facts) <= 3 or scores[best] < 1.0 or len(groups) <= 2):
            break
        groups[best : best + 2] = [groups[best] + groups[best + 1]]
        del scores[best]
        for beside in (best - 1, best):
            if 0 <= beside < len(scores):
                scores[beside] = _kinship(groups[beside], groups[beside + 1], common)
    return groups


def _kinship(left: tuple[Fact, ...], right: tuple[Fact, ...], common: set[str]) -> float:
    """How well two neighbours go together: 1 and more says they speak of one subject, below 0 that they would be too long.

    `common` are two-character words that show no kinship.
    """
    facts = (*left, *right)
    length = sum(len(fact.text) for fact in facts)
    if len(facts) > _MOST_FACTS or length > _LONG_POINT:
        return -float(length)
    one, other = theme_of(left[-1].text), theme_of(right[0].text)
    same_theme = 1.0 if one is not None and one == other else 0.0
    return same_theme + _overlap(left[-1].text, right[0].text, common)


_WORD_CHARS = re.compile(r"[一-鿿]+")


def _overlap(one: str, other: str, common: set[str]) -> float:
    """The share of two-character words that both hold, `common` ones left out, scaled so that a third is 1."""
    first, second = _bigrams(one) - common, _bigrams(other) - common
    if not first or not second:
        return 0.0
    return 3.0 * len(first & second) / min(len(first), len(second))


def _bigrams(text: str) -> set[str]:
    return {run[i : i + 2] for run in _WORD_CHARS.findall(text) for i in range(len(run) - 1)}


def _points(section: Section, profile: Profile, topic: str) -> tuple[PlannedPoint, ...]:
    groups = _settled(section, profile, topic)
    single = len(groups) == 1 and profile.point_style == "enumerated"
    return tuple(
        PlannedPoint(facts, "" if single else _enumerator(profile, index))
        for index, facts in enumerate(groups, start=1)
    )


def _settled(section: Section, profile: Profile, topic: str) -> list[tuple[Fact, ...]]:
    """The drafter's own groups as they are; code groups the runs of loose facts between them."""
    belongs = {fact_id: members for members in section.groups for fact_id in members}
    facts = {fact.id: fact for fact in section.facts}
    parts: list[tuple[Fact, ...]] = []
    loose: list[Fact] = []
    most = max(1, profile.points_per_section[1] - len(section.groups))
    for fact in section.facts:
        members = belongs.get(fact.id)
        if members is None:
            loose.append(fact)
        elif members[0] == fact.id:
            parts += group(loose, most, topic) if loose else []
            loose = []
            parts.append(tuple(facts[member] for member in members))
    return parts + (group(loose, most, topic) if loose else [])


def _enumerator(profile: Profile, index: int) -> str:
    if profile.point_style == "plain":
        return ""
    if index <= len(profile.enumerators):
        return profile.enumerators[index - 1]
    return heading_number(profile.enumerators[0], index) if profile.enumerators else ""


# --- formulas


def _slots(brief: Brief, profile: Profile) -> dict[str, str]:
    return {
        "organ": brief.organ,
        "period": str(brief.period) if brief.period.kind != "days" else _days(brief),
        "topic": brief.topic,
        "name": profile.name,
        "themes": _themes(brief.sections),
        "next_period": str(brief.period.next()) if brief.period.kind not in ("days", "months") else "下一步",
    }


def _days(brief: Brief) -> str:
    first, last = brief.period.first, brief.period.last
    opening = f"{first.year}年{first.month}月{first.day}日至"
    year = f"{last.year}年" if last.year != first.year else ""
    month = f"{last.month}月" if year or last.month != first.month else ""
    return f"{opening}{year}{month}{last.day}日"


def _themes(sections: Sequence[Section]) -> str:
    """The headings' first halves in a row: 强化组织领导、深化排查整治和加强宣传教育."""
    halves = [re.split(r"[，,；、：\s]", section.heading)[0] for section in sections]
    if len(halves) > 1:
        return "、".join(halves[:-1]) + "和" + halves[-1]
    return halves[0] if halves else ""


def _fill(formula: str, slots: dict[str, str]) -> str:
    """One pass over the formula: a slot's value is never read as a formula itself."""
    return re.sub(r"\{(\w+)\}", lambda match: slots[match.group(1)], formula)


# 围绕坚持立德树人: a heading that brings its own verb of aiming stands without the formula's.
_TWICE_AIMED = re.compile(r"(?:围绕|着力)(?=(?:围绕|着力|聚焦|紧扣|紧盯|坚持|立足))")


def _lead(profile: Profile, slots: dict[str, str]) -> str:
    return _TWICE_AIMED.sub("", _fill(profile.lead[0], slots), count=1) if profile.lead else ""


_FUTURE = re.compile(r"^(?:下一步，?|拟|将|计划|打算|准备)(?=[^，。])")
# 将 as 把: 将覆盖率由60%提高到80% has an object before its verb and loses it with the word.
_DISPOSAL = re.compile(
    r"^将(?=[^，。；]*(?:由|从|提高|提升|降低|降至|增加到|扩大|纳入|列为|列入|作为|建成|打造|延伸|压减|控制在))"
)


# 将11月底前完成 wants its preposition: 将于11月底前完成. A day before a noun (2025年项目前期) is left alone.
_WHEN = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)?|年底|年内|[上下]半年|第?[一二三四]季度|汛)"
    r"(?:之?前(?!期)|(?=招聘|开展|召开|组织|启动|完成|举办|新增|建成|实施))"
)


def _outlook(brief: Brief, profile: Profile, slots: dict[str, str]) -> str:
    items = [_planned(fact.text) for fact in brief.outlook]
    if not items:
        return ""
    if len(items) <= 4 and all(not re.search("[。；]", item) and item.count("，") <= 1 for item in items):
        when = "于" if _WHEN.match(items[0]) else ""
        return _fill(profile.outlook_formula, {**slots, "items": when + _joined(items)})
    listed = "；".join(
        f"{han_number(i)}是{item}" for i, item in enumerate((re.sub("。", "，", item) for item in items), start=1)
    )
    return _fill(profile.outlook_formula, {**slots, "items": f"重点抓好以下工作：{listed}"})


def _planned(text: str) -> str:
    """An outlook fact as it stands behind 将: its own 拟 or 将 falls away, and a 将 that means 把 becomes one."""
    bare = unfinished(formal(text))
    return _DISPOSAL.sub("把", bare) if _DISPOSAL.match(bare) else _FUTURE.sub("", bare)


def _joined(items: Sequence[str]) -> str:
    return ("；" if any("，" in item for item in items) else "，").join(items)
