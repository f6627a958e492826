"""Reports that say another year (D303) or another part of the year (D304) than the one they report on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_SUMMED_UP = (
    "现将{}工作情况报告如下：",
    "现将我单位{}有关工作情况汇报如下：",
    "现就{}工作开展情况报告如下：",
    "现将{}主要工作总结如下：",
)
_OPENED = (
    "{}，本单位认真履行职责，各项工作有序推进。现将有关情况报告如下：",
    "{}，在上级部门指导下，本单位突出重点、狠抓落实。现将有关情况汇报如下：",
)
_NAMED_IN_THE_BODY = (
    "本报告期为{}。",
    "本期（{}）工作任务全部分解到岗。",
    "本报告期（{}）内，召开工作例会6次。",
)
_IN_PASSING = (
    # a lead that names other times, and none of them as the report's own
    "{own}，本单位在{last}年工作基础上，扎实推进各项任务。现将有关情况报告如下：",
    "{own}，本单位按照《{last}年重点任务分工》要求，完成结转任务。现将有关情况报告如下：",
    "{own}，本单位对照{later}年目标，倒排工期。现将有关情况报告如下：",
    "自{last}年获评示范单位以来，本单位再接再厉。现将{own}有关情况报告如下：",
    "{own}，本单位扎实推进各项任务。现将有关情况和{next}年工作打算报告如下：",
    "{own}，本单位扎实推进各项任务。现将{last}年以来有关情况报告如下：",
    "{own}，本单位承办“{last}年度优秀案例”推广活动。现将有关情况报告如下：",
    "{own}，本单位主要指标比{last}年有所提高。现将有关情况报告如下：",
)
_PARTS_IN_PASSING = (
    "{own}，本单位延续一季度良好态势，扎实推进各项任务。现将有关情况报告如下：",
    "{own}，本单位紧盯全年目标，扎实推进各项任务。现将有关情况报告如下：",
    "{own}，本单位按照上半年工作会议部署，扎实推进各项任务。现将有关情况报告如下：",
    "{own}，本单位扎实推进各项任务。现将有关情况和第四季度工作安排报告如下：",
    "{own}，本单位各项任务进度快于去年同期。现将有关情况报告如下：",
    "{year}年，本单位扎实推进各项任务。现将有关情况报告如下：",
)


def _own(clean: Clean) -> str:
    """The period as its lead may begin: days are spelt out."""
    first, last = clean.period.first, clean.period.last
    if clean.period.kind != "days":
        return str(clean.period)
    return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"


def _of_year(text: str, year: int, spelling: int = 0) -> str:
    """The same text with another year in it: in Arabic figures, in Chinese ones, or full-width."""
    digits = ("0123456789", "〇一二三四五六七八九", "０１２３４５６７８９")[spelling % 3]
    return re.sub(r"\d{4}(?=年)", str(year).translate(str.maketrans("0123456789", digits)), text)


def _lead(clean: Clean, text: str) -> Report:
    index = clean.of_type("lead")[0]
    return clean.at(index, Block("lead", text))


def _title(clean: Clean, old: str, new: str) -> Report:
    return clean.replace(old, new, clean.of_type("title")[0])


def _time_in_the_title(clean: Clean) -> str:
    return str(clean.period) if str(clean.period) in clean.report.title else f"{clean.period.year}年"


@breaks("D303", "the title's year")
def year_of_the_title(clean: Clean) -> Iterator[Report]:
    told = _time_in_the_title(clean)
    for turn, away in enumerate(((-1, +1, -2, -5)[clean.seat % 4], -1)[: 1 + clean.seat % 2]):
        yield _title(clean, told, f"⟦{_of_year(told, clean.period.year + away, clean.seat // 4 + turn)}⟧")


@breaks("D303", "the year with which the lead opens")
def year_of_the_lead(clean: Clean) -> Iterator[Change]:
    for turn, away in enumerate((-1, +1)):
        opened = _OPENED[(turn + clean.seat) % len(_OPENED)]
        other = _of_year(_own(clean), clean.period.year + away, clean.seat)
        told = turn == 0 or clean.period.kind == "days"  # the title does not say which days
        yield Change(_lead(clean, opened.format(f"⟦{other}⟧")), told=told)


@breaks("D303", "the year of 现将…报告如下")
def year_of_what_is_summed_up(clean: Clean) -> Iterator[Report]:
    other = _of_year(_own(clean), clean.period.year - 1 - clean.seat % 2)
    summed_up = _SUMMED_UP[clean.seat % len(_SUMMED_UP)].format(f"⟦{other}⟧")
    opened = f"{_own(clean)}，本单位扎实推进各项任务。" if clean.seat % 2 else ""
    yield _lead(clean, opened + summed_up)


@breaks("D303", "the year that the body calls this period's")
def year_of_this_period(clean: Clean) -> Iterator[Report]:
    named = _NAMED_IN_THE_BODY[clean.seat % len(_NAMED_IN_THE_BODY)]
    yield clean.put(named.format(f"⟦{_of_year(_own(clean), clean.period.year - 1)}⟧"), clean.seat)


@breaks("D303", "the year of the date of issue")
def year_of_the_issue(clean: Clean) -> Iterator[Change]:
    index = clean.of_type("date")[0]
    block, issued = clean.blocks[index], clean.brief.issued
    for turn, year in enumerate((clean.period.year - 1, clean.period.year + 2 + clean.seat % 2, clean.period.year + 1)):
        day = date(year, issued.month, issued.day)
        if not clean.period.first <= day <= issued:
            slight = year == clean.period.year + 1
            written = f"⟦{_of_year(block.text, year, turn * clean.seat)}⟧"
            yield Change(clean.at(index, replace(block, words=written)), severity="warning" if slight else None)


@spares("D303", "another spelling of the right year")
def the_right_year(clean: Clean) -> Iterator[Report]:
    own = _own(clean)
    spelling = 1 + clean.seat % 2
    yield _title(clean, _time_in_the_title(clean), _of_year(_time_in_the_title(clean), clean.period.year, spelling))
    yield _lead(clean, _OPENED[clean.seat % 2].format(_of_year(own, clean.period.year, spelling)))
    yield _lead(clean, _SUMMED_UP[clean.seat % 4].format(own))
    yield clean.put(_NAMED_IN_THE_BODY[clean.seat % 3].format(own), clean.seat)


@spares("D303", "other years in the lead")
def other_years_in_passing(clean: Clean) -> Iterator[Report]:
    year = clean.period.year
    for _, lead in clean.dealt(_IN_PASSING):
        yield _lead(clean, lead.format(own=_own(clean), last=year - 1, next=year + 1, later=year + 6))


@spares("D303", "next year's plan in the title")
def next_year_s_plan(clean: Clean) -> Iterator[Report]:
    title = clean.report.title
    plan = title.replace("的专题报告", "情况和{}年工作打算的报告").replace("工作总结", "工作总结及{}年工作计划")
    if plan != title:
        yield _title(clean, title, plan.format(clean.period.year + 1))


def _other_parts(clean: Clean) -> list[str]:
    """Parts of the period's year that it is not."""
    own = (clean.period.first, clean.period.last)
    year = own[0].year
    parts = {
        "上半年": (date(year, 1, 1), date(year, 6, 30)),
        "第一季度": (date(year, 1, 1), date(year, 3, 31)),
        "前三季度": (date(year, 1, 1), date(year, 9, 30)),
        "下半年": (date(year, 7, 1), date(year, 12, 31)),
        "全年": (date(year, 1, 1), date(year, 12, 31)),
        "二季度": (date(year, 4, 1), date(year, 6, 30)),
        "第四季度": (date(year, 10, 1), date(year, 12, 31)),
    }
    return [name for name, days in parts.items() if days != own]


@breaks("D304", "the part of the year in the title")
def part_in_the_title(clean: Clean) -> Iterator[Report]:
    parts = _other_parts(clean)
    for turn in range(2):
        part = parts[(clean.seat + 3 * turn) % len(parts)]
        yield _title(clean, _time_in_the_title(clean), f"⟦{clean.period.year}年{part}⟧")


@breaks("D304", "the part of the year with which the lead opens")
def part_in_the_lead(clean: Clean) -> Iterator[Change]:
    parts = _other_parts(clean)
    for turn in range(2):
        part = parts[(clean.seat + 1 + 2 * turn) % len(parts)]
        year = f"{clean.period.year}年" if turn == 0 or part == "全年" else ""
        opened = _OPENED[(turn + clean.seat) % len(_OPENED)]
        yield Change(_lead(clean, opened.format(f"⟦{year}{part}⟧")), told=turn == 0)


@breaks("D304", "the part of the year of 现将…报告如下")
def part_of_what_is_summed_up(clean: Clean) -> Iterator[Report]:
    parts = _other_parts(clean)
    for turn in range(2):
        part = parts[(clean.seat + 2 + 3 * turn) % len(parts)]
        summed_up = _SUMMED_UP[(turn + clean.seat) % len(_SUMMED_UP)].format(f"⟦{part}⟧")
        yield _lead(clean, f"{_own(clean)}，本单位扎实推进各项任务。{summed_up}")


@breaks("D304", "other months")
def other_months(clean: Clean) -> Iterator[Report]:
    first, last = clean.period.first, clean.period.last
    other = f"{last.month % 12 + 1}月" if clean.period.kind == "month" else "1—10月" if first.month == 1 else "1至5月"
    summed_up = _SUMMED_UP[clean.seat % len(_SUMMED_UP)].format(f"⟦{other}⟧")
    yield _lead(clean, f"{_own(clean)}，本单位扎实推进各项任务。{summed_up}")


@spares("D304", "the right part of the year")
def the_right_part(clean: Clean) -> Iterator[Report]:
    label = clean.period.label_within_year if clean.period.kind != "days" else _own(clean)
    yield _lead(clean, f"{_own(clean)}，本单位扎实推进各项任务。{_SUMMED_UP[clean.seat % 4].format(label)}")
    first, last = clean.period.first, clean.period.last
    if clean.period.kind != "month":
        yield _lead(clean, _OPENED[clean.seat % 2].format(f"{first.year}年{first.month}—{last.month}月"))


@spares("D304", "other parts in passing")
def other_parts_in_passing(clean: Clean) -> Iterator[Report]:
    for _, lead in clean.dealt(_PARTS_IN_PASSING):
        yield _lead(clean, lead.format(own=_own(clean), year=clean.period.year))


@spares("D304", "other parts in the body")
def other_parts_in_the_body(clean: Clean) -> Iterator[Report]:
    part = _other_parts(clean)[clean.seat % 5]
    yield clean.put(f"按照{part}任务分工，完成资料归档{30 + clean.seat}件。", clean.seat)
