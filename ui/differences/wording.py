"""What kinds of change, states of sections and marks are called, in one place for text and page, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drafting.changes.comparison import ChangeKind
from drafting.changes.marking import MovedGroup
from drafting.changes.standing import FactChange, FactState
from drafting.changes.summary import SectionState, Summary

_SHORT = 20
PILCROW = "¶"
"""Stands for a paragraph's end that came or went."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; {} are filled in order."""

    title: str
    legend: tuple[str, str, str]
    old: str
    new: str
    headings: Mapping[str, str]
    brief_changed: str
    places: str
    folded: str
    change: str
    kinds: Mapping[ChangeKind, str]
    sections: Mapping[SectionState, str]
    facts: Mapping[FactState, str]
    old_id: str
    no_difference: str
    strangers: str
    total: str
    comma: str
    renumbered: str
    moved: tuple[str, str]
    a_section: str
    paragraphs: str
    at_the_start: str
    behind: str

    def counted(self, summary: Summary) -> str:
        """共 12 处修改：文字 9，整段增删 2，移动 1"""
        kinds = self.comma.join(f"{self.kinds[kind]} {count}" for kind, count in summary.kinds.items())
        more = self.renumbered.format(summary.renumbered) if summary.renumbered else ""
        return self.total.format(summary.changes, kinds) + more

    def became(self, old: str, new: str) -> str:
        """6次 → 7次, 新增 7次, 删去 6次."""
        if old and new:
            return f"{old} → {new}"
        return f"{self.sections['added']} {new}" if new else f"{self.sections['gone']} {old}"

    def named(self, fact: FactChange) -> str:
        """What became of which fact; ids are the new version's, and said to be the old one's where only that has the fact."""
        return f"{self.facts[fact.state]} {fact.id}{self.old_id if fact.state == 'gone' else ''}"

    def moved_here(self, group: MovedGroup) -> str:
        """What moved, and behind which words it stood."""
        return self.moved[0].format(self._what(group), self._behind(group.behind_old))

    def moved_there(self, group: MovedGroup) -> str:
        """What moved, from where to where."""
        return self.moved[1].format(self._what(group), self._behind(group.behind_old), self._behind(group.behind_new))

    def _what(self, group: MovedGroup) -> str:
        return self.a_section.format(group.heading) if group.heading else self.paragraphs.format(len(group.rows))

    def _behind(self, text: str) -> str:
        if not text:
            return self.at_the_start
        return self.behind.format(text[:_SHORT] + ("…" if len(text) > _SHORT else ""))


CHINESE = Words(
    title="修改对照",
    legend=("删去的文字", "新增的文字", "未改动的段落已折叠，点开可看"),
    old="旧：{}",
    new="新：{}",
    headings={
        "sections": "章节",
        "moves": "移动",
        "numbers": "数字",
        "dates": "日期",
        "facts": "事实依据",
        "told": "报告信息",
    },
    brief_changed="提纲有改动",
    places=" {} 处",
    folded="未改动 {} 段",
    change="修改 {}",
    kinds={"text": "文字", "block": "整段增删", "move": "移动", "role": "段落性质或依据", "particulars": "报告信息"},
    sections={"changed": "有改动", "added": "新增", "gone": "删去", "moved": "移动"},
    facts={"added": "新增", "gone": "不再采用", "changed": "改动"},
    old_id="（旧版编号）",
    no_difference="没有不同",
    strangers="两份文件几乎没有相同的文字，请看是否选错了文件",
    total="共 {} 处修改：{}",
    comma="，",
    renumbered="；其中只动序号的 {} 处",
    moved=("{}移到此处，原在{}", "{}由{}移到{}"),
    a_section="“{}”一节",
    paragraphs="{} 段",
    at_the_start="文首",
    behind="“{}”之后",
)
ENGLISH = Words(
    title="What changed",
    legend=("taken out", "put in", "paragraphs without changes are folded; open them to read"),
    old="Old: {}",
    new="New: {}",
    headings={
        "sections": "Sections",
        "moves": "Moves",
        "numbers": "Numbers",
        "dates": "Dates",
        "facts": "Facts",
        "told": "What the report says of itself",
    },
    brief_changed="the brief changed",
    places=" {} places",
    folded="{} paragraphs without changes",
    change="change {}",
    kinds={
        "text": "text",
        "block": "paragraphs",
        "move": "moves",
        "role": "kind of paragraph or its facts",
        "particulars": "what the report says of itself",
    },
    sections={"changed": "changed", "added": "new", "gone": "gone", "moved": "moved"},
    facts={"added": "new", "gone": "no longer used", "changed": "changed"},
    old_id=" (id in the old version)",
    no_difference="No difference",
    strangers="The two share hardly any text; see whether these are the files you meant",
    total="{} changes: {}",
    comma=", ",
    renumbered="; {} of them in numbers of items alone",
    moved=("{} came here; stood {}", "{}: from {} to {}"),
    a_section="The section “{}”",
    paragraphs="{} paragraphs",
    at_the_start="at the beginning",
    behind="after “{}”",
)
