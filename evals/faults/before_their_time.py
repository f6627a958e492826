"""Meetings, campaigns, ideas and organs in a report that was issued before they were (D307)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from drafting.report import Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares


@dataclass(frozen=True, slots=True)
class _Thing:
    """What was not yet, its first day by general knowledge, and how a drafter told of it once it was; the name stands as ⟦so⟧.

    `sure` False where the day is not settled, so that no more than a warning is due.
    """

    began: date
    told: tuple[str, ...]
    sure: bool = True


_THINGS = (
    _Thing(
        date(2025, 10, 20),
        ("深入学习贯彻党的⟦二十届四中全会⟧精神，组织专题学习4次。", "传达学习⟦二十届四中全会⟧公报，撰写体会32篇。"),
    ),
    _Thing(
        date(2024, 7, 15),
        (
            "认真学习贯彻党的⟦二十届三中全会⟧精神，召开学习会3次。",
            "按照⟦二十届三中全会⟧部署，推进改革事项12项。",
            "⟦二十届三中全会⟧以来，改革措施逐项落地。",
            "学习宣传党的二十大和二十届二中、⟦三中全会⟧精神，宣讲18场。",
            "落实⟦二十届三中全会⟧《决定》要求，明确任务27项。",
            "⟦二十届三中全会⟧胜利召开，干部职工收看收听320人次。",
            "⟦二十届三中全会⟧召开后，第一时间组织专题学习。",
            "中心组围绕⟦二十届三中全会⟧精神开展研讨4次。",
            "把学习贯彻⟦二十届三中全会⟧精神作为首要政治任务，分级开展培训。",
        ),
    ),
    _Thing(date(2023, 2, 26), ("学习贯彻党的⟦二十届二中全会⟧精神，开展交流研讨2次。",)),
    _Thing(
        date(2022, 10, 16),
        (
            "全面贯彻党的⟦二十大⟧精神，开展宣讲26场。",
            "以党的⟦二十大⟧精神为指引，推动重点任务落地。",
            "⟦二十大⟧报告提出的目标任务逐条分解到科室。",
            "牢记⟦“三个务必”⟧，弘扬优良作风。",
        ),
    ),
    _Thing(date(2021, 11, 8), ("深入学习⟦十九届六中全会⟧精神，举办读书班2期。",)),
    _Thing(date(2020, 10, 26), ("学习贯彻党的⟦十九届五中全会⟧精神，开展研讨3次。",)),
    _Thing(date(2019, 10, 28), ("贯彻落实⟦十九届四中全会⟧精神，完善制度8项。",)),
    _Thing(
        date(2017, 10, 18), ("深入学习贯彻党的⟦十九大⟧精神，举办培训班2期。", "大力实施⟦乡村振兴战略⟧，帮扶共建村3个。")
    ),
    _Thing(date(2025, 3, 5), ("传达贯彻⟦十四届全国人大三次会议⟧精神，召开学习会1次。",)),
    _Thing(date(2023, 3, 5), ("认真落实⟦十四届全国人大一次会议⟧精神，分解任务19项。",)),
    _Thing(date(2023, 9, 7), ("加快发展⟦新质生产力⟧，更新设备14台。", "围绕培育⟦新质生产力⟧，开展技术攻关5项。")),
    _Thing(date(2024, 3, 5), ("实施⟦“人工智能+”行动⟧，上线智能应用2个。",)),
    _Thing(date(2021, 11, 11), ("深刻领悟⟦“两个确立”⟧的决定性意义，开展学习12次。",)),
    _Thing(date(2020, 9, 22), ("锚定⟦碳达峰碳中和⟧目标，节约用电3.2万千瓦时。",)),
    _Thing(
        date(2024, 4, 1),
        (
            "开展了⟦党纪学习教育⟧，集中学习6次。",
            "⟦党纪学习教育⟧期间，举办读书班1期。",
            "扎实开展⟦党纪学习教育⟧，组织警示教育3场。",
            "结合⟦党纪学习教育⟧，讲授专题党课5次。",
            "⟦党纪学习教育⟧开展以来，查摆问题14个。",
            "以⟦党纪学习教育⟧为契机，完善内控制度6项。",
        ),
    ),
    _Thing(date(2023, 4, 3), ("⟦学习贯彻习近平新时代中国特色社会主义思想主题教育⟧取得成果，建立制度6项。",)),
    _Thing(date(2025, 3, 17), ("⟦深入贯彻中央八项规定精神学习教育⟧期间，检视问题9个。",)),
    _Thing(date(2023, 12, 31), ("⟦第五次全国经济普查⟧结果显示，单位数量稳步增长。",)),
    _Thing(date(2021, 2, 20), ("组织开展了⟦党史学习教育⟧，参观红色场馆3处。",)),
    _Thing(date(2027, 7, 1), ("全面贯彻党的⟦二十一大⟧精神，开展宣讲11场。",), sure=False),
    _Thing(date(2026, 3, 4), ("传达学习⟦十四届全国人大四次会议⟧精神，召开学习会2次。",), sure=False),
    _Thing(date(2023, 10, 25), ("按照⟦国家数据局⟧要求，完成数据资源目录编制。",), sure=False),
    _Thing(date(2018, 3, 19), ("⟦应急管理部⟧部署的排查任务全部完成，整改隐患36处。",), sure=False),
    _Thing(date(2023, 5, 18), ("配合⟦国家金融监督管理总局⟧派出机构开展检查2次。",), sure=False),
)

_IN_A_HEADING = (
    (date(2024, 7, 15), "学习贯彻⟦二十届三中全会⟧精神，凝聚改革合力"),
    (date(2025, 10, 20), "贯彻⟦二十届四中全会⟧精神，推动任务落实"),
    (date(2023, 9, 7), "培育⟦新质生产力⟧，增强发展动能"),
    (date(2022, 10, 16), "贯彻⟦二十大⟧精神，提高思想认识"),
)

_AWAITED = (
    # the day before which it can only be awaited, and how it is
    (date(2024, 7, 15), "以优异成绩迎接党的二十届三中全会胜利召开。"),
    (date(2027, 7, 1), "喜迎党的二十一大，开展主题活动5次。"),
    (date(2023, 12, 31), "提前谋划第五次全国经济普查，落实办公场所和人员。"),
    (date(2024, 4, 1), "拟于下半年开展党纪学习教育，方案已报批。"),
    (date(2026, 12, 31), "做好第四次全国农业普查准备，选聘普查员46名。"),
    (date(2022, 10, 16), "为迎接党的二十大胜利召开营造浓厚氛围，布置宣传栏29处。"),
)
_AT_ANY_TIME = (
    "完成第二十大项第三小项整改，销号问题12个。",
    "评选年度二十大亮点工作，参评案例46个。",
    "农业部门与应急管理部门联合开展检查6次。",
    "公司二届三中全会审议议案7项。",
    "传达学习历次全会精神，组织研讨4次。",
    "落实十二大类措施，推进十九大项任务。",
    "深化金融机构改革，走访企业31家。",
    "质量发展与生产能力评估同步推进，完成报告2份。",
)


def _issued_on(clean: Clean, day: date) -> bool:
    return clean.brief.issued >= day


def _before(clean: Clean, began: date, turn: int) -> Clean:
    """The report as it stands where it was issued before that day, every third time in the last year that ended without it."""
    own = clean.period.year
    late = clean.brief.issued.year - own
    if turn % 3 == 0 or _issued_on(clean, began):
        year = min(began.year - 1 - late, own if turn % 3 else began.year)
        return clean.in_year(year)
    return clean


def _told(*, sure: bool) -> list[tuple[date, str]]:
    return [(one.began, sentence) for one in _THINGS if one.sure is sure for sentence in one.told]


@breaks("D307", "a thing before its time")
def before_its_time(clean: Clean) -> Iterator[Report]:
    for turn, (began, sentence) in clean.dealt(_told(sure=True)):
        yield _before(clean, began, turn).put(sentence, turn)


@breaks("D307", "one whose day is not settled")
def perhaps_before_its_time(clean: Clean) -> Iterator[Change]:
    for turn, (began, sentence) in clean.dealt(_told(sure=False)):
        yield Change(_before(clean, began, turn).put(sentence, turn), severity="warning")


@breaks("D307", "in a heading")
def in_a_heading(clean: Clean) -> Iterator[Report]:
    began, words = _IN_A_HEADING[clean.seat % len(_IN_A_HEADING)]
    early = _before(clean, began, 1)
    index = early.section("middle").start
    yield early.at(index, replace(early.blocks[index], words=words))


@breaks("D307", "in the outlook, as held")
def in_the_outlook(clean: Clean) -> Iterator[Report]:
    early = _before(clean, date(2024, 7, 15), clean.seat)
    index = early.of_type("outlook")[0]
    task = "；继续贯彻落实党的⟦二十届三中全会⟧精神，抓好改革任务。"
    yield early.at(index, replace(early.blocks[index], words=early.blocks[index].text[:-1] + task, points=()))


@spares("D307", "the same thing in its time")
def in_its_time(clean: Clean) -> Iterator[Report]:
    for turn, (began, sentence) in clean.dealt(_told(sure=True)):
        later = clean if _issued_on(clean, began) else clean.in_year(began.year + 1)
        yield later.put(sentence.replace("⟦", "").replace("⟧", ""), turn)


@spares("D307", "awaited and prepared")
def awaited(clean: Clean) -> Iterator[Report]:
    for turn, (began, sentence) in clean.dealt(_AWAITED):
        yield _before(clean, began, turn).put(sentence, turn)


@spares("D307", "other words with its name in them")
def other_words(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_AT_ANY_TIME):
        yield clean.in_year(2016).put(sentence, turn)
