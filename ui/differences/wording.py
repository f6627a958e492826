"""What kinds of change, states of sections and marks are called, in one place for text and page."""

from __future__ import annotations

from drafting.changes.comparison import ChangeKind
from drafting.changes.marking import MovedGroup
from drafting.changes.standing import FactChange, FactState
from drafting.changes.summary import SectionState, Summary

KINDS: dict[ChangeKind, str] = {
    "text": "文字",
    "block": "整段增删",
    "move": "移动",
    "role": "段落性质或依据",
    "particulars": "报告信息",
}
SECTIONS: dict[SectionState, str] = {"changed": "有改动", "added": "新增", "gone": "删去", "moved": "移动"}
FACTS: dict[FactState, str] = {"added": "新增", "gone": "不再采用", "changed": "改动"}
_OLD_ID = "（旧版编号）"
NO_DIFFERENCE = "没有不同"
STRANGERS = "两份文件几乎没有相同的文字，请看是否选错了文件"
_SHORT = 20
PILCROW = "¶"
"""Stands for a paragraph's end that came or went."""


def counted(summary: Summary) -> str:
    """共 12 处修改：文字 9，整段增删 2，移动 1"""
    kinds = "，".join(f"{KINDS[kind]} {count}" for kind, count in summary.kinds.items())
    more = f"；其中只动序号的 {summary.renumbered} 处" if summary.renumbered else ""
    return f"共 {summary.changes} 处修改：{kinds}{more}"


def became(old: str, new: str) -> str:
    """6次 → 7次, 新增 7次, 删去 6次."""
    if old and new:
        return f"{old} → {new}"
    return f"新增 {new}" if new else f"删去 {old}"


def named(fact: FactChange) -> str:
    """What became of which fact; ids are the new version's, and said to be the old one's where only that has the fact."""
    return f"{FACTS[fact.state]} {fact.id}{_OLD_ID if fact.state == 'gone' else ''}"


def moved_here(group: MovedGroup) -> str:
    """What moved, and behind which words it stood."""
    return f"{_what(group)}移到此处，原在{_behind(group.behind_old)}"


def moved_there(group: MovedGroup) -> str:
    """What moved, from where to where."""
    return f"{_what(group)}由{_behind(group.behind_old)}移到{_behind(group.behind_new)}"


def _what(group: MovedGroup) -> str:
    return f"“{group.heading}”一节" if group.heading else f"{len(group.rows)} 段"


def _behind(text: str) -> str:
    if not text:
        return "文首"
    return f"“{text[:_SHORT]}{'…' if len(text) > _SHORT else ''}”之后"
