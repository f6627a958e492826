"""Ranges that run backwards (D311), beside those that run on, across the new year too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

_BACKWARD = (
    # what stands there, what was meant, and the sentence around it
    ("⟦3月15日至3月5日⟧", "3月5日至3月15日", "{}，组织开展集中整治，出动人员86人次。"),
    ("⟦6月20日至15日⟧", "6月15日至20日", "{}，举办业务培训班1期，培训74人。"),
    ("⟦8月28日至8月20日⟧", "8月20日至8月28日", "工作组于{}实地核查台账，抽查资料120份。"),
    ("⟦5月9日—3日⟧", "5月3日—9日", "{}，开展宣传周活动，发放资料2400份。"),
    ("⟦4月18日-4月8日⟧", "4月8日-4月18日", "{}集中受理申报，收到材料53份。"),
    ("⟦9月25日～10日⟧", "9月10日～25日", "{}，对重点单位开展回访。"),
    ("⟦7月30日~7月10日⟧", "7月10日~7月30日", "{}，完成设备检修18台。"),
    ("⟦11月30日–11月3日⟧", "11月3日–11月30日", "{}开展年度盘点，清查物资310件。"),
    ("⟦10月22日到12日⟧", "10月12日到22日", "从严落实值守要求，{}安排值班32班次。"),
    ("⟦6月20—15日⟧", "6月15—20日", "{}，开展交叉互查，覆盖单位14家。"),
    ("⟦{year}年6月20日至{year}年6月15日⟧", "{year}年6月15日至{year}年6月20日", "公示时间为{}，公示期内未收到异议。"),
    ("⟦{year}年9月20日至9月11日⟧", "{year}年9月11日至9月20日", "{}，开展问卷调查，回收问卷960份。"),
    ("⟦{year}年12月28日至{year}年1月8日⟧", "{year}年1月8日至{year}年12月28日", "合同履行期为{}。"),
    ("⟦{year}年3月至{before}年11月⟧", "{before}年11月至{year}年3月", "{}，委托第三方开展评估。"),
    ("⟦{year}年8月—{year}年4月⟧", "{year}年4月—{year}年8月", "{}为集中攻坚阶段，挂图作战、销号管理。"),
    ("⟦{year}年6月至2月⟧", "{year}年2月至6月", "{}，分三批完成设施更新。"),
    ("⟦6月至3月⟧", "3月至6月", "{}，分片开展入户走访，走访2600户。"),
    ("⟦9—7月⟧", "7—9月", "{}，开展夜间巡查64次。"),
    ("⟦8月份至5月份⟧", "5月份至8月份", "{}，逐月通报进展情况。"),
    ("⟦{year}年至{earlier}年⟧", "{earlier}年至{year}年", "{}，累计完成投资2.6亿元。"),
    ("⟦{year}—{earlier}年⟧", "{earlier}—{year}年", "落实{}三年行动计划，年度任务按期推进。"),
    ("⟦{year}—{before}年度⟧", "{before}—{year}年度", "{}考核结果为优秀等次。"),
    ("⟦六月二十日至六月十五日⟧", "六月十五日至六月二十日", "{}，组织集中研讨4次。"),
    ("⟦五月九日至三日⟧", "五月三日至九日", "{}，参加全市集中展示活动。"),
    ("⟦二〇二三年八月至二〇二二年五月⟧", "二〇二二年五月至二〇二三年八月", "项目于{}实施，审计工作同步开展。"),
    ("⟦６月２０日至１５日⟧", "６月１５日至２０日", "{}，完成资料归档。"),
    ("⟦5月下旬至5月上旬⟧", "5月上旬至5月下旬", "{}，完成首轮排查，建立清单7份。"),
    ("⟦6月中旬至4月上旬⟧", "4月上旬至6月中旬", "{}，对反馈事项逐一销号。"),
    ("⟦第三季度至第一季度⟧", "第一季度至第三季度", "{}，各项指标保持平稳。"),
    ("⟦{year}年第四季度至第二季度⟧", "{year}年第二季度至第四季度", "{}，分步实施系统升级。"),
    ("⟦{year}.6.20—{year}.6.15⟧", "{year}.6.15—{year}.6.20", "监测时段为{}，数据完整率99.2%。"),
    ("⟦{year}-06-20至{year}-06-11⟧", "{year}-06-11至{year}-06-20", "平台日志覆盖{}，未见异常。"),
    ("⟦6月20日（星期四）至6月11日（星期二）⟧", "6月11日（星期二）至6月20日（星期四）", "{}，开放预约通道。"),
    ("⟦自4月26日起至4月6日⟧", "自4月6日起至4月26日", "{}，实行错峰办理。"),
)

_IN_A_HEADING = (
    ("⟦6月20日至6月10日⟧", "6月10日至6月20日", "{}集中攻坚情况"),
    ("⟦{year}年9月至5月⟧", "{year}年5月至9月", "{}重点任务落实情况"),
    ("⟦8月25日—8月5日⟧", "8月5日—8月25日", "{}督导检查情况"),
)

_IN_THE_LEAD = (
    ("⟦{year}年6月30日至{year}年1月1日⟧", "{year}年1月1日至{year}年6月30日", "按照{}的统计口径，"),
    ("⟦3月25日至5日⟧", "3月5日至25日", "结合{}专题调研，"),
    ("⟦{year}年5月至2月⟧", "{year}年2月至5月", "对照{}整改清单，"),
)

_RUNS_ON = (
    "12月20日至1月15日，落实节前值班备勤，每日在岗24人。",
    "{year}年12月18日至1月12日，开展物资轮换，更新物资210件。",
    "11月至次年3月为防火期，落实巡护人员46名。",
    "{before}年11月至{year}年2月，组织清雪除冰作业38次。",
    "{before}年12月25日至{year}年1月5日，开展走访慰问，慰问260户。",
    "每年11月至翌年2月，重点时段加密巡查。",
    "6月15日至15时30分，现场处置完毕。",
    "15日至20日为集中办理时段，日均办件96件。",
    "5至3楼扶梯完成检修，更换部件12个。",
    "完成1号至6号楼供水改造，惠及居民430户。",
    "比分由3—2扩大到5—2，参赛队伍16支。",
    "电话0371—65390000，传真转8—6号分机。",
    "执行《{year}—{after}年工作方案》，年度任务进展顺利。",
    "气温由20至15摄氏度波动，设备运行平稳。",
    "第12至第8位的单位进步明显，约谈末位单位2家。",
    "冬季供暖期为11月15日至3月15日，测温合格率99.1%。",
    "依据〔{year}〕12号至8号文件，逐项对照落实。",
    "平均办理时间由6日降至3日，压减50%。",
    "1—6月、7—9月分别完成任务36项、21项。",
)


def _filled(text: str, clean: Clean) -> str:
    year = clean.period.year
    return text.format(year=year, before=year - 1, earlier=year - 2, after=year + 2)


def _headed(clean: Clean, words: str) -> Report:
    """The report with its last section under another heading."""
    index = clean.section("last").start
    return clean.at(index, replace(clean.blocks[index], words=words))


def _led(clean: Clean, words: str) -> Report:
    """The report with these words before 现将."""
    index = clean.of_type("lead")[0]
    lead = clean.blocks[index].text
    return clean.at(index, Block("lead", lead.replace("现将", f"{words}现将", 1)))


@breaks("D311", "in a sentence")
def backward(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_BACKWARD):
        yield clean.put(sentence.format(_filled(wrong, clean)), turn)


@breaks("D311", "in a heading")
def backward_in_a_heading(clean: Clean) -> Iterator[Report]:
    for _, (wrong, _, words) in clean.dealt(_IN_A_HEADING):
        yield _headed(clean, words.format(_filled(wrong, clean)))


@breaks("D311", "in the lead")
def backward_in_the_lead(clean: Clean) -> Iterator[Report]:
    for _, (wrong, _, words) in clean.dealt(_IN_THE_LEAD):
        yield _led(clean, words.format(_filled(wrong, clean)))


@spares("D311", "the range that was meant")
def the_right_way_round(clean: Clean) -> Iterator[Report]:
    for turn, (_, right, sentence) in clean.dealt(_BACKWARD):
        yield clean.put(sentence.format(_filled(right, clean)), turn)
    for _, (_, right, words) in clean.dealt(_IN_A_HEADING):
        yield _headed(clean, words.format(_filled(right, clean)))
    for _, (_, right, words) in clean.dealt(_IN_THE_LEAD):
        yield _led(clean, words.format(_filled(right, clean)))


@spares("D311", "across the new year, and numbers that are no dates")
def runs_on(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_RUNS_ON):
        yield clean.put(_filled(sentence, clean), turn)
