"""Yearly days counted wrong (D314): the 39th 教师节 in 2024, which was the 40th."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from drafting.outline import han_number
from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

_THIS_YEAR = (
    # the day, the year in which it was first kept, and the sentence: {n} 40, {h} 四十, {w} ４０
    (1985, "围绕⟦第{n}个教师节⟧，走访慰问教职工46名。"),
    (1985, "在⟦第{h}个教师节⟧来临之际，表彰先进个人12名。"),
    (2002, "组织⟦第{n}个“安全生产月”⟧活动，发放资料2600份。"),
    (2002, "⟦第{h}个全国“安全生产月”⟧期间，开展咨询活动4场。"),
    (2002, "以⟦第{n}个全国安全生产月⟧为契机，开展警示教育9场。"),
    (1992, "结合⟦第{n}个全国消防日⟧，开展疏散演练3次。"),
    (1992, "⟦第{h}个全国消防日⟧当天，开放体验点7个。"),
    (2009, "⟦第{n}个全国防灾减灾日⟧期间，开展宣传活动11场。"),
    (2009, "⟦第{w}个全国防灾减灾日⟧，组织避险演练5次。"),
    (2016, "开展⟦第{h}个全民国家安全教育日⟧宣传，发放资料1900份。"),
    (2014, "⟦第{n}个国家宪法日⟧，组织诵读活动2场。"),
    (2014, "在⟦第{h}个国家宪法日⟧前后，举办法治讲座6场。"),
    (2018, "举办庆祝⟦第{n}个中国农民丰收节⟧活动1场。"),
    (2018, "⟦第{h}个中国医师节⟧，看望一线医务人员38名。"),
    (2021, "⟦第{n}个中国人民警察节⟧，慰问民警辅警64名。"),
    (2000, "⟦第{n}个记者节⟧，组织媒体座谈1次。"),
    (2016, "⟦第{h}个中国航天日⟧，开展科普活动3场。"),
    (2017, "⟦第{n}个全国科技工作者日⟧，走访专家9名。"),
    (1991, "⟦第{h}个全国土地日⟧，设置咨询台5处。"),
    (2000, "⟦第{n}个全国爱耳日⟧，开展义诊2场，接诊180人次。"),
    (2014, "⟦第{n}个烈士纪念日⟧，组织祭扫活动3批次。"),
    (2017, "⟦第{n}个中国品牌日⟧，推介产品14个。"),
    (2001, "⟦第{h}个世界知识产权日⟧，开展执法宣传2次。"),
    (2002, "⟦第 {n} 个“安全生产月”⟧活动，参与人员4300人次。"),
    (2002, "⟦第{n}届“安全生产月”⟧活动，覆盖单位57家。"),
)

_NAMED_YEAR = (
    (1985, 2019, "{y}年是⟦第{n}个教师节⟧，当年建立的荣誉制度沿用至今。"),
    (1985, 2025, "{y}年⟦第{h}个教师节⟧主题活动方案已完成初稿。"),
    (2002, 2020, "档案收录{y}年⟦第{n}个全国“安全生产月”⟧影像资料41份。"),
    (2009, 2021, "{y}年⟦第{n}个全国防灾减灾日⟧建成的体验馆开放运行。"),
    (2014, 2023, "展陈内容更新至{y}年⟦第{h}个国家宪法日⟧。"),
    (1992, 2022, "⟦第{n}个全国消防日⟧（{y}年）制作的宣传片继续使用。"),
    (2018, 2022, "{y}年⟦第{h}个中国医师节⟧评选的标兵作经验交流。"),
    (2000, 2010, "{y}年⟦第{h}个记者节⟧设立的奖项已评选多届。"),
)

_MEDIUM = (
    (1996, "⟦第{n}个全国中小学生安全教育日⟧，开设主题班会32节。"),
    (1979, "⟦第{n}个植树节⟧，栽植苗木1200株。"),
    (1996, "⟦第{h}个世界读书日⟧，捐赠图书860册。"),
    (1989, "⟦第{n}个爱国卫生月⟧，清理卫生死角75处。"),
)

_NO_COUNT = (
    "教师节期间，慰问教职工31名，第3个教师工作站挂牌。",
    "自2002年第一个安全生产月以来，宣传活动连续开展。",
    "学习《在第35个教师节庆祝大会上的讲话》精神。",
    "完成第5个消防站选址，结合全国消防日开展宣传。",
    "第2个月起，纳入“安全生产月”考核内容。",
    "第12届技能大赛与安全生产月同步开展，参赛选手86名。",
    "第一个国家宪法日设立以来，坚持每年开展诵读活动。",
    "防灾减灾日宣传中，第1个展区接待群众420人次。",
    "“安全生产月”第3个专题培训班开班，参训52人。",
    "连续第6年在全国土地日开展宣传。",
    "第4个整改事项涉及记者节活动经费报销。",
)


def _spelt(sentence: str, number: int, year: int = 0) -> str:
    return sentence.format(n=number, h=han_number(number), w=str(number).translate(_WIDE), y=year)


def _off(number: int, turn: int) -> int:
    """The number wrong by a year or two, as it stands in the report of the years around."""
    wrong = number + (-1, 1, -2, -1, 2)[turn % 5]
    return wrong if wrong > 0 else number + 1


def _years(clean: Clean) -> tuple[int, ...]:
    """Report years that a sentence without a year is tried in: the report's own, two on and one back."""
    return (clean.period.year, clean.period.year + 2, clean.period.year - 1)


def _of_one_year(clean: Clean, turn: int) -> Clean:
    """The report of another year, issued in the year that it covers, so that no second year may be meant."""
    moved = clean.in_year(_years(clean)[turn % 3])
    issued = date(moved.period.year, 12, 31)
    brief = replace(moved.brief, issued=min(moved.brief.issued, issued))
    return replace(moved, report=replace(moved.report, issued=brief.issued, brief=brief))


@breaks("D314", "of the year under review")
def miscounted(clean: Clean) -> Iterator[Report]:
    for turn, (first, sentence) in clean.dealt(_THIS_YEAR):
        moved = _of_one_year(clean, turn)
        yield moved.put(_spelt(sentence, _off(moved.period.year - first + 1, turn)), turn)


@breaks("D314", "of a year that is named")
def miscounted_in_a_named_year(clean: Clean) -> Iterator[Report]:
    for turn, (first, year, sentence) in clean.dealt(_NAMED_YEAR):
        yield clean.put(_spelt(sentence, _off(year - first + 1, turn), year), turn)


@breaks("D314", "in a heading or the lead")
def miscounted_elsewhere(clean: Clean) -> Iterator[Report]:
    year = clean.period.year
    wrong = year - 2002 + (0 if clean.seat % 3 else 4)
    if clean.seat % 2:
        index = clean.section("last").start
        yield clean.at(index, replace(clean.blocks[index], words=f"开展⟦第{han_number(wrong)}个“安全生产月”⟧活动情况"))
    else:
        index = clean.of_type("lead")[0]
        words = clean.blocks[index].text.replace("现将", f"{year}年⟦第{wrong}个“安全生产月”⟧活动有序开展。现将", 1)
        yield clean.at(index, Block("lead", words))


@breaks("D314", "where the first year is not beyond doubt")
def miscounted_with_doubt(clean: Clean) -> Iterator[Change]:
    for turn, (first, sentence) in clean.dealt(_MEDIUM):
        moved = _of_one_year(clean, turn)
        words = _spelt(sentence, _off(moved.period.year - first + 1, turn))
        yield Change(moved.put(words, turn), severity="warning")


@spares("D314", "counted right")
def counted(clean: Clean) -> Iterator[Report]:
    for turn, (first, sentence) in clean.dealt((*_THIS_YEAR, *_MEDIUM)):
        moved = clean.in_year(_years(clean)[turn % 3])
        words = _spelt(sentence, moved.period.year - first + 1)
        yield moved.put(words.replace("⟦", "").replace("⟧", ""), turn)
    for turn, (first, year, sentence) in clean.dealt(_NAMED_YEAR):
        words = _spelt(sentence, year - first + 1, year)
        yield clean.put(words.replace("⟦", "").replace("⟧", ""), turn)


@spares("D314", "last year's, counted right")
def of_last_year(clean: Clean) -> Iterator[Report]:
    number = clean.brief.issued.year - 1 - 1985 + 1
    yield clean.put(f"去年第{number}个教师节表彰的先进集体作经验介绍。", clean.seat)


@spares("D314", "other numbers beside the day")
def no_count(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_COUNT):
        yield clean.put(sentence, turn)
