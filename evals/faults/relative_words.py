"""Words that count from the present against the year beside them, and words whose day nobody knows (D313)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")

_YEARS_AWAY = (
    # how far the word is from the year of the report, and the sentence: {y} the year beside it
    (-1, "受理事项比⟦去年（{y}年）⟧减少12件。"),
    (-1, "⟦去年（{y}年）⟧遗留的3项任务全部销号。"),
    (-1, "与⟦上年（{y}年）⟧相比，培训人次增加260人次。"),
    (-1, "⟦上年度（{y}年度）⟧考核中指出的4个问题已整改。"),
    (-1, "⟦{y}年（去年）⟧启动的试点扩大到9个单位。"),
    (-1, "⟦去年{y}年⟧立项的课题按期结题。"),
    (-1, "⟦去年即{y}年⟧，投入资金126万元，用于设备更新。"),
    (-1, "⟦去年，即{y}年⟧，完成投资310万元。"),
    (-1, "⟦去年，也就是{y}年⟧，累计走访860户。"),
    (-1, "较⟦上一年（{y}年）⟧增加7个百分点。"),
    (-1, "⟦去年（{h}年）⟧建立的台账已全部核对。"),
    (-1, "⟦去年（{w}年）⟧结转的经费全部支付。"),
    (-1, "⟦去年( {y}年 )⟧反馈的意见逐条落实。"),
    (-1, "⟦去年（{y}）⟧完成培训14期。"),
    (-1, "比⟦去年同期（{y}年同期）⟧多办结36件。"),
    (-1, "比⟦去年同期（{y}年1—6月）⟧提高3.1个百分点。"),
    (-1, "⟦去年底（{y}年底）⟧前立项的项目均已开工。"),
    (-1, "⟦去年12月（{y}年12月）⟧部署的事项办理完毕。"),
    (0, "⟦今年（{y}年）⟧以来，开展督导检查18次。"),
    (0, "⟦今年以来（{y}年）⟧，新增服务对象420人。"),
    (0, "⟦今年（{y}年）⟧安排的重点任务有序推进。"),
    (0, "⟦本年度（{y}年度）⟧计划培训9期，已举办5期。"),
    (0, "⟦今年{y}年⟧，新建服务站点8个。"),
    (0, "⟦今年是{y}年⟧，也是三年行动的关键一年。"),
    (0, "⟦{y}年（今年）⟧，完成设备采购32台。"),
    (0, "⟦{y}年度（本年度）⟧预算执行率96.2%。"),
    (0, "⟦今年上半年（{y}年1—6月）⟧，接待来访79批次。"),
    (0, "⟦今年，即{y}年⟧，实行新的考核办法。"),
    (1, "⟦明年（{y}年）⟧的预算编制已启动。"),
    (1, "⟦下年度（{y}年度）⟧采购计划已完成编报。"),
    (1, "项目将于⟦明年（{y}年）⟧交付使用。"),
    (1, "⟦{y}年（明年）⟧拟新增站点6个。"),
    (1, "⟦明年即{y}年⟧，将全面推行电子台账。"),
    (-2, "⟦前年（{y}年）⟧开工的项目通过验收。"),
    (-2, "自⟦前年（{y}年）⟧起，坚持每季度通报。"),
    (2, "⟦后年（{y}年）⟧全部更换到位。"),
)

_VAGUE = (
    "⟦近日⟧，组织开展专题培训，参训人员64人。",
    "⟦日前⟧，召开部门协调会，明确事项5项。",
    "⟦昨天⟧，对重点点位开展复查，未发现新问题。",
    "⟦昨日⟧下午，完成物资清点，清点物资210件。",
    "⟦前天⟧，参加市级业务竞赛，获得二等奖。",
    "⟦前几天⟧，组织人员实地查看，形成问题清单1份。",
    "⟦前不久⟧，接受专项审计，未发现违规问题。",
    "⟦昨晚⟧，安排值班人员12名，处置情况3起。",
    "⟦前些天⟧，邀请专家授课2次。",
    "⟦不久前⟧，与相关单位签订合作协议。",
    "⟦近日来⟧，安排人员逐户核查。",
    "⟦近几天⟧，集中处理来信28件。",
    "经验做法⟦近日⟧被上级简报刊发。",
    "相关工作于⟦日前⟧通过验收。",
    "⟦上周⟧，举办开放日活动1场。",
    "⟦上周五⟧，完成系统升级。",
    "⟦这几天⟧，组织人员开展回访。",
    "⟦前一阵子⟧，集中清理档案620卷。",
)

_NOT_VAGUE = (
    "在节日前开展专项检查，检查单位14家。",
    "11月30日前完成整改，逐项验收销号。",
    "工作日前往现场办公，解决问题7个。",
    "学习《近日工作提示》，落实要求4条。",
    "今天的成绩来之不易，要倍加珍惜。",
    "宣传“昨天、今天、明天”主题展览，接待观众3600人次。",
    "近年来，群众满意度稳步提升。",
    "到期日前续签合同，未出现断档。",
    "建设面向明天的人才队伍，培养骨干24名。",
    "考试日前一周完成场地准备。",
    "当日前来咨询的群众26人，现场答复。",
    "生日前夕走访老人46名，截止日前公示结果。",
    "最近日均接待86人次，附近日用品网点23个。",
    "上周期滚动任务全部完成，进入新一轮周期。",
    "今年（1—3月）、去年（全年）数据口径一致。",
    "每年（2019年起）开展一次全覆盖培训。",
    "近年来（2020年以来），投诉量逐年下降。",
    "历年（2018—2021年）档案全部数字化。",
    "去年，2021年立项的两个项目通过绩效评价。",
    "当年（2018年）签订的协议已到期。",
)


def _due(clean: Clean, away: int) -> set[int]:
    """The years that the word may mean: counted from the period's or from the date of issue's."""
    return {clean.period.year + away, clean.brief.issued.year + away}


def _spelt(sentence: str, year: int) -> str:
    return sentence.format(y=year, w=str(year).translate(_WIDE), h=str(year).translate(_HAN))


def _wrong(clean: Clean, away: int, turn: int) -> int:
    due = _due(clean, away)
    return max(due) + 1 if turn % 3 == 2 else min(due) - 1 - turn % 2


@breaks("D313", "another year beside the word")
def another_year(clean: Clean) -> Iterator[Report]:
    for turn, (away, sentence) in clean.dealt(_YEARS_AWAY):
        yield clean.put(_spelt(sentence, _wrong(clean, away, turn)), turn)


@breaks("D313", "in the lead, a heading or the outlook")
def another_year_elsewhere(clean: Clean) -> Iterator[Report]:
    year = _wrong(clean, 0, clean.seat)
    lead, heading, outlook = (clean.of_type("lead")[0], clean.section("last").start, clean.of_type("outlook")[0])
    match clean.seat % 3:
        case 0:
            words = clean.blocks[lead].text.replace("现将", f"⟦今年（{year}年）⟧各项任务进展平稳，现将", 1)
            yield clean.at(lead, Block("lead", words))
        case 1:
            yield clean.at(heading, replace(clean.blocks[heading], words=f"⟦今年（{year}年）⟧重点任务完成情况"))
        case 2:
            words = f"⟦明年（{_wrong(clean, 1, clean.seat)}年）⟧将继续巩固成果。"
            yield clean.at(outlook, Block("outlook", clean.blocks[outlook].text + words))


@breaks("D313", "a day that nobody knows")
def vague(clean: Clean) -> Iterator[Change]:
    for turn, sentence in clean.dealt(_VAGUE):
        yield Change(clean.put(sentence, turn), severity="warning")


@spares("D313", "the year that the word means")
def the_year_that_is_meant(clean: Clean) -> Iterator[Report]:
    for turn, (away, sentence) in clean.dealt(_YEARS_AWAY):
        right = _spelt(sentence, clean.period.year + away)
        yield clean.put(right.replace("⟦", "").replace("⟧", ""), turn)


@spares("D313", "the year that it means from the day of issue")
def counted_from_the_day_of_issue(clean: Clean) -> Iterator[Report]:
    if clean.brief.issued.year != clean.period.year:
        yield clean.put(f"明年（{clean.brief.issued.year + 1}年）的任务已分解到9个科室。", clean.seat)
        yield clean.put(f"去年（{clean.brief.issued.year - 1}年）的任务已全部完成。", clean.seat)


@spares("D313", "other words and other people's")
def other_words(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NOT_VAGUE):
        yield clean.put(sentence, turn)
