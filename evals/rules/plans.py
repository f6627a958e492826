"""Five-year plans against the report's time: one that is over, or has not begun, told as current (D308)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from drafting.dates import Mention
from drafting.report import BlockType
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule
from evals.told import clause_of, inside_title, looks_back, sentence_of, to_come

_SPOKEN: tuple[BlockType, ...] = ("title", "heading", "lead", "paragraph", "outlook")
_YEARS = 4
"""A plan mention that is shorter is a part of the plan: “十三五”末."""
_SUBJECT = re.compile(
    r"(?:(?P<year>[12]\d{3})\s*年|(?P<word>今年|本年度?|明年|去年|上年))[，,]?\s*(?:既|也|又|正|恰好|不仅|不但|同时)*(?:是|为|作为|正值|正处)[^。；，]*$"
)
_PLACE_IN_PLAN = re.compile(
    r"[^，。；“”]{0,12}?(?:(?P<first>开局|起步|启动|首)(?:之)?年|第(?P<nth>[一二三四五])年|(?P<last>收官|收尾|决胜收官|末|最后一)(?:之)?年|"
    r"(?P<within>(?:关键|攻坚|承上启下|承前启后|中期|决胜|重要|深化)[^，。；“”]{0,8}(?:之年|一年|年份|阶段|时期)))"
)
_READY = re.compile(r"(?:为|谋划|编制|迎接|衔接|启动|承接|研究|面向|开启|迈向|筹划|备战|布局)(?:好|实施|实现)?$")
_NOW = re.compile(r"(?:正处于?|处于|处在|当前|现阶段|目前(?:正)?|进入|迈入|步入)[^，。；“”]{0,6}$")
_GOING_ON = re.compile(r"[”』]?(?:规划|实施)*(?:进入|处于)[^，。；]{0,8}(?:阶段|时期|期)")
_STRIVE = re.compile(r"(?:确保|力争|奋力|全力|努力)(?:实现|完成|推动)?$")
_CARRY_OUT = re.compile(
    r"(?:落实|推进|实施|执行|贯彻|围绕|对标|对照|紧扣|聚焦|锚定|按照|抓好|做好|推动|加快|完成)(?P<done>了|过)?(?:好|国家|全省|全市|全县|省|市|县|本市|我市|我省|我县|我局)*$"
)
_IN_FORCE = re.compile(r"(?:实施|落实|贯彻|执行)好?$")
_COUNTED = re.compile(r"\d\s*(?:余|多)?[个项处家场次户人名万亿公千]")
_WORK = re.compile(
    r"[”』]?(?:发展|专项|建设)*(?:规划|计划)?(?:纲要)?(?:的)?(?:各项|确定的|重点|主要)*(?:目标|任务|要求|部署|项目|工程|重点|规划|计划|纲要|工作)"
)
_SINCE = re.compile(r"以来$")
_OVER = re.compile(
    r"圆满|收官|胜利|完成情况|总结|评估|回顾|以来|末|已|如期|曾|过去|超额|顺利完成|成就|成果|经验|基础上|比|较|相比|延续|结转|遗留|接续|验收|"
    r"审计|衔接|决算|后评价|终期|期间"
)
_BEGUN = re.compile(r"累计|完成了|实现了|取得|建成|新增|共|先后|已")
_BEFORE_IT = re.compile(
    r"谋划|编制|研究|制定|起草|前期|建议|纲要|草案|储备|思路|调研|课题|论证|展望|布局|衔接|迎接|建言|座谈|征求|意见|规划|项目库|目标|为|打"
)


@rule(
    code="D308",
    name="规划期不对",
    name_en="a plan out of its years as current",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def plan_out_of_its_years(document: Examined) -> Iterator[Finding]:
    """2024年是“十三五”的关键之年, 深入实施“十三五”规划 in 2024, “十五五”以来 in 2024, “十四五”开局之年 of 2024.

    To sum a plan up when it is over and to draft it before it begins are right.
    """
    period = document.period
    if period is None:
        return
    reviewed = period.first.year - looks_back(document)
    for block, _ in document.of_type(*_SPOKEN):
        text = document.texts[block]
        for mention in document.mentions[block]:
            if not _names_a_plan(mention) or inside_title(text, mention.start) or _counts_otherwise(text, mention):
                continue
            why = _wrong_year(document, text, mention) or _wrong_time(document, block, mention, reviewed)
            if why:
                yield _finding(document, block, mention, why)


def _names_a_plan(mention: Mention) -> bool:
    if mention.kind == "open-end":
        return mention.first is not None and _SINCE.search(mention.text) is not None and "五" in mention.text
    return (
        mention.kind == "plan"
        and mention.first is not None
        and mention.last is not None
        and mention.last.year - mention.first.year >= _YEARS
    )


def _counts_otherwise(text: str, mention: Mention) -> bool:
    """“八五”普法 has its own count, which needs no check: its years are not the plan's."""
    return text.startswith("普法", mention.end) or "普法" in mention.text


def _years(mention: Mention) -> tuple[int, int]:
    first = mention.first.year if mention.first else 0
    return first, mention.last.year if mention.last else first + _YEARS


def _wrong_year(document: Examined, text: str, mention: Mention) -> str:
    """Why the year that the sentence is about is not that year of the plan; empty where it is, or is not said."""
    start, end = sentence_of(text, mention.start, mention.end)
    subject, place = _SUBJECT.search(text[start : mention.start]), _PLACE_IN_PLAN.match(text[mention.end : end])
    if not subject or not place or _READY.search(text[start : mention.start]):
        return ""
    years = _subject_years(document, subject)
    first, last = _years(mention)
    due = range(first, last + 1)
    if place["first"]:
        due = range(first, first + 1)
    elif place["nth"]:
        nth = first + "一二三四五".index(place["nth"])
        due = range(nth, nth + 1)
    elif place["last"]:
        due = range(last, last + 1)
    if not years or any(year in due for year in years):
        return ""
    span = f"{due[0]}年" if len(due) == 1 else f"{first}—{last}年"
    return f"不是{max(years)}年：“{place.group().lstrip('”的规划时期 ')}”应在{span}"


def _subject_years(document: Examined, subject: re.Match[str]) -> frozenset[int]:
    """今年 in a report on 2024 of January 2025 may be either year."""
    if subject["year"]:
        return frozenset({int(subject["year"])})
    away = {"明年": 1, "去年": -1, "上年": -1}.get(subject["word"], 0)
    own = {document.reference.year} if document.reference else set()
    return frozenset(year + away for year in own | ({document.period.year} if document.period else set()))


def _wrong_time(document: Examined, block: int, mention: Mention, reviewed: int) -> str:
    """Why the plan is not current; `reviewed` is the first year that the document tells of."""
    text = document.texts[block]
    first, last = _years(mention)
    start, end = clause_of(text, mention.start, mention.end)
    before, after = text[start : mention.start], text[mention.end : end]
    if last < reviewed:
        return (
            f"已于{last}年结束，却当作现行规划写" if _told_as_current(document, block, before, after, mention) else ""
        )
    if all(date(first, 1, 1) > day for day in (document.reference, document.period and document.period.last) if day):
        rest = _following(document, block, mention)
        return f"{first}年才开始，却写成已经开始" if _told_as_begun(before, rest, mention) else ""
    return ""


def _told_as_current(document: Examined, block: int, before: str, after: str, mention: Mention) -> bool:
    if mention.kind == "open-end":
        return False
    around = before + after
    if _NOW.search(before):
        return not re.search(r"前|末|曾", after[:2])
    if _GOING_ON.match(after) or _STRIVE.search(before):
        return True
    carried = _CARRY_OUT.search(before)
    if carried and (_WORK.match(after) or re.search(r"规划|计划|纲要", mention.text)):
        return not carried["done"] and not _OVER.search(around)
    opens = not before.strip() and re.search(r"时期|期间", mention.text) is not None
    ahead = block in document.ahead or re.search(
        r"将|要(?![素求点件闻])|继续|力争|确保|正在|正(?=[按以着全加])|目前|当前", _following(document, block, mention)
    )
    return opens and bool(ahead) and not _OVER.search(around.replace("期间", ""))


def _following(document: Examined, block: int, mention: Mention) -> str:
    """The rest of the sentence behind the mention."""
    text = document.texts[block]
    return text[mention.end : sentence_of(text, mention.start, mention.end)[1]]


def _told_as_begun(before: str, after: str, mention: Mention) -> bool:
    if _BEFORE_IT.search(before) or to_come(before + after):
        return False
    if mention.kind == "open-end" or _NOW.search(before):
        return True
    if _BEFORE_IT.search(after):
        return False
    if _IN_FORCE.search(before):
        return _COUNTED.search(after) is not None
    return not before.strip() and _BEGUN.search(after) is not None


def _finding(document: Examined, block: int, mention: Mention, why: str) -> Finding:
    first, last = _years(mention)
    return plan_out_of_its_years.finding(
        document,
        block,
        mention.start,
        mention.end,
        f"“{mention.text}”{why}",
        f"{mention.text} covers {first}–{last}",
        evidence=f"{mention.text}：{first}年至{last}年；报告期 {document.period}",
    )
