"""Campaigns that are over, told as work of now (D306)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from drafting.report import Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares


@dataclass(frozen=True, slots=True)
class _Campaign:
    """One that all reports once named, its last day by general knowledge, and how a drafter told of it while it ran.

    In `told` the name stands as ⟦so⟧. `sure` False where its last day is not settled, so that no more than a warning is due.
    """

    ended: date
    told: tuple[str, ...]
    sure: bool = True


_CAMPAIGNS = (
    _Campaign(
        date(2021, 2, 25),
        (
            "坚决打赢⟦脱贫攻坚战⟧，结对帮扶困难群众31户。",
            "{year}年是⟦脱贫攻坚战⟧的决胜之年，帮扶责任落实到人。",
            "全力做好⟦脱贫攻坚⟧工作，驻村工作队每月驻村20天以上。",
            "以⟦脱贫攻坚⟧统揽各项工作，选派驻村干部5名。",
            "举全单位之力投入⟦脱贫攻坚⟧，开展消费帮扶18万元。",
            "聚焦⟦脱贫攻坚⟧主战场，协调项目资金60万元。",
            "把⟦脱贫攻坚⟧作为头等大事，定期调度，逐户走访。",
            "当前，⟦脱贫攻坚⟧进入决胜阶段，帮扶责任层层压实。",
            "{year}年，⟦脱贫攻坚⟧进入收官阶段，逐户核查帮扶成效。",
            "奋力夺取⟦脱贫攻坚战⟧新胜利，落实帮扶资金36万元。",
            "⟦脱贫攻坚⟧任务依然艰巨，需要持续用力。",
        ),
    ),
    _Campaign(
        date(2021, 7, 1),
        (
            "{year}年是⟦决胜全面建成小康社会⟧的关键一年，各项任务压茬推进。",
            "为⟦决胜全面建成小康社会⟧提供坚强保障。",
            "⟦决胜全面建成小康社会⟧，必须补齐短板弱项。",
            "今年是⟦全面建成小康社会⟧的收官之年，工作标准不降。",
            "为⟦全面建成小康社会⟧而努力奋斗。",
            "向着⟦全面建成小康社会⟧目标奋力迈进。",
        ),
    ),
    _Campaign(
        date(2021, 12, 24),
        (
            "扎实开展⟦党史学习教育⟧，组织专题研讨4次。",
            "深入推进⟦党史学习教育⟧，为群众办实事26件。",
            "⟦党史学习教育⟧正在有序开展，全体党员参加集中学习。",
            "正在开展的⟦党史学习教育⟧进入第二阶段，撰写体会45篇。",
        ),
    ),
    _Campaign(
        date(2020, 1, 8),
        (
            "按照上级部署，认真开展⟦“不忘初心、牢记使命”主题教育⟧，检视问题14个。",
            "坚持把⟦“不忘初心、牢记使命”主题教育⟧作为首要政治任务来抓，领导带头讲党课6次。",
        ),
    ),
    _Campaign(date(2014, 10, 8), ("深入开展⟦党的群众路线教育实践活动⟧，征求意见建议52条。",)),
    _Campaign(
        date(2021, 3, 29),
        (
            "纵深推进⟦扫黑除恶专项斗争⟧，摸排线索5条。",
            "持续开展⟦扫黑除恶专项斗争⟧，张贴宣传海报320张。",
            "{year}年是⟦扫黑除恶专项斗争⟧的攻坚之年，宣传覆盖率达到98%。",
        ),
    ),
    _Campaign(
        date(2020, 12, 31),
        (
            "坚决打好⟦三大攻坚战⟧，治理项目完成6个。",
            "围绕打好⟦三大攻坚战⟧，制定措施22条。",
        ),
    ),
    _Campaign(
        date(2020, 12, 31),
        (
            "扎实推进⟦精准扶贫⟧，精准施策到户到人。",
            "大力实施⟦蓝天保卫战三年行动⟧，淘汰老旧车辆9台。",
        ),
    ),
    _Campaign(
        date(2022, 12, 31),
        (
            "深入实施⟦国企改革三年行动⟧，修订制度9项。",
            "继续推进⟦安全生产专项整治三年行动⟧，更新问题隐患清单2次。",
            "全面落实⟦安全生产专项整治三年行动⟧各项任务，整改隐患93处。",
        ),
    ),
    _Campaign(
        date(2024, 2, 4),
        (
            "深入开展⟦学习贯彻习近平新时代中国特色社会主义思想主题教育⟧，举办读书班3期。",
            "把开展⟦学习贯彻习近平新时代中国特色社会主义思想主题教育⟧作为重大政治任务，查摆问题11个。",
        ),
    ),
    _Campaign(
        date(2024, 7, 31), ("扎实开展⟦党纪学习教育⟧，集中学习6次。", "高质量推进⟦党纪学习教育⟧，开展警示教育2场。")
    ),
    _Campaign(date(2021, 5, 31), ("全面落实⟦全面二孩⟧政策，开展政策咨询活动7场。",)),
    _Campaign(date(2016, 1, 31), ("扎实开展⟦“三严三实”专题教育⟧，讲授专题党课5次。",), sure=False),
    _Campaign(date(2023, 1, 7), ("扎实做好⟦新冠肺炎疫情防控⟧工作，发放防护用品1.2万件。",), sure=False),
    _Campaign(date(2017, 3, 31), ("认真开展⟦“两学一做”学习教育⟧，组织交流研讨4次。",), sure=False),
    _Campaign(date(2020, 12, 31), ("全面落实⟦“三去一降一补”⟧任务，压减一般性支出8%。",), sure=False),
    _Campaign(
        date(2022, 12, 31),
        ("扎实做好⟦“六稳”⟧工作，稳定用工220人。", "全面落实⟦“六保”⟧任务，保障重点物资供应。"),
        sure=False,
    ),
)

_IN_THE_OUTLOOK = (
    (date(2021, 2, 25), "；坚决打赢⟦脱贫攻坚战⟧，持续抓好产业帮扶。"),
    (date(2021, 3, 29), "；深入推进⟦扫黑除恶专项斗争⟧，抓好线索核查。"),
    (date(2021, 12, 24), "；深入开展⟦党史学习教育⟧，办好民生实事。"),
    (date(2020, 12, 31), "；打好⟦三大攻坚战⟧，完成年度治理任务。"),
)
_IN_A_HEADING = (
    (date(2021, 2, 25), "聚焦⟦脱贫攻坚⟧，落实帮扶责任"),
    (date(2020, 1, 8), "开展⟦“不忘初心、牢记使命”主题教育⟧，加强党的建设"),
    (date(2021, 3, 29), "推进⟦扫黑除恶专项斗争⟧，维护安全稳定"),
    (date(2021, 12, 24), "抓实⟦党史学习教育⟧，凝聚奋进力量"),
)

_AS_AN_OUTCOME = (
    "巩固拓展脱贫攻坚成果，落实防止返贫监测23户。",
    "做好巩固拓展脱贫攻坚成果同乡村振兴有效衔接工作，选派驻村干部5名。",
    "大力弘扬脱贫攻坚精神，宣传先进典型8人。",
    "推动党史学习教育常态化长效化，组织研学活动6次。",
    "常态化开展扫黑除恶斗争，摸排线索5条。",
    "巩固深化“不忘初心、牢记使命”主题教育成果，完善制度4项。",
    "推进“两学一做”学习教育常态化制度化，开展主题党日12次。",
    "深入打好污染防治攻坚战，完成治理项目6个。",
    "如期打赢脱贫攻坚战以来，帮扶村集体收入逐年增加。",
    "2019年，我单位扎实开展“不忘初心、牢记使命”主题教育，形成的6项制度沿用至今。",
    "在脱贫攻坚期间选派的干部中，3人获评先进。",
    "国企改革三年行动圆满收官，42项任务全部销号。",
    "整理脱贫攻坚档案1260卷，全部移交入库。",
    "学习《关于打赢脱贫攻坚战三年行动的指导意见》等文件汇编，梳理沿革情况。",
    "观看扫黑除恶专项斗争纪实专题片1次。",
    "组织参观脱贫攻坚成就展，参观人数340人次。",
    "不忘初心、牢记使命，全体党员重温入党誓词2次。",
    "全面建成小康社会目标如期实现，为今后工作奠定基础。",
    "审计脱贫攻坚项目形成的资产27处，权属登记率100%。",
    "落实党史学习教育整改事项“回头看”要求，复核事项9件。",
    "脱贫攻坚任务完成后，帮扶力度保持不减。",
    "党史学习教育已全面结束，相关资料整理归档。",
    "把脱贫攻坚中形成的好做法用到乡村振兴中去，结对共建村3个。",
)


def _over(clean: Clean, ended: date, report_year: int) -> bool:
    """Over before the report's period began; `report_year` where it is put into another year."""
    return ended < clean.period.first.replace(year=report_year)


def _told(*, sure: bool) -> list[tuple[date, str]]:
    return [(one.ended, sentence) for one in _CAMPAIGNS if one.sure is sure for sentence in one.told]


def _in_its_aftermath(clean: Clean, ended: date, turn: int) -> Clean:
    """The report as it stands where the campaign is over by then, every third time in the first year that began without it."""
    if turn % 3 == 0 or not _over(clean, ended, clean.period.year):
        return clean.in_year(max(ended.year + 1, clean.period.year if turn % 3 else 0))
    return clean


@breaks("D306", "an ended campaign as a task")
def ended_as_a_task(clean: Clean) -> Iterator[Report]:
    for turn, (ended, sentence) in clean.dealt(_told(sure=True)):
        after = _in_its_aftermath(clean, ended, turn)
        yield after.put(sentence.replace("{year}", str(after.period.year)), turn)


@breaks("D306", "one whose end is not settled")
def perhaps_ended(clean: Clean) -> Iterator[Change]:
    for turn, (ended, sentence) in clean.dealt(_told(sure=False)):
        after = _in_its_aftermath(clean, ended, turn + 1)
        yield Change(after.put(sentence, turn), severity="warning")


@breaks("D306", "with 了 as work of this period")
def told_as_carried_out(clean: Clean) -> Iterator[Change]:
    if clean.seat < 3 and _over(clean, date(2021, 12, 24), clean.period.year):
        verb = ("组织开展了", "深入推进了", "部署开展了")[clean.seat]
        yield Change(clean.put(f"{verb}⟦党史学习教育⟧，集中学习8次。", clean.seat), severity="warning")


@breaks("D306", "as a task of what comes next")
def ended_in_the_outlook(clean: Clean) -> Iterator[Report]:
    ended, task = _IN_THE_OUTLOOK[clean.seat % len(_IN_THE_OUTLOOK)]
    if _over(clean, ended, clean.period.year):
        index = clean.of_type("outlook")[0]
        yield clean.at(index, replace(clean.blocks[index], words=clean.blocks[index].text[:-1] + task, points=()))


@breaks("D306", "in a heading")
def ended_in_a_heading(clean: Clean) -> Iterator[Report]:
    ended, words = _IN_A_HEADING[clean.seat % len(_IN_A_HEADING)]
    if _over(clean, ended, clean.period.year):
        index = clean.section("middle").start
        yield clean.at(index, replace(clean.blocks[index], words=words))


@spares("D306", "the same campaign while it ran")
def still_running(clean: Clean) -> Iterator[Report]:
    for turn, (ended, sentence) in clean.dealt(_told(sure=True)):
        during = clean.in_year(ended.year - 1 if ended.month < 12 else ended.year)
        plain = sentence.replace("{year}", str(during.period.year)).replace("⟦", "").replace("⟧", "")
        yield during.put(plain, turn)


@spares("D306", "its outcome, its history, its name in a title")
def as_an_outcome(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_AS_AN_OUTCOME):
        yield clean.put(sentence, turn)
