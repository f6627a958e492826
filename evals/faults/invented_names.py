"""Faults of dates and names: a day (G402), a document, an organ, a place or a person (G403) that no fact holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from drafting.report import Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_HAN = "〇一二三四五六七八九"
_DEEDS = ("召开推进会", "开展专题调研", "组织联合检查", "举办培训班", "印发工作通知", "开展现场督导", "启动宣传活动")


def _free_days(clean: Clean) -> Iterator[date]:
    """Days of the period whose month the report does not name at all, else whose day it does not; never the period's own ends."""
    period = clean.period
    text = clean.report.text + "".join(fact.text for fact in clean.brief.facts())
    days = [period.first + timedelta(days=step) for step in range(3, (period.last - period.first).days - 3)]
    step = max(1, len(days) // 9)
    for start in count():
        if start >= step:
            return
        for day in days[start::step]:
            if f"{day.month}月" not in text and (day - timedelta(days=1)).day != 1:
                yield day


def _written(day: date, turn: int) -> str:
    month, number = day.month, day.day
    match turn % 6:
        case 0:
            return f"⟦{month}月{number}日⟧"
        case 1:
            return f"⟦{day.year}年{month}月{number}日⟧"
        case 2:
            return f"⟦{month}月{number}日至{number + 1}日⟧" if number < 28 else f"⟦{month}月{number}日⟧"
        case 3:
            return "⟦" + str(month).translate(_WIDE) + "月" + str(number).translate(_WIDE) + "日⟧"
        case 4:
            return f"⟦{_chinese(month)}月{_chinese(number)}日⟧"
        case _:
            return f"⟦{month}月{number}日⟧上午"


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")


@breaks("G402", "a day that no fact holds")
def _invented_days(clean: Clean) -> Iterator[Report]:
    for turn, day in zip(range(8), _free_days(clean), strict=False):
        yield clean.put(f"{_written(day, turn + clean.seat)}{_DEEDS[turn % len(_DEEDS)]}。", turn)


@spares("G402", "days that the brief or the period holds")
def _known_days(clean: Clean) -> Iterator[Report]:
    period, issued = clean.period, clean.brief.issued
    own = (
        f"截至{issued.month}月{issued.day}日，各项任务有序推进。",
        "今年以来，各项任务有序推进。",
        f"{period}，各项任务有序推进。" if "年" in str(period) else "",
        f"截至{period.last.month}月底，各项任务有序推进。" if (period.last + timedelta(days=1)).day == 1 else "",
    )
    for turn, sentence in enumerate(filter(None, own)):
        yield clean.put(sentence, turn + clean.seat)
    for fact in clean.brief.facts():
        if fact.date and period.first <= fact.date <= period.last:
            yield clean.put(f"{fact.date.month}月{fact.date.day}日汇总。", 1)


_DOCUMENTS = (
    "公共场所卫生管理实施办法", "关于进一步加强值班工作的通知", "三年行动实施方案", "重点领域风险防控指南", "工作人员守则",
    "网格化管理暂行规定", "数据安全管理办法", "关于做好信息报送工作的意见", "突发事件应急预案汇编", "档案管理制度",
    "绩效评价实施细则", "行政执法责任清单", "公共服务事项目录", "岗位操作规程", "年度工作要点",
    "关于深化改革的若干措施", "设备更新行动计划", "信访工作责任制", "群众意见办理规程", "投资项目管理手册",
    "区域协作框架协议", "人才培养规划", "节能减排倡议书", "政府采购管理办法", "内部控制规范",
    "标准化建设导则", "廉政风险点清单", "志愿服务管理办法", "关于规范会议活动的规定", "督查督办工作办法",
    "文明服务公约", "职工代表大会条例",
)  # fmt: skip
_DOCUMENT_FRAMES = (
    "印发⟦《{}》⟧。",
    "修订完善⟦《{}》⟧，明确工作要求。",
    "按照⟦《{}》⟧要求抓好落实。",
    "组织学习⟦《{}》⟧。",
    "起草⟦《{}》⟧并征求意见。",
)
_NAMED = (
    "联合市⟦国资委⟧开展督导。", "邀请省⟦疾控中心⟧专家授课。", "会同县⟦检察院⟧开展专项监督。", "与市⟦妇联⟧共建服务站点。",
    "在⟦石桥镇⟧召开现场会。", "到⟦柳林村⟧走访慰问。", "赴⟦青峰县⟧学习考察。",
    "与省⟦审计厅⟧建立协作机制。",
    "市⟦科协⟧给予技术支持。", "县⟦供销社⟧参与配送。", "联合市融⟦媒体中心⟧开展宣传。", "省⟦地震局⟧到场指导。",
)  # fmt: skip


@breaks("G403", "a document that no fact names")
def _invented_documents(clean: Clean) -> Iterator[Report]:
    for turn, name in clean.dealt(_DOCUMENTS):
        yield clean.put(_DOCUMENT_FRAMES[turn % len(_DOCUMENT_FRAMES)].format(name), turn)


@breaks("G403", "an organ or a place that no fact names")
def _invented_organs(clean: Clean) -> Iterator[Change]:
    for turn, sentence in clean.dealt(_NAMED):
        yield Change(clean.put(sentence, turn), severity="warning")


@spares("G403", "names that the brief holds, and words that are no names")
def _known_names(clean: Clean) -> Iterator[Report]:
    brief = clean.brief
    for turn, sentence in enumerate(
        (
            f"{brief.organ}逐项抓好落实。",
            "各县区、各部门密切配合。",
            "有关单位按照职责分工抓好落实。",
            "相关科室主动对接。",
            "全市上下齐心协力。",
            "各级党组织发挥战斗堡垒作用。",
            "“一把手”亲自部署。",
        )
    ):
        yield clean.put(sentence, turn)
