"""Totals that their parts do not make (N501)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_REMAINDERS = (
    # what stands there, what is right, and the sentence around it
    ("5处", "4处", "排查发现隐患312处，已整改308处，其余{}限期完成。"),
    ("30个", "31个", "查出问题95个，完成整改64个，其余{}正在推进。"),
    ("7件", "5件", "受理来信126件，办结121件，剩余{}正在办理。"),
    ("18家", "16家", "检查单位218家，合格202家，其余{}责令整改。"),
    ("13项", "12项", "下达任务48项，完成36项，其余{}有序推进。"),
    ("40户", "20户", "列入改造860户，完成840户，余下{}年底前完成。"),
    ("6个", "9个", "反馈问题53个，整改到位44个，尚有{}未完成整改。"),
    ("21台", "22台", "应检设备210台，检测合格188台，其余{}停用检修。"),
    ("2.4万户", "1.4万户", "应改造4.2万户，已完成2.8万户，剩余{}纳入下批计划。"),
    ("110处", "101处", "共排查隐患1,205处，整改1,104处，其余{}落实管控措施。"),
    ("23.5公里", "22.5公里", "列入改造管线68.4公里，完成45.9公里，其余{}正在施工。"),
    ("3起", "2起", "接到投诉36起，调解成功34起，其余{}引导依法解决。"),
    ("14所", "4所", "抽查单位46所，达标42所，其余{}限期整改。"),
    ("8处", "7处", "汛前排查点位143处，发现隐患58处，治理51处，其余{}落实专人值守。"),
    ("9件", "6件", "交办事项64件，已办结58件，仍有{}正在办理。"),
    ("１６处", "１４处", "发现隐患９６处，已整改８２处，其余{}限期整改。"),
    ("２５人", "２３人", "应到代表２６０人，实到２３７人，其余{}请假。"),
)

_SUMS = (
    ("48座", "49座", "检查桥梁19座、隧道30座，合计{}。"),
    ("57场", "55场", "开展宣讲12场、培训16场、演练27场，共计{}。"),
    ("520万元", "500万元", "本级安排380万元、上级补助120万元，合计{}。"),
    ("2.8万份", "1.8万份", "发放手册1.2万份、折页0.6万份，总计{}。"),
    ("126人", "116人", "招聘管理人员24人、技术人员92人，合计{}。"),
    ("3320平方米", "3340平方米", "修缮房屋1240平方米，硬化场地2100平方米，合计{}。"),
    ("96件", "94件", "受理咨询36件、求助41件、投诉17件，共计{}。"),
    ("2.46亿元", "2.36亿元", "完成建筑工程1.58亿元、设备购置0.78亿元，合计{}。"),
    ("64项", "63项", "修订制度28项，新建制度35项，两项合计{}。"),
    ("410吨", "401吨", "清运垃圾266吨、淤泥135吨，总计{}。"),
    ("34次", "43次", "开展日巡18次、夜巡25次，合计{}。"),
    ("1350人次", "1360人次", "线上培训860人次，线下培训500人次，合计{}。"),
)

_PARTS = (
    ("6次", "4次", "召开专题会议5次，其中主要负责人主持{}。"),
    ("1620人次", "1062人次", "培训干部职工1260人次，其中骨干{}。"),
    ("400万元", "300万元", "投入专项资金320万元，其中本级财政{}。"),
    ("105处", "15处", "查出问题95处，其中重大问题{}。"),
    ("86家", "36家", "检查企业64家，其中重点企业{}。"),
    ("4.8万人次", "1.8万人次", "服务群众4.2万人次，其中老年人{}。"),
    ("32名", "12名", "引进人才23名，其中高级职称{}。"),
    ("120公里", "20公里", "新建、改建道路112公里，其中新建{}。"),
    ("29件", "9件", "办理建议提案26件，其中重点督办{}。"),
    ("1.3亿元", "0.3亿元", "完成投资1.25亿元，其中民间投资{}。"),
    ("58户", "48户", "帮扶困难家庭53户，其中低保家庭{}。"),
    ("7个", "3个", "新建服务站点5个，其中社区站点{}。"),
)

_MAY_OVERLAP = (
    "培训人员126人，其中女性⟦80人、党员70人⟧。",
    "建设站点46个，其中新建⟦31个、智能化24个⟧。",
    "申报项目26个，其中省级项目⟦18个、重点项目15个⟧。",
    "办理事项412件，其中涉企服务⟦300件、网上办理260件⟧。",
)

_NOT_TO_BE_SUMMED = (
    "发现问题95个，已整改80个，正在整改9个，其余6个纳入计划。",
    "发现一般问题312个、突出问题5个，已整改308个，其余9个限期整改。",
    "发现隐患300余处，已整改290处，其余15处限期整改。",
    "评出一等奖3个、二等奖5个，其余12个为优秀奖。",
    "检查单位50家，发现问题312个，整改308个，其余42家未发现问题。",
    "与68家单位签订责任书，接入平台61家，其余7家年底前接入。",
    "召开专题会3次、调度会5次，全年共召开各类会议20次。",
    "投入320.4万元、80.3万元，合计400.7万元。",
    "列入改造4.2万户，已完成2.8万户，剩余1.5万户纳入下批计划。",
    "本级投入1.25亿元、上级补助0.33亿元，合计1.6亿元。",
    "年均培训2040人次，其中去年培训2573人次。",
    "新增贷款10亿元，余额120亿元，其中中长期贷款80亿元。",
    "检查单位126家次，责令整改41家，其中停业2家。",
    "服务对象由664人增加到1025人，三年共计服务2319人次。",
    "完成改造112公里，其中重点路段新建桥梁9座。",
    "发现隐患312处，已整改308处。其余5项工作按计划推进。",
    "发放补助资金260万元、物资86件，合计服务群众3400人次。",
    "组织培训约120人、约80人，合计近200人。",
    "办结信访事项45件，其中初次信访30件、重复信访15件。",
    "调度车辆31辆，其中新能源车18辆、燃油车13辆。",
)


def _marked(wrong: str, sentence: str) -> str:
    return sentence.format(f"⟦{wrong}⟧")


@breaks("N501", "what remains")
def wrong_remainder(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_REMAINDERS):
        yield clean.put(_marked(wrong, sentence), turn)


@breaks("N501", "the sum of a list")
def wrong_sum(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_SUMS):
        yield clean.put(_marked(wrong, sentence), turn)


@breaks("N501", "a part greater than the whole")
def part_beyond_the_whole(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_PARTS):
        yield clean.put(_marked(wrong, sentence), turn)


@breaks("N501", "in the lead or the outlook")
def wrong_elsewhere(clean: Clean) -> Iterator[Report]:
    lead, outlook = clean.of_type("lead")[0], clean.of_type("outlook")[0]
    found, done, left = 86 + clean.seat, 71 + clean.seat, 18 + clean.seat % 4
    sentence = f"梳理任务{found}项，完成{done}项，其余⟦{left}项⟧有序推进。"
    if clean.seat % 2:
        yield clean.at(outlook, Block("outlook", f"{clean.blocks[outlook].text}{sentence}"))
    else:
        words = clean.blocks[lead].text.replace("现将", f"{sentence}现将", 1)
        yield clean.at(lead, replace(clean.blocks[lead], words=words))


@breaks("N501", "parts that make more than the whole, and may overlap")
def parts_that_may_overlap(clean: Clean) -> Iterator[Change]:
    for turn, sentence in clean.dealt(_MAY_OVERLAP):
        yield Change(clean.put(sentence, turn), severity="warning")


@spares("N501", "numbers that add up")
def right(clean: Clean) -> Iterator[Report]:
    for turn, (_, right, sentence) in clean.dealt((*_REMAINDERS, *_SUMS, *_PARTS)):
        yield clean.put(sentence.format(right), turn)


@spares("N501", "numbers that need not")
def not_to_be_summed(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NOT_TO_BE_SUMMED):
        yield clean.put(sentence, turn)
