"""Percentages that the counts beside them do not give, and more mended than was found (N502)."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.report import Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

_MORE_DONE = (
    # what stands there, what is right, and the sentence around it
    ("318处", "308处", "排查发现隐患312处，已整改{}。"),
    ("96个", "69个", "查出问题95个，全部整改到位{}。"),
    ("63项", "36项", "梳理事项48项，已解决{}。"),
    ("54件", "45件", "受理投诉46件，办结{}。"),
    ("1,312件", "1,132件", "收到来信1,230件，答复{}。"),
    ("47条", "42条", "反馈意见42条，完成整改{}。"),
    ("2.6万件", "1.6万件", "接到诉求1.8万件，办结{}。"),
    ("85起", "58起", "登记纠纷60起，现已化解{}。"),
    ("33个", "13个", "查摆问题23个，目前已整改{}。"),
    ("29处", "19处", "检查出隐患20处，消除{}。"),
)

_RATES = (
    ("99.7%", "98.7%", "发现隐患312处，整改308处，整改率{}。"),
    ("98%", "89%", "受理投诉45件，办结40件，办结率达{}。"),
    ("96%", "98%", "抽检样品200批次，合格196批次，合格率为{}。"),
    ("93.3%", "83.3%", "下达任务36项，完成30项，完成率{}。"),
    ("90.2%", "92%", "应答复事项50件，答复46件，答复率达到{}。"),
    ("78%", "87%", "排查隐患100处，消除隐患87处，整治87处，整治率{}。"),
    ("100%", "97.5%", "下发整改通知120份，完成整改117份，整改完成率{}。"),
    ("38%", "27.8%", "检查单位126家，其中限期整改35家，占总数的{}。"),
    ("25%", "52%", "参训人员250人，其中基层人员130人，占总人数的{}。"),
    ("85.6%", "95.6%", "回访群众90户，满意86户，满意率{}。"),
)

_COURSES = (
    ("20%", "25%", "参训人数由400人增加到500人，增长{}。"),
    ("30%", "25%", "投诉量由120件下降到90件，下降{}。"),
    ("5个百分点", "4个百分点", "权重由8%提高到12%，提高{}。"),
    ("7.5个百分点", "6.5个百分点", "覆盖率由85.5%提高到92%，提高{}。"),
    ("80%", "50%", "投入由1.2亿元增加到1.8亿元，增长{}。"),
    ("60%", "40%", "平均用时由10天压减到6天，压减{}。"),
    ("1.8个百分点", "2.8个百分点", "失分率从6.1%降至3.3%，下降{}。"),
    ("50%", "100%", "服务站点由12个增至24个，增长{}。"),
    ("45.6%", "35.6%", "受理量由1180件增加到1600件，同比增长{}。"),
    ("3.2个百分点", "2.3个百分点", "满意度由95.1%上升到97.4%，上升{}。"),
)

_ALL = (*_MORE_DONE, *_RATES, *_COURSES)

_OF_SOMETHING_ELSE = (
    "发现隐患312处，已整改318处（含上年结转6处）。",
    "受理投诉45件，办结往年遗留和当年投诉54件。",
    "发现隐患12处，培训职工126人。",
    "受理投诉45件，办结40件，群众满意率98%。",
    "累计签约居民31.7万人，重点人群签约11.2万人，重点人群签约率78.5%。",
    "发现隐患312处，整改308处，整改率超过98%。",
    "发现隐患312处，整改308处，整改率98.72%。",
    "检查单位126家次，完成年度计划的63%。",
    "服务站点由100个增加到120个，办件量增长35%。",
    "权重由8%提高到12%，较去年增长20%。",
    "参训4.2万人次，由3.8万人次增加到4.2万人次，增长11%。",
    "受理投诉45件，及时率98%，办结率为百分之八十八。",
    "发现隐患58处、整改55处，累计整改历年隐患318处。",
    "检查学校68所，发现问题126个，整改120个。",
    "申领补贴2000人，发放1996人，资金发放率99.5%。",
    "查出问题12个，举一反三整改同类问题31个。",
    "占地面积由1200平方米扩大到1800平方米，投资增长42%。",
    "合格率由98.2%提高到98.7%，抽检批次增长12%。",
)


@breaks("N502", "more mended than was found")
def more_done(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_MORE_DONE):
        yield clean.put(sentence.format(f"⟦{wrong}⟧"), turn)


@breaks("N502", "a rate or a share")
def wrong_rate(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_RATES):
        yield clean.put(sentence.format(f"⟦{wrong}⟧"), turn)


@breaks("N502", "a growth or a fall")
def wrong_course(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_COURSES):
        yield clean.put(sentence.format(f"⟦{wrong}⟧"), turn)


@spares("N502", "numbers that fit")
def right(clean: Clean) -> Iterator[Report]:
    for turn, (_, right, sentence) in clean.dealt(_ALL):
        yield clean.put(sentence.format(right), turn)


@spares("N502", "a percentage of something else")
def of_something_else(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_OF_SOMETHING_ELSE):
        yield clean.put(sentence, turn)
