"""Faults of copying: what stands in the last report and in no fact of this one (R602)."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.report import Block, Report
from evals.examined import OldText
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

# What the last report said, and how it came over: word for word, or with the words around it changed.
_COPIED = (
    ("检查冷库企业218家次，约谈负责人17名。", "检查冷库企业⟦218家次⟧。"),
    ("累计发放助企贷款7.36亿元。", "全年发放助企贷款⟦7.36亿元⟧。"),
    ("清理整治“僵尸车”1,457辆。", "清理“僵尸车”⟦1457辆⟧。"),
    ("印发《夜间经济示范街区建设导则》。", "落实⟦《夜间经济示范街区建设导则》⟧。"),
    ("出台《公共停车场分级管理办法》，明确收费标准。", "修订⟦《公共停车场分级管理办法》⟧。"),
    ("农贸市场升级改造完成投资4873万元。", "农贸市场升级改造完成投资⟦4873万元⟧。"),
    ("网上办结率达到93.47%。", "网上办结率保持在⟦93.47%⟧。"),
    ("接待游客63.9万人次，恢复情况良好。", "接待游客⟦63.9万人次⟧。"),
    ("制定《小微工程安全监管细则》。", "按照⟦《小微工程安全监管细则》⟧开展检查。"),
    ("收运餐厨垃圾3691吨，无害化处置率100%。", "收运餐厨垃圾⟦3691吨⟧。"),
    ("建成智慧安防小区137个。", "建成智慧安防小区⟦137个⟧。"),
    ("为1874名灵活就业人员发放补贴。", "为⟦1874名⟧灵活就业人员发放补贴。"),
    ("办理建议提案283件。", "办理建议提案⟦283件⟧，答复及时。"),
    ("新能源公交占比提高到71.6%。", "新能源公交占比提高到⟦71.6%⟧。"),
    ("拆除老旧广告牌926块。", "拆除老旧广告牌⟦926块⟧。"),
    ("《养老机构消防安全公约》全面推行。", "推行⟦《养老机构消防安全公约》⟧。"),
    ("开展职业病危害因素检测，涉及用人单位347家。", "职业病危害因素检测覆盖用人单位⟦347家⟧。"),
    ("救助流浪乞讨人员439人次。", "救助流浪乞讨人员⟦439人次⟧。"),
    ("查获假冒伪劣商品2.38万件。", "查获假冒伪劣商品⟦2.38万件⟧。"),
    ("完成管道燃气改造7,260户。", "完成管道燃气改造⟦7260户⟧。"),
    ("审查合同1,093份，提出意见468条。", "审查合同⟦1093份⟧。"),
    ("累计植绿补绿18.7万平方米。", "植绿补绿⟦18.7万平方米⟧。"),
    ("发布《政务公开标准目录》。", "对照⟦《政务公开标准目录》⟧更新栏目。"),
    ("监测预警信息推送5.92万条。", "推送监测预警信息⟦5.92万条⟧。"),
    ("排查桥梁隧道隐患176处。", "排查桥梁隧道隐患⟦176处⟧。"),
    ("图书流通量同比增长37.4%。", "图书流通量增长⟦37.4%⟧。"),
    ("家政服务培训合格2,748人。", "家政服务培训合格⟦2748人⟧。"),
    ("开办社区食堂29家，日均就餐4680人次。", "社区食堂日均就餐⟦4680人次⟧。"),
    ("落实《农村公路养护考核细则》。", "修改⟦《农村公路养护考核细则》⟧。"),
    ("更新公交站牌852块。", "更新公交站牌⟦852块⟧。"),
    ("化解信访积案143件，息访率97.9%。", "信访积案息访率⟦97.9%⟧。"),
    ("投放共享单车停放区标线6,380米。", "施划共享单车停放区标线⟦6380米⟧。"),
)  # fmt: skip
_NOT_COPIED = (
    ("依照《中华人民共和国安全生产法》执法。", "依照《中华人民共和国安全生产法》开展检查。"),
    ("第一时间响应，做到3个不放过。", "第一时间响应，逐项落实责任。"),
    ("召开会议4次。", "召开会议统筹部署。"),
    ("一是压实责任，二是抓好排查。", "一是压实责任，二是强化督导。"),
    ("各县区、各部门密切配合。", "各县区、各部门密切配合。"),
    ("检查商铺218家。", "检查工作有序推进。"),
    ("24小时值班值守。", "落实24小时值班值守。"),
    ("2019年成立工作专班。", "工作专班运转有序。"),
    ("按照《食品安全法》有关规定处置。", "贯彻《中华人民共和国食品安全法》。"),
    ("各项指标保持平稳。", "各项工作保持平稳。"),
    ("健全长效机制，巩固治理成果。", "健全长效机制，巩固治理成果。"),
)


def _last(clean: Clean, sentence: str) -> OldText:
    """The last report: the same sections a year before, one sentence of its own and no facts of this year."""
    earlier = clean.in_year(clean.period.year - 1).report
    blocks = [block for block in earlier.blocks if not block.points and block.type != "paragraph"]
    body = [Block("paragraph", sentence)]
    return OldText(
        "上期报告",
        Report((*blocks[:-2], *body, *blocks[-2:]), organ=earlier.organ, period=earlier.period, issued=earlier.issued),
    )


@breaks("R602", "a number or a document of the last report")
def _copied(clean: Clean) -> Iterator[Change]:
    for turn, (old, new) in clean.dealt(_COPIED):
        yield Change(clean.put(new, turn), against=(_last(clean, old),))


@breaks("R602", "a day of the last report")
def _copied_day(clean: Clean) -> Iterator[Change]:
    """A day in a month that nothing of this report names; the old report had it in its own year."""
    text = clean.report.text + "".join(fact.text for fact in clean.brief.facts())
    months = [
        month for month in range(clean.period.first.month, clean.period.last.month + 1) if f"{month}月" not in text
    ]
    for month in months[:1]:
        sentence = f"{month}月17日，组织专家开展会诊。"
        new = clean.put(f"⟦{month}月17日⟧组织专家开展会诊。", clean.seat)
        yield Change(new, against=(_last(clean, sentence),))


@spares("R602", "what any two reports share")
def _shared(clean: Clean) -> Iterator[Change]:
    for turn, (old, new) in clean.dealt(_NOT_COPIED):
        yield Change(clean.put(new, turn), against=(_last(clean, old),))
    yield Change(clean.report, against=(OldText("上期报告", clean.in_year(clean.period.year - 1).report),))
