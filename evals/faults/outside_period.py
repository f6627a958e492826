"""Work told as done at a time that the report cannot tell of (D302): after its date of issue, after its period, before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from drafting.outline import han_number
from drafting.report import Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_Style = Literal["day", "dated", "wide", "han", "numeric", "month", "range", "quarter"]

_DONE: tuple[tuple[_Style, str], ...] = (
    ("day", "{}，召开工作推进会，部署重点任务6项。"),
    ("dated", "{}，组织集中培训，培训业务骨干84人。"),
    ("day", "《重点任务清单》于{}印发。"),
    ("wide", "{}，邀请专家现场指导3次。"),
    ("han", "{}，举办政策宣讲会1场，听讲人员170人。"),
    ("range", "{}开展交叉互查，查出问题26个。"),
    ("month", "{}，建成信息平台1个，录入数据5200条。"),
    ("dated", "会议于{}召开，通报了有关情况。"),
    ("day", "{}，主要负责同志带队督导，走访基层单位9家。"),
    ("numeric", "{}，与有关单位签订合作协议3份。"),
    ("day", "自查报告已于{}上报。"),
    ("month", "{}完成设备安装调试46台。"),
    ("dated", "{}，收到群众表扬信5封。"),
    ("day", "{}顺利通过省级评估。"),
    ("range", "{}，分两批组织业务骨干外出学习。"),
    ("day", "{}上午，开展联合演练1次，参演140人。"),
    ("dated", "项目于{}竣工验收。"),
    ("day", "{}正式上线办事平台，办理业务390件。"),
    ("han", "{}，处置突发情况2起。"),
    ("day", "{}，揭牌设立服务站点3个。"),
    ("dated", "{}，公开选聘专业人员12名。"),
    ("day", "{}对22家单位进行回访，满意率98%。"),
    ("month", "{}，兑现奖励资金18万元。"),
    ("day", "我们在{}全部完成了台账更新。"),
    ("dated", "首批物资{}到位，共计380件。"),
    ("quarter", "{}，组织应急演练3场，参演450人次。"),
    ("quarter", "{}召开专题会议4次，完成重点任务11项。"),
    ("wide", "{}，在全市评比中获得一等奖。"),
    ("day", "受理的21件诉求{}全部办结。"),
    ("month", "{}，发放补助资金36万元，惠及410人。"),
)

_COUNTED_UP_TO: tuple[tuple[_Style, str], ...] = (
    ("day", "⟦截至{}⟧，累计受理事项1260件。"),
    ("dated", "⟦截至{}⟧，已整改问题58处，整改率96.7%。"),
    ("month", "⟦截至{}底⟧，共开展检查94次，发现问题37个。"),
    ("numeric", "⟦截至{}⟧，完成年度任务的83.5%。"),
)

_TWINS_AHEAD = (
    "计划{late}召开工作推进会，部署重点任务6项。",
    "剩余7处问题限期{late}前整改到位。",
    "拟于{late}组织集中培训，现已印发通知。",
    "培训班定于{late}举办，报名84人。",
    "新制度自{late}起施行。",
    "按合同约定，{late}前交付设备46台。",
    "为迎接{late}的省级评估，开展自查2轮。",
    "服务合同{late}到期，续签工作有序推进。",
    "力争{late}完成设备安装调试。",
    "到{next}年，累计建成示范点30个以上。",
)

_TWINS_BEHIND = (
    "与{last}年同期相比，受理量增长12.4%。",
    "自{last}年9月启用以来，平台运行平稳，累计办理业务390件。",
    "落实{last}年11月印发的《实施方案》，明确责任人37名。",
    "{last}年9月12日开工的项目，主体工程完成90%。",
    "1998年以来，同类事件首次为零。",
    "{last}年10月获批的专项资金120万元全部下达。",
    "《{next}年重点任务安排》已报送审批。",
    "上次评估为{last}年5月，本次得分提高3.2分。",
    "针对{last}年12月发现的15处问题，逐项开展回头看。",
    "对照“{next}年3月底前办结”的要求，倒排工期。",
    "修订{last}年3月制定的应急预案，新增章节2个。",
    "{last}年8月曾发生同类故障1次，现场处置流程据此调整。",
)


def spelt(day: date, own_year: int, style: _Style) -> str:
    """A time that begins on that day or in its month, as reports write it; with its year where that is not the report's own."""
    year = f"{day.year}年" if style in ("dated", "wide") or day.year != own_year else ""
    match style:
        case "numeric":
            return day.isoformat()
        case "month":
            return f"{year}{day.month}月"
        case "range":
            return f"{year}{day.month}月{min(day.day, 20)}日至{min(day.day, 20) + 5}日"
        case "quarter":
            return f"{year}第{han_number((day.month + 2) // 3)}季度"
        case "han":
            digits = year.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
            return f"{digits}{han_number(day.month)}月{han_number(day.day)}日"
    plain = f"{year}{day.month}月{day.day}日"
    return plain.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if style == "wide" else plain


def _late(clean: Clean, turn: int, style: _Style) -> date:
    """A day that neither period nor date of issue reaches; of the first quarter that begins behind them where a quarter is spelt."""
    day = clean.brief.issued + timedelta(days=(40, 67, 53, 46, 61)[turn % 5])
    if style == "quarter":
        return date(day.year + day.month // 10, (day.month + 2) // 3 * 3 % 12 + 1, 1)
    return day


@breaks("D302", "done after the date of issue")
def after_the_issue(clean: Clean) -> Iterator[Report]:
    for turn, (style, sentence) in clean.dealt(_DONE):
        day = _late(clean, turn, style)
        yield clean.put(sentence.format(f"⟦{spelt(day, clean.period.year, style)}⟧"), turn)


@breaks("D302", "counted up to a day after the date of issue")
def counted_beyond_the_issue(clean: Clean) -> Iterator[Report]:
    style, sentence = _COUNTED_UP_TO[clean.seat % len(_COUNTED_UP_TO)]
    yield clean.put(sentence.format(spelt(_late(clean, clean.seat, style), clean.period.year, style)), clean.seat)


@breaks("D302", "done between the period's end and the date of issue")
def between_end_and_issue(clean: Clean) -> Iterator[Change]:
    last, issued = clean.period.last, clean.brief.issued
    day = last + (issued - last) / 2
    style, sentence = _DONE[clean.seat % 4]
    written = spelt(day, clean.period.year, "day" if style == "dated" else style)
    yield Change(clean.put(sentence.format(f"⟦{written}⟧"), clean.seat), severity="warning")


@breaks("D302", "of an earlier year, told as this period's work")
def of_an_earlier_year(clean: Clean) -> Iterator[Change]:
    for turn, (style, sentence) in enumerate(_DONE[:6:3]):
        day = clean.period.first - timedelta(days=80 + 60 * turn + clean.seat)
        written = spelt(day, 0, style)
        yield Change(clean.put(sentence.format(f"⟦{written}⟧"), clean.seat + turn), severity="warning")


@breaks("D302", "of an earlier month of the year, told as this period's work")
def of_an_earlier_month(clean: Clean) -> Iterator[Change]:
    day = clean.period.first - timedelta(days=40)
    if day.year == clean.period.year:
        written = spelt(day, day.year, "day")
        yield Change(clean.put(f"⟦{written}⟧，召开工作推进会，部署重点任务6项。", clean.seat), severity="warning")


@spares("D302", "the same work within the period")
def within_the_period(clean: Clean) -> Iterator[Report]:
    for turn, (style, sentence) in clean.dealt(_DONE):
        if style not in ("quarter", "range", "month"):
            day = clean.period.first + (clean.period.last - clean.period.first) * (turn % 7) / 7
            yield clean.put(sentence.format(spelt(day, clean.period.year, style)), turn)


@spares("D302", "planned, due or in force later")
def still_ahead(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_TWINS_AHEAD):
        late = spelt(_late(clean, turn, "day"), clean.period.year, "day")
        yield clean.put(sentence.format(late=late, next=clean.period.year + 3), turn)


@spares("D302", "what came before: comparisons, origins, records")
def long_before(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_TWINS_BEHIND):
        yield clean.put(sentence.format(last=clean.period.year - 1, next=clean.period.year + 1), turn)


@spares("D302", "in the outlook")
def in_the_outlook(clean: Clean) -> Iterator[Report]:
    index = clean.of_type("outlook")[0]
    late = spelt(_late(clean, 0, "day"), clean.period.year, "day")
    yield clean.replace(clean.blocks[index].text[-1:], f"；{late}召开现场会，组织演练2场。", index)
