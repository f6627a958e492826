"""Numerals against the standard (Y702): years cut to two digits, two kinds of numerals in one range or date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

_CUT_YEARS = (
    # {s} is the report's year in two digits, {b} the year before in two
    "⟦{s}年⟧上半年，培训干部260人次。",
    "⟦{s}年⟧全年计划开展督查12次，现已完成。",
    "比⟦{b}年⟧同期减少17件。",
    "⟦{b}年⟧底前立项的3个项目全部完工。",
    "⟦{s}年⟧3月，组织开展集中整治。",
    "⟦{s}年⟧度考核指标逐项分解到科室。",
    "⟦{s}年⟧第二季度，召开调度会4次。",
    "⟦{s}年⟧一季度，受理事项410件。",
    "自⟦{b}年⟧以来，坚持每月通报。",
    "较⟦{b}年⟧增长5.8%，增幅扩大。",
    "⟦{s}年⟧初制定的9项措施全部落实。",
    "⟦{s}年⟧6月15日，接受专项评估。",
    "从⟦{b}年⟧起，实行台账管理。",
    "落实⟦{b}—{s}年度⟧考核要求，整改问题7个。",
    "⟦{s}年⟧12月底前完成资料归档。",
    "⟦{b}年⟧末结余资金已按规定上缴。",
    "与⟦{b}年⟧相比，办理时限缩短2天。",
    "⟦{b}年⟧和今年的投诉件均已办结。",
    "⟦{b}年⟧，办理事项1860件；今年以来，办理事项1920件。",
)

_TWO_KINDS = (
    "每组安排⟦3至五人⟧，分片包干。",
    "每轮用时⟦三至5天⟧，逐项销号。",
    "每月开展⟦2～三次⟧集中学习。",
    "培训周期为⟦五—10天⟧，考核合格后上岗。",
    "⟦{y}年六月⟧，完成首轮排查。",
    "⟦二〇二三年6月⟧，项目通过立项审批。",
    "⟦6月三十日⟧，完成数据核对。",
    "⟦{y}年十一月5日⟧，组织现场观摩。",
    "⟦二〇二二年12月8日⟧，签订协议。",
    "每次抽查⟦5至八家⟧单位，现场反馈。",
    "压缩办理时限⟦2天至三天⟧，提高效率。",
    "⟦十二月5日⟧，召开总结会。",
    "⟦{y}年三月十五日⟧，开展宣传活动2场。",
    "⟦二○二三年9月⟧，平台投入使用。",
)

_OF_ONE_KIND = (
    "近20年来，档案保存完好，无遗失。",
    "从事信访工作12年，获评先进个人。",
    "历时24个月，完成全部改造任务。",
    "连续10年度考核为优秀等次。",
    "服务协议有效期12年6个月，按期续签。",
    "组织12年级学生126人参加实践活动。",
    "学习“24年上半年”等不规范写法的纠错案例。",
    "学习《23年度工作手册》相关章节。",
    "每组安排3至5人，三至五天一轮换。",
    "二〇二三年六月三十日签订的协议已归档。",
    "选派干部3人到一个村驻点帮扶。",
    "在十月革命纪念日前后开展主题阅读。",
    "第3至第5组参加复赛，第一至第二组轮空。",
    "98年底建成的库房完成加固。",
    "风力一至六级的天气照常作业。",
    "质保期24年，使用年限50年。",
    "试用15年以上的设备全部更新，共31台。",
    "三月三民俗活动期间，安排值守人员16名。",
    "{y}年6月至8月开展专项行动，{y}年12月总结。",
    "推行“一件事一次办”，办理6月份事项310件。",
)


def _filled(sentence: str, clean: Clean) -> str:
    year = clean.period.year
    return sentence.format(y=year, s=f"{year % 100:02}", b=f"{(year - 1) % 100:02}")


def _in_full(sentence: str, clean: Clean) -> str:
    """The sentence with its years in four digits."""
    century = str(clean.period.year)[:2]
    return (
        sentence.replace("⟦", "").replace("⟧", "").replace("{s}", f"{century}{{s}}").replace("{b}", f"{century}{{b}}")
    )


@breaks("Y702", "a year of two digits")
def cut_year(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_CUT_YEARS):
        yield clean.put(_filled(sentence, clean), turn)


@breaks("Y702", "two kinds of numerals in one place")
def two_kinds(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_TWO_KINDS):
        yield clean.put(_filled(sentence, clean), turn)


@breaks("Y702", "in the title, a heading or the outlook")
def elsewhere(clean: Clean) -> Iterator[Report]:
    short = f"{clean.period.year % 100:02}"
    title, heading, outlook = clean.of_type("title")[0], clean.section("last").start, clean.of_type("outlook")[0]
    match clean.seat % 3:
        case 0:
            words = f"{clean.brief.organ}关于⟦{short}年⟧上半年重点工作的报告"
            yield clean.at(title, replace(clean.blocks[title], words=words))
        case 1:
            yield clean.at(heading, replace(clean.blocks[heading], words=f"⟦{short}年⟧度任务完成情况"))
        case 2:
            words = f"{clean.blocks[outlook].text}⟦{int(short) + 1}年⟧底前完成验收。"
            yield clean.at(outlook, Block("outlook", words))


@spares("Y702", "years of four digits")
def years_in_full(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_CUT_YEARS):
        yield clean.put(_filled(_in_full(sentence, clean), clean), turn)


@spares("Y702", "durations, names and numerals of one kind")
def of_one_kind(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_OF_ONE_KIND):
        yield clean.put(_filled(sentence, clean), turn)
