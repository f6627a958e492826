"""Dates that no calendar holds (D301), beside the days that they were meant to be."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from drafting.report import Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

_PAST_MONTH_END = (
    # what stands there, the day that it was meant to be, and the sentence around it
    ("⟦6月31日⟧", "6月30日", "{}，召开工作推进会，分析研判重点事项9项。"),
    ("⟦4月31日⟧", "4月30日", "{}召开领导小组会议2次，听取工作汇报。"),
    ("⟦2月30日⟧", "2月28日", "{}，组织业务骨干集中学习，参加人员46人。"),
    ("⟦9月31日⟧", "9月30日", "{}前，相关单位逐项报送自查情况。"),
    ("⟦11月31日⟧", "11月30日", "现场会定于{}召开，各项准备有序进行。"),
    ("⟦2月31日⟧", "2月27日", "专题培训班于{}结束，参训人员考核合格率100%。"),
    ("⟦6月32日⟧", "6月23日", "{}上午，开展联合检查，发现问题7个。"),
    ("⟦1月32日⟧", "1月23日", "{}，慰问一线职工64人。"),
    ("⟦4月45日⟧", "4月25日", "{}，举办政策解读活动1场。"),
    ("⟦{year}年6月31日⟧", "{year}年6月30日", "{}，与相关单位签订责任书12份。"),
    ("⟦{year}年11月31日⟧", "{year}年11月30日", "经批准，项目建设期延长至{}，其间做好现场管护。"),
    ("⟦{common}年2月29日⟧", "{common}年2月28日", "《值班值守工作制度》自{}起执行。"),
    ("⟦{common}年2月29日⟧", "{leap}年2月29日", "工程于{}开工，同步落实监理单位。"),
    ("⟦1900年2月29日⟧", "1904年2月29日", "档案记载，原址始建于{}，现存房屋3间。"),
    ("⟦六月三十一日⟧", "六月三十日", "{}，全体人员参加集中研讨。"),
    ("⟦四月三十一日⟧", "四月三十日", "{}，完成台账核对，涉及资料58份。"),
    ("⟦二〇二三年二月二十九日⟧", "二〇二三年二月二十八日", "合同于{}到期，已按规定续签。"),
    ("⟦二〇二二年九月三十一日⟧", "二〇二二年九月三十日", "项目于{}立项，现进入收尾阶段。"),
    ("⟦６月３１日⟧", "６月３０日", "{}，对重点部位逐一复核。"),
    ("⟦４月３１日⟧", "４月３０日", "{}，组织开展桌面推演1次。"),
    ("⟦6 月 31 日⟧", "6 月 30 日", "{}，完成数据核对。"),
    ("⟦6月31号⟧", "6月30号", "{}，召开现场办公会，协调解决问题5个。"),
    ("⟦11月31日⟧", "11月30日", "验收工作安排在{}（以通知为准）。"),
    ("⟦9月31日⟧", "9月30日", "来信收悉（{}），已转相关科室办理。"),
)

_NO_SUCH_MONTH = (
    ("⟦13月⟧", "12月", "{}，开展年度考核，评出先进集体4个。"),
    ("⟦{year}年13月⟧", "{year}年12月", "服务合同至{}到期。"),
    ("⟦{year}年13月5日⟧", "{year}年3月5日", "{}，开展志愿服务活动，参加人员57人。"),
    ("⟦15月12日⟧", "5月12日", "{}，开展防灾减灾宣传，发放资料900份。"),
    ("⟦{year}年16月⟧", "{year}年6月", "{}，完成设备采购，共计18台。"),
    ("⟦十三月⟧", "十二月", "{}，完成年度盘点。"),
    ("⟦{year}-02-30⟧", "{year}-02-28", "系统记录的最近一次备份时间为{}。"),
    ("⟦{year}.6.31⟧", "{year}.6.30", "检测报告（{}）显示各项指标合格。"),
    ("⟦{year}-13-05⟧", "{year}-03-05", "台账登记日期为{}，经手人签字齐全。"),
    ("⟦{year}/06/31⟧", "{year}/06/30", "平台数据更新至{}，共1260条。"),
)

_NO_SUCH_QUARTER = (
    ("⟦第五季度⟧", "第四季度", "{}，将开展综合评估。"),
    ("⟦{year}年第五季度⟧", "{year}年第一季度", "{}，完成摸底调查。"),
    ("⟦第六季度⟧", "第二季度", "{}通报情况显示，综合得分96.2分。"),
    ("⟦第5季度⟧", "第4季度", "{}计划开展回访，听取意见建议。"),
    ("⟦{year}年第五季度⟧", "{year}年第四季度", "下步工作中，力争于{}完成验收。"),
)

_WITHIN_A_RANGE = (
    ("⟦6月28日至31日⟧", "6月28日至30日", "{}，开展交叉检查，抽查单位14家。"),
    ("⟦4月20日—31日⟧", "4月20日—30日", "{}开展专项行动，出动人员86人次。"),
    ("⟦4月31日至5月6日⟧", "4月30日至5月6日", "{}，落实节日期间带班值守。"),
    ("⟦{year}年9月31日至10月7日⟧", "{year}年9月30日至10月7日", "{}为应急值守时段，值班电话保持畅通。"),
    ("6月15日、⟦31日⟧", "6月15日、30日", "{}分别召开协调会。"),
    ("4月10日和⟦6月31日⟧", "4月10日和6月30日", "{}两次组织集中清理，清运杂物7车。"),
    ("截至⟦6月31日⟧", "截至6月30日", "{}，累计受理事项730件。"),
    ("截至⟦{year}年11月31日⟧", "截至{year}年11月30日", "{}，库存物资可满足使用需求。"),
)

_ALL = (*_PAST_MONTH_END, *_NO_SUCH_MONTH, *_NO_SUCH_QUARTER, *_WITHIN_A_RANGE)

_NO_DATES = (
    "贯彻落实国务院令第76号和省政府令第131号，开展宣传培训6场。",
    "依据国办发〔2013〕31号文件要求，修订制度4项。",
    "跟踪服务13月龄以上幼儿230名，建档率100%。",
    "试点工作为期13个月，覆盖单位31家。",
    "全年12个月中有11个月超额完成任务，连续31日无投诉。",
    "采购6.31万元的耗材，单价2.30元。",
    "在31号楼、32号库房增设监控探头9个。",
    "网格员32名、信息员45名全部到岗，人均走访31户。",
    "第五季节目展播活动吸引观众4.5万人次，开展“四季度假”推介2场。",
    "受理期限由45日缩短至31日，按期办结率99.6%。",
    "每月30日调度一次，每季度末通报一次。",
    "完成2.29公里管线、6.31公里步道养护，面积为1.13万平方米。",
    "客服热线12345转办事项13件，办结13件。",
    "合同期24个月，质保期36个月，付款比例30%。",
    "14月—18月龄婴幼儿体检覆盖率97%。",
    "列车K13次、G31次沿线环境整治完成。",
)


def _filled(text: str, clean: Clean) -> str:
    year = clean.period.year
    years = range(year, year - 8, -1)
    common = next(one for one in years if not isleap(one))
    return text.format(year=year, common=common, leap=next(one for one in years if isleap(one)))


@breaks("D301", "a day, month or quarter that does not exist")
def impossible_day(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_ALL):
        yield clean.put(sentence.format(_filled(wrong, clean)), turn)


@breaks("D301", "29 February of the report's year")
def leap_day_of_a_common_year(clean: Clean) -> Iterator[Report]:
    if not isleap(clean.period.year):
        yield clean.put("⟦2月29日⟧，召开动员会，部署任务8项。", clean.seat)


@breaks("D301", "the date of issue")
def impossible_issue(clean: Clean) -> Iterator[Report]:
    index = clean.of_type("date")[0]
    block, year = clean.blocks[index], clean.brief.issued.year
    day = (f"{year}年6月31日", f"{year}年9月31日", "二〇二三年二月二十九日", f"{year}年13月8日")[clean.seat % 4]
    yield clean.at(index, replace(block, words=f"⟦{day}⟧"))


@breaks("D301", "in the outlook or a heading")
def impossible_deadline(clean: Clean) -> Iterator[Report]:
    if clean.seat % 2:
        index = clean.section("last").start
        yield clean.at(index, replace(clean.blocks[index], words="⟦6月31日⟧专题会议落实情况"))
        return
    index = clean.of_type("outlook")[0]
    block = clean.blocks[index]
    yield clean.at(index, replace(block, words=f"{block.text}于⟦11月31日⟧召开总结会。", points=()))


@spares("D301", "the day that was meant")
def the_day_that_was_meant(clean: Clean) -> Iterator[Report]:
    for turn, (_, right, sentence) in clean.dealt(_ALL):
        yield clean.put(sentence.format(_filled(right, clean)), turn)


@spares("D301", "numbers that are no dates")
def no_date(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_DATES):
        yield clean.put(sentence, turn)


@spares("D301", "29 February of a leap year")
def leap_day(clean: Clean) -> Iterator[Report]:
    leap = next(year for year in range(clean.period.year, 0, -1) if isleap(year))
    yield clean.in_year(leap).put(f"2月29日，召开动员会，部署任务{date(leap, 2, 29).day}项。", clean.seat)
