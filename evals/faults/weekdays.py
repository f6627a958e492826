"""Weekdays that are not the calendar's (D312), beside the calendar's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from drafting.outline import han_number
from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")

_IN_THE_PERIOD = (
    "⟦{m}月{d}日（星期{w}）⟧，召开调度会议，研究重点事项6项。",
    "⟦{y}年{m}月{d}日（星期{w}）⟧，组织集中学习，参加人员58人。",
    "⟦{m}月{d}日（周{w}）⟧，开展联合检查，抽查点位17个。",
    "⟦{m}月{d}日星期{w}⟧，举办现场观摩活动1场。",
    "⟦{y}年{m}月{d}日周{w}⟧上午，召开专题协调会。",
    "推进会于⟦{m}月{d}日（星期{w}）⟧召开，明确任务11项。",
    "⟦{y}年{m}月{d}日(星期{w})⟧，完成系统切换，运行平稳。",
    "⟦{m}月{d}日（礼拜{w}）⟧，走访服务对象36户。",
    "⟦{m}月{d}日，星期{w}⟧，开展满意度回访。",
    "⟦{m}月{d}日上午（星期{w}）⟧，组织桌面推演1次。",
    "⟦{m}月{d}日晚（周{w}）⟧，开展夜间巡查，出动车辆5辆。",
    "⟦星期{w}（{m}月{d}日）⟧，组织人员到现场办公。",
    "⟦{hm}月{hd}日（星期{w}）⟧，召开动员部署会。",
    "⟦{hy}年{hm}月{hd}日（星期{w}）⟧，签订责任书24份。",
    "⟦{wm}月{wd}日（星期{w}）⟧，完成资料移交。",
    "⟦{m} 月 {d} 日（星期{w}）⟧，组织专家评审。",
    "⟦{m}月{d}号（周{w}）⟧，开展政策宣讲2场。",
    "⟦{m}月{d}日（星期{sunday}）⟧，组织志愿服务活动。",
    "⟦{y}-{mm}-{dd}（星期{w}）⟧，完成数据备份。",
    "⟦{y}.{m}.{d}（周{w}）⟧，完成设备巡检。",
    "会议时间由原定时间调整到⟦{m}月{d}日（星期{w}）⟧，参会单位13家。",
    "根据安排，⟦{m}月{d}日（星期{w}）⟧下午集中办理事项45件。",
    "先后深入基层单位9家，其中⟦{y}年{m}月{d}日（星期{w}）⟧到现场解决问题4个。",
    "⟦{m}月{d}日（周{w}）⟧至月底，对重点部位逐一复核。",
)

_ANY_YEAR = (
    (date(2019, 10, 1), "⟦{y}年{m}月{d}日（星期{w}）⟧，旧址修缮工程竣工。"),
    (date(2020, 2, 29), "项目于⟦{y}年{m}月{d}日（星期{w}）⟧备案，手续齐全。"),
    (date(2021, 7, 1), "⟦{y}年{m}月{d}日（周{w}）⟧起执行新标准。"),
    (date(2018, 5, 12), "档案记载，⟦{y}年{m}月{d}日星期{w}⟧完成首次验收。"),
    (date(2026, 3, 16), "设备质保期至⟦{y}年{m}月{d}日（星期{w}）⟧。"),
    (date(2028, 2, 29), "租赁合同于⟦{y}年{m}月{d}日（星期{w}）⟧到期。"),
    (date(2000, 1, 1), "系统默认日期⟦{y}年{m}月{d}日（星期{w}）⟧已更正。"),
    (date(2022, 12, 31), "⟦{hy}年{hm}月{hd}日（星期{w}）⟧前的台账全部归档。"),
)

_BOTH_ENDS = (
    "⟦{m}月{d}日（星期{w}）⟧至{m2}月{d2}日（星期{r2}），开放集中办理窗口。",
    "{m}月{d}日（星期{r}）至⟦{m2}月{d2}日（星期{w2}）⟧，开展集中整治。",
    "{y}年{m}月{d}日（周{r}）—⟦{m2}月{d2}日（周{w2}）⟧，组织封闭测试。",
)

_NO_WEEKDAY = (
    "每周五召开例会，全年坚持不断，{m}月{d}日例会延长半天。",
    "坚持周三集中学习制度，{m}月{d}日学习由班子成员领学。",
    "{m}月{d}日召开会议，下周一前报送落实情况。",
    "{m}月{d}日，周边环境整治现场会召开，清理点位21处。",
    "{m}月{d}日，周一鸣等6名骨干获评先进个人。",
    "{m}月{d}日一周内，完成全部回访。",
    "{m}月{d}日，三周年纪念展开展，接待观众900人次。",
    "农历八月十五（星期五）当天，安排值班人员16名。",
    "推行“周一晨会、周五复盘”机制，{m}月{d}日起施行。",
    "{m}月{d}日（当天为重大活动日），加强巡查巡护。",
    "{m}月{d}日，星期八工作室挂牌运行。",
    "逢星期六、星期日（法定节假日除外）延时服务，{m}月{d}日起实行。",
    "{m}月{d}日至{d}日12时，第3周工作任务全部完成。",
)


def _words(day: date, weekday: int, *, mark: str = "") -> dict[str, str | int]:
    """A day and a weekday, 1–7, in every spelling; `mark` is put behind the names (m2, d2)."""
    month, of_month = str(day.month), str(day.day)
    spelt: dict[str, str | int] = {
        "y": day.year,
        "m": month,
        "d": of_month,
        "mm": f"{day.month:02}",
        "dd": f"{day.day:02}",
        "wm": month.translate(_WIDE),
        "wd": of_month.translate(_WIDE),
        "hy": str(day.year).translate(_HAN),
        "hm": han_number(day.month),
        "hd": han_number(day.day),
        "w": "一二三四五六日"[weekday - 1],
        "r": "一二三四五六日"[day.isoweekday() - 1],
        "sunday": "一二三四五六天"[weekday - 1],
    }
    return {f"{name}{mark}": value for name, value in spelt.items()}


def _a_day(clean: Clean, turn: int) -> date:
    return clean.period.first + timedelta(days=(turn * 37 + 5) % clean.period.days)


def _another(day: date, turn: int) -> int:
    """A weekday that is not the day's, the neighbours first."""
    away = (1, 6, 2, 5, 3, 4)[turn % 6]
    return (day.isoweekday() - 1 + away) % 7 + 1


def _week(clean: Clean, turn: int) -> tuple[date, date]:
    first = clean.period.first + timedelta(days=(turn * 5 + 3) % (clean.period.days - 8))
    return first, first + timedelta(days=4)


@breaks("D312", "a day of the period")
def wrong_in_the_period(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_IN_THE_PERIOD):
        day = _a_day(clean, turn)
        yield clean.put(sentence.format(**_words(day, _another(day, turn))), turn)


@breaks("D312", "a day with its year")
def wrong_in_any_year(clean: Clean) -> Iterator[Report]:
    for turn, (day, sentence) in clean.dealt(_ANY_YEAR):
        yield clean.put(sentence.format(**_words(day, _another(day, turn))), turn)


@breaks("D312", "one end of a range")
def wrong_at_one_end(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_BOTH_ENDS):
        first, last = _week(clean, turn)
        words = _words(first, _another(first, turn)) | _words(last, _another(last, turn), mark="2")
        yield clean.put(sentence.format(**words), turn)


@breaks("D312", "in a heading")
def wrong_in_a_heading(clean: Clean) -> Iterator[Report]:
    if clean.seat % 2 == 0:
        index, day = clean.section("last").start, _a_day(clean, clean.seat)
        words = "⟦{m}月{d}日（星期{w}）⟧专题会议落实情况".format(**_words(day, _another(day, clean.seat)))
        yield clean.at(index, replace(clean.blocks[index], words=words))


@breaks("D312", "in the plans, where the year goes without saying")
def wrong_in_the_plans(clean: Clean) -> Iterator[Change]:
    index, day = clean.of_type("outlook")[0], clean.period.last + timedelta(days=40 + clean.seat)
    words = "于⟦{m}月{d}日（星期{w}）⟧召开总结会议。".format(**_words(day, _another(day, clean.seat)))
    yield Change(clean.at(index, Block("outlook", clean.blocks[index].text + words)), severity="warning")


@spares("D312", "the calendar's weekday")
def right(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_IN_THE_PERIOD):
        day = _a_day(clean, turn)
        yield clean.put(_bare(sentence).format(**_words(day, day.isoweekday())), turn)
    for turn, (day, sentence) in clean.dealt(_ANY_YEAR):
        yield clean.put(_bare(sentence).format(**_words(day, day.isoweekday())), turn)
    for turn, sentence in clean.dealt(_BOTH_ENDS):
        first, last = _week(clean, turn)
        words = _words(first, first.isoweekday()) | _words(last, last.isoweekday(), mark="2")
        yield clean.put(_bare(sentence).format(**words), turn)


@spares("D312", "the calendar's weekday in the plans")
def right_in_the_plans(clean: Clean) -> Iterator[Report]:
    index, day = clean.of_type("outlook")[0], clean.period.last + timedelta(days=40 + clean.seat)
    words = "于{m}月{d}日（星期{w}）召开总结会议。".format(**_words(day, day.isoweekday()))
    yield clean.at(index, Block("outlook", clean.blocks[index].text + words))


@spares("D312", "weekdays of no date")
def no_weekday(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_WEEKDAY):
        day = _a_day(clean, turn)
        yield clean.put(sentence.format(**_words(day, _another(day, turn))), turn)


def _bare(sentence: str) -> str:
    return sentence.replace("⟦", "").replace("⟧", "")
