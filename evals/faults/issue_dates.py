"""Dates of issue before what the text tells as done, or before the period is over (D310)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from drafting.outline import han_number
from drafting.report import Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")

_DONE = (
    "{m}月{d}日，召开工作推进会，研究重点事项9项。",
    "{y}年{m}月{d}日，组织应急演练1场，参演人员160人。",
    "{organ}于{m}月{d}日举办业务培训班，培训74人。",
    "{m}月{d}日印发《督导检查工作办法》。",
    "{m}月{d}日上午，与相关单位签订责任书24份。",
    "{y}年{m}月{d}日，服务大厅揭牌启用，办理事项86件。",
    "{m}月{d}日，开展联合检查，发现问题7个。",
    "{hm}月{hd}日，慰问一线职工64人。",
    "{wm}月{wd}日，完成系统切换，数据迁移1.2万条。",
    "{m}月{d}日，通过市级验收，综合得分96.2分。",
    "{m}月{d}日（{weekday}），约谈进度滞后单位2家。",
    "{m}月{d}日，接到群众反映问题1件，当日办结。",
    "{m}月{d}日，工程竣工，总投资320万元。",
    "{m}月{d}日，组织力量排查点位57个。",
    "{m}月{d}日，邀请专家授课，参加人员120人。",
    "{m}月{d}日，主要负责人带队到基层调研，协调解决问题4个。",
    "{m}月{d}日，听取专题汇报，审议方案3个。",
    "{m}月{d}日，对整改情况开展督导，抽查台账40份。",
    "{m}月{d}日部署专项行动，明确任务11项。",
    "专项行动于{m}月{d}日启动，出动人员86人次。",
    "现场会已于{m}月{d}日召开，参会人员58人。",
    "截至{m}月{d}日，已整改问题64个。",
    "{m}月{d}日，发布预警信息2期。",
    "{m}月{d}日，首批设备安装到位，共18台。",
)

_EARLIER = (
    # days from the event back to the date of issue, and how that date is written
    (1, "{y}年{m}月{d}日"),
    (3, "{y}年{m}月{d}日"),
    (9, "{hy}年{hm}月{hd}日"),
    (5, "{y}年{m}月{d}日"),
    (2, "{y}年{m}月{d}日"),
)

_STILL_TO_COME = (
    "其余问题限期{m}月{d}日前完成整改。",
    "拟于{m}月{d}日召开现场会，各项准备有序进行。",
    "《督导检查工作办法》自{y}年{m}月{d}日起施行。",
    "计划{m}月{d}日前完成验收。",
    "力争{m}月{d}日建成投用。",
    "服务合同有效期至{y}年{m}月{d}日。",
    "将于{m}月{d}日举办培训班，报名人数126人。",
    "学习“{m}月{d}日召开现场会”的通知要求，做好筹备。",
    "报名截止时间为{m}月{d}日，已有31家单位报名。",
    "整改时限延长至{m}月{d}日，已按程序报批。",
)


def _words(day: date) -> dict[str, str | int]:
    return {
        "y": day.year,
        "m": day.month,
        "d": day.day,
        "wm": str(day.month).translate(_WIDE),
        "wd": str(day.day).translate(_WIDE),
        "hy": str(day.year).translate(_HAN),
        "hm": han_number(day.month),
        "hd": han_number(day.day),
        "weekday": f"星期{'一二三四五六日'[day.isoweekday() - 1]}",
    }


def _issued(clean: Clean, day: date, spelling: str = "{y}年{m}月{d}日", *, marked: bool = True) -> Clean:
    """The same report with another date of issue, in its brief and at its end."""
    brief = replace(clean.brief, issued=day)
    dated = replace(clean, report=replace(clean.report, brief=brief, issued=day))
    written = spelling.format(**_words(day))
    index = dated.of_type("date")[0]
    block = replace(dated.blocks[index], words=f"⟦{written}⟧" if marked else written)
    return replace(dated, report=dated.at(index, block))


def _event(clean: Clean, turn: int) -> date:
    """A day in the last third of the period."""
    return clean.period.last - timedelta(days=turn * 5 % max(clean.period.days // 3, 1))


@breaks("D310", "before what is told as done")
def before_an_event(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_DONE):
        event = _event(clean, turn)
        days, spelling = _EARLIER[turn % len(_EARLIER)]
        early = _issued(clean, event - timedelta(days=days), spelling)
        yield early.put(sentence.format(organ=clean.brief.organ, **_words(event)), turn)


@breaks("D310", "before what is told as done after the period")
def before_a_later_event(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_DONE[:12]):
        event = clean.brief.issued + timedelta(days=1 + turn % 6)
        marked = _issued(clean, clean.brief.issued)
        if event.year != clean.period.year:
            sentence = (
                sentence.replace("{m}月", "{y}年{m}月").replace("{y}年{y}年", "{y}年").replace("{hm}", "{hy}年{hm}")
            )
        yield marked.put(sentence.format(organ=clean.brief.organ, **_words(event)), turn + 1)


@breaks("D310", "before the period's end")
def before_the_end(clean: Clean) -> Iterator[Change]:
    days = max(clean.period.days // 3, 4)
    for away in sorted({1, 2, days // 2}):
        early = _issued(clean, clean.period.last - timedelta(days=away))
        yield Change(early.report, severity="warning")


@spares("D310", "on the day itself")
def on_the_day(clean: Clean) -> Iterator[Report]:
    last = clean.period.last
    sentence = f"{last.month}月{last.day}日，召开工作推进会，研究重点事项9项。"
    yield _issued(clean, last, marked=False).put(sentence, clean.seat)
    yield _issued(clean, last + timedelta(days=1), marked=False).put(sentence, clean.seat)
    yield _issued(clean, last + timedelta(days=400), marked=False).report


@spares("D310", "what was done before it")
def done_before(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_DONE):
        yield clean.put(sentence.format(organ=clean.brief.organ, **_words(_event(clean, turn))), turn)


@spares("D310", "plans, deadlines and days of entry into force")
def still_to_come(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_STILL_TO_COME):
        yield clean.put(sentence.format(**_words(clean.brief.issued + timedelta(days=12 + turn))), turn)
