"""What an imported document tells about itself: organ, topic, period, kind and day of issue."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from drafting.documents.closing_lines import read_date
from drafting.errors import PeriodError
from drafting.period import Period
from drafting.report import Block

# The longest first: 工作总结 ends in 总结.
_KINDS: Mapping[str, str] = {
    "专题报告": "special-report",
    "总结报告": "work-summary",
    "总结": "work-summary",
    "情况汇报": "briefing",
    "情况的汇报": "briefing",
    "汇报": "briefing",
    "情况报告": "briefing",
    "情况的报告": "briefing",
}
_KIND_END = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})(?:[（(][^（）()]{{1,20}}[）)])?$")

_YEAR = r"(?:20|19)\d\d\s*年|[二一][〇零○九][〇零○一二三四五六七八九]{2}年"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = rf"{_MONTH}月(?:[12]\d|3[01]|0?[1-9])日"
_PERIOD = re.compile(
    rf"(?:{_YEAR})(?:度?(?:[上下]半年|前三季度|第?[一二三四1-4]季度)|{_DAY}[至到—–-]+(?:(?:{_YEAR})?{_DAY}|[0-3]?\d日)"
    rf"|{_MONTH}月?份?[至到—–-]+(?:{_YEAR})?{_MONTH}月份?|{_MONTH}月份?(?!\d*日)|度)?"
)
# A notice or a reply names years that it does not report on.
_REPORT_END = re.compile(r"(?:报告|总结|小结|汇报|综述|公报|述职|情况)(?:[（(][^（）()]{1,20}[）)])?$")
# A lead names the report's period at its very beginning, or in the sentence that announces the report.
_LEAD_BEGINS = 12
_ANNOUNCEMENT = re.compile(r"现[将就][^。]{0,80}(?:报告|汇报|总结|通报)[^。]{0,10}如下")
_ORGAN_BEFORE = re.compile(r"(?P<organ>[^，。：《》“”]{2,30}?)(?:关于|转发|印发|批转)")
_ORGAN_END = re.compile(
    r"(?:局|厅|部|委|院|校|处|科|所|站|队|室|办|社|会|党组|党委|支部|政府|公司|集团|中心|学|协会|小组|街道|镇|乡|县|市|区|省)$"
)
# 2024年某县水利局工作总结: the organ has its place's rank in its name, so that 社区工作 and 全市教育工作 name none.
_ORGAN_BEHIND = re.compile(
    r"(?![全各本我])(?P<organ>[^，。：《》“”]{0,12}[国省市县区][^，。：《》“”]{0,14}?(?:局|厅|委员会|国务院|公司|中心|办公室))"
    r"(?=(?:政府)?工作(?:报告|总结|汇报)$)"
)
_THING = re.compile(r"^(?:开展|推进|落实|做好)?(?P<topic>.{2,60}?)(?:情况)?(?:的)?$")


@dataclass(frozen=True, slots=True)
class Particulars:
    """Each empty or None where the document does not tell it."""

    organ: str = ""
    topic: str = ""
    period: Period | None = None
    kind: str = ""
    issued: date | None = None


def particulars(blocks: Sequence[Block]) -> Particulars:
    """Read from the title, then the signature and the date, then the lead."""
    title = _first(blocks, "title").replace("\n", "").replace(" ", "")
    spoken_of = _PERIOD.search(title)
    kind = _KIND_END.search(title)
    signed = _first(blocks, "signature").replace("\n", "")
    return Particulars(
        organ=_organ(title, spoken_of, kind) or (signed if _ORGAN_END.search(signed) else ""),
        topic=_topic(title, spoken_of, kind),
        period=_reported(title, spoken_of, _first(blocks, "lead")),
        kind=_KINDS[kind["kind"]] if kind else "",
        issued=next((day for block in blocks if block.type == "date" and (day := read_date(block.text))), None),
    )


def _reported(title: str, spoken_of: re.Match[str] | None, lead: str) -> Period | None:
    """The period that the document reports on; None where it is no report."""
    if title and not _REPORT_END.search(title):
        return None
    named = _period(spoken_of)
    at_once = _PERIOD.search(lead)
    opens = _period(at_once) if at_once and at_once.start() <= _LEAD_BEGINS else None
    if (
        named
        and opens
        and named.kind == "year"
        and opens.kind == "days"
        and named.first <= opens.first <= opens.last <= named.last
    ):
        return opens  # 2023年汛期 in the title, 2023年6月1日至9月15日 in the lead
    if spoken_of:
        return named
    if opens:
        return opens
    announced = _ANNOUNCEMENT.search(lead)
    return _period(_PERIOD.search(announced.group())) if announced else None


def _first(blocks: Sequence[Block], kind: str) -> str:
    return next((block.text for block in blocks if block.type == kind), "")


def _period(match: re.Match[str] | None) -> Period | None:
    if match is None:
        return None
    try:
        return Period.parse(match.group().replace("○", "〇"))
    except PeriodError:
        return None


def _organ(title: str, period: re.Match[str] | None, kind: re.Match[str] | None) -> str:
    """What stands before 关于, or, in a title without it, before the period, or behind a period that the title begins with."""
    before = _ORGAN_BEFORE.match(title)
    if before:
        return before["organ"]
    if period and kind and period.start() >= 2 and "关于" not in title:
        return title[: period.start()]
    behind = _ORGAN_BEHIND.match(title, period.end()) if period and period.start() == 0 else None
    return behind["organ"] if behind else ""


def _topic(title: str, period: re.Match[str] | None, kind: re.Match[str] | None) -> str:
    """What stands between the period, or 关于, and the kind."""
    if kind is None:
        return ""
    about = title.find("关于")
    start = max(period.end() if period else 0, about + 2 if about >= 0 else 0)
    behind = _ORGAN_BEHIND.match(title, start)
    start = behind.end() if behind and about < 0 else start
    match = _THING.match(title[start : kind.start()])
    return match["topic"] if match and start < kind.start() else ""
