"""Anniversaries that are not that year's (D305): year − founding is the whole reckoning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from drafting.outline import han_number
from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_FOUNDED = {
    "中华人民共和国成立": 1949,
    "新中国成立": 1949,
    "建国": 1949,
    "中国共产党成立": 1921,
    "建党": 1921,
    "中国人民解放军建军": 1927,
    "改革开放": 1978,
    "中国人民抗日战争暨世界反法西斯战争胜利": 1945,
    "抗战胜利": 1945,
    "红军长征胜利": 1936,
    "遵义会议召开": 1935,
    "五四运动": 1919,
    "辛亥革命": 1911,
    "中国人民志愿军抗美援朝出国作战": 1950,
    "人民政协成立": 1949,
    "全国人民代表大会成立": 1954,
    "中国共产主义青年团成立": 1922,
    "中国少年先锋队建队": 1949,
    "中华全国总工会成立": 1925,
    "香港回归祖国": 1997,
    "澳门回归祖国": 1999,
    "重庆直辖": 1997,
    "内蒙古自治区成立": 1947,
    "新疆维吾尔自治区成立": 1955,
    "宁夏回族自治区成立": 1958,
    "西藏自治区成立": 1965,
    "毛泽东同志诞辰": 1893,
    "邓小平同志诞辰": 1904,
    "中美建交": 1979,
    "联合国成立": 1945,
}
"""The year that each counts from."""

_SUBJECT = (
    "{year}年是{}，我们以实际行动书写新篇章。",
    "今年是{}，组织开展主题宣讲12场。",
    "{year}年恰逢{}，各项庆祝活动有序开展。",
    "今年，正值{}，举办图片展览3场。",
    "{year}年是{}，也是任务攻坚的关键一年。",
    "今年适逢{}，开展主题征文活动，收到作品64篇。",
    "{year}年，我们迎来{}，全体人员倍受鼓舞。",
    "{year}年既是{}，又是制度建设深化年。",
    "{year}年我国喜迎{}，干部职工精神振奋。",
    "今年是{}之年，举办座谈会2次。",
    "{han}年是{}，主题宣传覆盖全部网点。",
    "{year}年7月1日是{}纪念日，集中开展走访活动。",
    "{year} 年是{}，汇编资料2册。",
)
_NO_SUBJECT = (
    "组织庆祝{}文艺演出，观众860人次。",
    "以优异成绩庆祝{}。",
    "举办{}主题展览，接待参观1200人次。",
    "值此{}之际，走访慰问老同志18名。",
    "开展“{}”主题征文，收到作品64篇。",
    "围绕{}，推出专题报道15篇。",
)
_RIGHT_AS_IT_STANDS = (
    "回顾{then}年，隆重庆祝新中国成立{old}周年的场景历历在目。",
    "学习《在庆祝新中国成立{old}周年大会上的讲话》，撰写心得32篇。",
    "为到新中国成立一百周年时建成社会主义现代化强国贡献力量。",
    "我单位成立8周年之际，整理大事记1册。",
    "新加坡建国60周年图片展在当地举办，我单位选送作品4件。",
    "开业3周年以来，服务对象累计4.6万人次。",
    "过去五年，先后组织新中国成立{recent}周年等主题活动11场。",
    "{then}年是新中国成立{old}周年，专题档案于当年移交，今年完成数字化。",
    "与{then}年庆祝新中国成立{old}周年期间相比，参观人数增长14%。",
    "老校友捐赠{then}年校庆60周年纪念册2套。",
)


def _spelt(years: int, spelling: int) -> str:
    """In Arabic figures, in Chinese numerals, or full-width."""
    match spelling % 3:
        case 1 if years < 100:
            return han_number(years)
        case 1 if years > 100:
            return f"一百{'零' if years < 110 else '一' if years < 120 else ''}{han_number(years - 100)}"
        case 1:
            return "一百"
        case 2:
            return str(years).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return str(years)


def _marked(event: str, years: int, spelling: int) -> str:
    return f"⟦{event}{_spelt(years, spelling)}周年⟧"


def _events(clean: Clean, among: Literal["dealt", "next"]) -> list[tuple[int, tuple[str, int]]]:
    """This report's share of the events, or another's."""
    table = list(_FOUNDED.items())
    return clean.dealt(table if among == "dealt" else table[1:] + table[:1])


def _of_the_year(clean: Clean, turn: int) -> str:
    """A sentence that says which year it speaks of, with {} for the anniversary."""
    year = str(clean.period.year)
    han = year.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    return _SUBJECT[turn % len(_SUBJECT)].format("{}", year=year, han=han)


def _own_years(clean: Clean) -> range:
    """今年 may be the period's year, or that of the date of issue."""
    return range(clean.period.year, clean.brief.issued.year + 1)


def _slip(years: int, turn: int, span: int) -> int:
    """What a drafter writes by mistake: last year's number, a round one, ten off. Never one of the `span` that would be right."""
    slipped = (years - 1, years // 10 * 10, years + 10, years + span, years - 5, years // 5 * 5)[turn % 6]
    return slipped if not years <= slipped < years + span else years - 2


@breaks("D305", "beside its year")
def beside_its_year(clean: Clean) -> Iterator[Report]:
    for turn, (event, founded) in _events(clean, "dealt"):
        span = len(_own_years(clean)) if _of_the_year(clean, turn).startswith("今年") else 1
        years = _slip(clean.period.year - founded, turn, span)
        yield clean.put(_of_the_year(clean, turn).format(_marked(event, years, turn)), turn)


@breaks("D305", "two in one sentence, the second wrong")
def second_of_two(clean: Clean) -> Iterator[Report]:
    year = clean.period.year
    wrong = _marked("中国共产党成立", year - 1921 - 2 - clean.seat, 0)
    yield clean.put(f"{year}年是新中国成立{year - 1949}周年、{wrong}，主题宣传贯穿全程。", clean.seat)


@breaks("D305", "in another year than the report's")
def in_another_year(clean: Clean) -> Iterator[Report]:
    event, founded = list(_FOUNDED.items())[clean.seat % len(_FOUNDED)]
    year = clean.period.year + (-3, 1)[clean.seat % 2]
    years = year - founded + (1, -1, 3)[clean.seat % 3]
    yield clean.put(f"{year}年是{_marked(event, years, clean.seat)}，相关筹备工作已列入台账。", clean.seat)


@breaks("D305", "with which the lead opens")
def in_the_lead(clean: Clean) -> Iterator[Report]:
    index, year = clean.of_type("lead")[0], clean.period.year
    wrong = _marked("中华人民共和国成立", (year - 1949) // 10 * 10 - (year % 10 == 9), clean.seat)
    yield clean.at(index, Block("lead", f"{year}年是{wrong}。{clean.blocks[index].text}"))


@breaks("D305", "without a year")
def without_a_year(clean: Clean) -> Iterator[Change]:
    for turn, (event, founded) in _events(clean, "next")[:2]:
        away = (-9, 5, -4, 12)[turn % 4]
        sentence = _NO_SUBJECT[turn % len(_NO_SUBJECT)]
        written = _marked(event, clean.period.year - founded + away, turn)
        yield Change(clean.put(sentence.format(written), turn), severity="warning")


@spares("D305", "the year's own anniversary")
def right_beside_its_year(clean: Clean) -> Iterator[Report]:
    for turn, (event, founded) in _events(clean, "dealt"):
        written = f"{event}{_spelt(clean.period.year - founded, turn)}周年"
        yield clean.put(_of_the_year(clean, turn).format(written), turn)


@spares("D305", "without a year, at most a year away")
def about_this_year(clean: Clean) -> Iterator[Report]:
    for turn, (event, founded) in _events(clean, "next")[:2]:
        years = clean.period.year - founded + (-1, 0, 1)[turn % 3]
        yield clean.put(_NO_SUBJECT[turn % len(_NO_SUBJECT)].format(f"{event}{_spelt(years, turn)}周年"), turn)


@spares("D305", "of another year, another country, in a title, still ahead")
def another_year_s(clean: Clean) -> Iterator[Report]:
    year = clean.period.year
    for turn, sentence in clean.dealt(_RIGHT_AS_IT_STANDS):
        yield clean.put(sentence.format(then=2009, old=60, recent=year - 3 - 1949), turn)
