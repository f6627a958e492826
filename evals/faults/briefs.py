"""Faults of the brief itself: facts that contradict, repeat, lie outside the period, do not add up, say nothing, or may not leave (B101–B106)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drafting.facts import Fact, Section
from evals.factsheet import factsheet
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts, the second with its fault marked; both may stand under one heading."""

    first: str
    second: str


def with_facts(clean: Clean, *texts: str, turn: int = 0) -> Change:
    """The clean report's brief with these facts more: all in one section, the first one's ids before the others'."""
    brief = clean.brief
    at = turn % len(brief.sections)
    added = tuple(Fact(f"F{900 + number}", text) for number, text in enumerate(texts))
    section = brief.sections[at]
    changed = Section(section.heading, (*section.facts, *added), section.groups)
    marked = replace(brief, sections=(*brief.sections[:at], changed, *brief.sections[at + 1 :]))
    return Change(factsheet(marked), carriers=())


def _dealt(clean: Clean, pairs: Sequence[Pair]) -> Iterator[Change]:
    for turn, pair in clean.dealt(pairs):
        yield with_facts(clean, pair.first, pair.second, turn=turn)


_CONTRADICTIONS = (
    Pair("召开防汛调度会议7次", "召开防汛调度会议⟦9次⟧"),
    Pair("开展燃气安全专项检查36次", "共开展燃气安全专项检查⟦63次⟧"),
    Pair("检查危化企业48家", "检查危化企业⟦84家⟧"),
    Pair("培训安全管理人员312人", "培训安全管理人员⟦321人⟧"),
    Pair("投入维修资金186万元", "投入维修资金⟦168万元⟧"),
    Pair("新增公共停车泊位1350个", "新增公共停车泊位⟦1530个⟧"),
    Pair("发放防灾明白卡2.6万份", "发放防灾明白卡⟦2.9万份⟧"),
    Pair("受理群众来信来访214件", "受理群众来信来访⟦241件⟧"),
    Pair("改造农村危房67户", "完成改造农村危房⟦76户⟧"),
    Pair("城市污水集中处理率达到96.2%", "城市污水集中处理率达到⟦92.6%⟧"),
    Pair("修复破损路面8600平方米", "修复破损路面⟦6800平方米⟧"),
    Pair("组织应急疏散演练15场", "组织应急疏散演练⟦十八场⟧"),
    Pair("建立重点人员台账430份", "建立重点人员台账⟦340份⟧"),
    Pair("查处违法运输车辆59辆", "查处违法运输车辆⟦95辆⟧"),
    Pair("免费婚前医学检查2380对", "免费婚前医学检查⟦2830对⟧"),
    Pair("签订目标责任书46份", "签订目标责任书⟦64份⟧"),
    Pair("帮扶困难职工家庭128户", "帮扶困难职工家庭⟦182户⟧"),
    Pair("举办送戏下乡演出52场", "举办送戏下乡演出⟦25场⟧"),
    Pair("清理乱堆乱放点位735处", "清理乱堆乱放点位⟦753处⟧"),
    Pair("新建村级卫生室13所", "新建村级卫生室⟦31所⟧"),
    Pair("选派科技特派员94名", "选派科技特派员⟦49名⟧"),
    Pair("办理不动产登记业务3640件", "办理不动产登记业务⟦3460件⟧"),
    Pair("完成电梯检验1027台", "完成电梯检验⟦1207台⟧"),
    Pair("补植行道树2150株", "补植行道树⟦2510株⟧"),
    Pair("追缴农民工工资473万元", "追缴农民工工资⟦437万元⟧"),
    Pair("接种流感疫苗5.4万剂", "接种流感疫苗⟦4.5万剂⟧"),
    Pair("开通校园定制公交11条", "开通校园定制公交⟦17条⟧"),
    Pair("安装可燃气体报警器1.8万套", "安装可燃气体报警器⟦8.1万套⟧"),
    Pair("办理法律援助案件265件", "办理法律援助案件⟦256件⟧"),
    Pair("监测空气质量站点32个", "监测空气质量站点⟦23个⟧"),
    Pair("资助家庭经济困难学生706名", "资助家庭经济困难学生⟦760名⟧"),
    Pair("排查老旧房屋4920栋", "排查老旧房屋⟦4290栋⟧"),
)
_NO_CONTRADICTIONS = (
    Pair("召开防汛调度会议7次", "召开抗旱调度会议9次"),
    Pair("第一批改造农村危房67户", "第二批改造农村危房76户"),
    Pair("城区检查危化企业48家", "园区检查危化企业84家"),
    Pair("累计投入维修资金1860万元", "新增投入维修资金168万元"),
    Pair("上年受理群众来信来访241件", "受理群众来信来访214件"),
    Pair("发放防灾明白卡2.6万份", "发放防灾明白卡26120份"),
    Pair("组织应急疏散演练15场", "组织应急疏散演练参加人员2200人次"),
    Pair("3月举办送戏下乡演出5场", "5月举办送戏下乡演出8场"),
    Pair("培训安全管理人员312人", "培训安全管理人员6期"),
    Pair("查处违法运输车辆59辆，其中超载车辆21辆", "查处违法载客车辆12辆"),
    Pair("计划补植行道树3000株", "补植行道树2150株"),
)


@breaks("B101", "one thing with two numbers")
def _contradicting(clean: Clean) -> Iterator[Change]:
    yield from _dealt(clean, _CONTRADICTIONS)


@spares("B101", "two things, or one number written twice")
def _agreeing(clean: Clean) -> Iterator[Change]:
    yield from _dealt(clean, _NO_CONTRADICTIONS)


@breaks("B102", "the same fact in another dress")
def _repeated(clean: Clean) -> Iterator[Change]:
    yield from _dealt(clean, _REPEATED)


_REPEATED = (
    Pair("发放防灾明白卡2.6万份", "⟦发放防灾明白卡26000份⟧"),
    Pair("检查危化企业48家，发现问题93处", "⟦检查危化企业48家、发现问题93处。⟧"),
    Pair("新增公共停车泊位1350个", "⟦新增公共停车泊位1,350个⟧"),
    Pair("组织应急疏散演练15场", "⟦组织应急疏散演练十五场⟧"),
    Pair("投入维修资金186万元", "⟦共投入维修资金186万元⟧"),
    Pair("开展燃气安全专项检查36次", "⟦开展了燃气安全专项检查36次⟧"),
    Pair("受理群众来信来访214件", "⟦受理群众来信来访２１４件⟧"),
    Pair("改造农村危房67户", "⟦改造农村危房67户；⟧"),
    Pair("签订目标责任书46份", "⟦签订目标责任书共46份⟧"),
    Pair("修复破损路面8600平方米", "⟦修复破损路面0.86万平方米⟧"),
    Pair("城市污水集中处理率达到96.2%", "⟦城市污水集中处理率达到百分之九十六点二⟧"),
    Pair("帮扶困难职工家庭128户，发放慰问金25.6万元", "⟦帮扶困难职工家庭128户，发放慰问金25.6万元。⟧"),
)


@spares("B102", "facts that only look alike")
def _not_repeated(clean: Clean) -> Iterator[Change]:
    yield from _dealt(clean, [pair for pair in _NO_CONTRADICTIONS if pair.first != "发放防灾明白卡2.6万份"])


@breaks("B103", "a day before the period, or after it")
def _outside(clean: Clean) -> Iterator[Change]:
    before, after = clean.period.first.year - 1, clean.brief.issued.year + 1
    texts = (
        f"⟦{before}年3月12日⟧召开了动员部署会议",
        f"⟦{before}年5月6日至8日⟧举办业务培训班1期，培训83人",
        f"⟦{after}年2月16日⟧完成设备安装",
        f"⟦{before}年⟧检查商户517家",
    )
    for turn, text in enumerate(texts):
        yield with_facts(clean, text, turn=turn + clean.seat)


@spares("B103", "comparisons, deadlines, plans and records")
def _not_outside(clean: Clean) -> Iterator[Change]:
    year = clean.period.first.year
    texts = (
        f"检查商户517家，比{year - 1}年同期多43家",
        f"开展的技术改造项目计划{year + 1}年底前完成",
        f"落实{year - 2}年印发的专项规划要求",
        f"降水量为{year - 30}年有记录以来最多",
        f"到{year + 6}年实现设备全部更新的目标任务分解到位",
    )
    for turn, text in enumerate(texts):
        yield with_facts(clean, text, turn=turn + clean.seat)


@breaks("B104", "more mended than found")
def _more_mended(clean: Clean) -> Iterator[Change]:
    table = (
        "排查出隐患点位58处，整改⟦85处⟧",
        "发现问题隐患132个，已整改⟦213个⟧",
        "受理投诉举报76件，办结⟦97件⟧",
        "梳理突出问题29项，已解决⟦92项⟧",
        "发现隐患45处，整改41处，整改率⟦97.3%⟧",
        "受理申请260件，办结247件，办结率⟦99.2%⟧",
        "抽检样品150批次，合格144批次，合格率⟦98%⟧",
        "查出违规行为38起，完成整改⟦83起⟧",
        "下达任务50项，完成43项，完成率⟦96%⟧",
        "收到意见建议46条，办理答复⟦64条⟧",
        "发现安全漏洞17个，整改⟦71个⟧",
        "参保人数由200人增加到250人，增长⟦20%⟧",
    )
    for turn, text in clean.dealt(table):
        yield with_facts(clean, text, turn=turn)


@spares("B104", "numbers that fit")
def _fitting(clean: Clean) -> Iterator[Change]:
    table = (
        "排查隐患点位85处，整改58处",
        "发现隐患45处，整改41处，整改率91.1%",
        "抽检样品150批次，合格144批次，合格率96%",
        "受理投诉举报76件，办结97件（含上年结转21件）",
        "参保人数由200人增加到250人，增长25%",
        "发现隐患17处，培训职工71人",
        "下达任务50项，完成43项，完成率86%",
        "收到意见建议64条，办理答复46条",
        "走访企业36家，解决问题63个",
        "查出违规行为38起，罚款83万元",
    )
    for turn, text in clean.dealt(table):
        yield with_facts(clean, text, turn=turn)


_VAGUE = (
    "加强了相关工作", "认真抓好各项任务落实", "工作取得明显成效", "进一步提高思想认识", "扎实开展有关检查", "深入推进制度建设", "切实加强组织领导",
    "不断完善工作机制", "有效提升服务水平", "积极做好宣传教育", "强化监督管理力度", "全面落实上级部署要求",
)  # fmt: skip
_TELLING = (
    "修订食堂台账登记表", "更换老旧灭火器", "与消防救援大队联合检查仓库", "召开会议5次", "印发《值班工作规范》", "清理楼道杂物", "开通网上预约挂号",
    "新装路灯", "对油罐区进行防雷检测", "组织学生参观博物馆",
)  # fmt: skip


@breaks("B105", "a fact that names nothing")
def _vague(clean: Clean) -> Iterator[Change]:
    for turn, text in clean.dealt(_VAGUE):
        yield with_facts(clean, f"⟦{text}⟧", turn=turn)


@spares("B105", "a thing or an amount is named")
def _named(clean: Clean) -> Iterator[Change]:
    for turn, text in clean.dealt(_TELLING):
        yield with_facts(clean, text, turn=turn)
