"""Faults of finishing: a note to oneself or a template's slot left in (P202)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import breaks, spares

_NOTES = (
    "累计检查⟦【待补】⟧家次，整改率达到九成以上。",
    "受益群众达到若干万人⟦〔待核实〕⟧，满意度较高。",
    "投入资金完成年度计划⟦（待补充）⟧。",
    "满意度达到⟦{{满意度}}⟧，居前列。",
    "检查点位⟦{{ count }}⟧处，问题全部交办。",
    "⟦TODO⟧补充典型案例。",
    "此处⟦TBD⟧，由业务科室提供。",
    "新增就业人数比上年有所增加⟦（数据待核实）⟧。",
    "⟦【此处插入工作开展情况】⟧",
    "⟦（此处补充典型经验）⟧",
    "召开调度会⟦[待填]⟧次，解决突出问题。",
    "投资额⟦（待定）⟧按年度计划执行。",
    "服务对象⟦(待确认)⟧覆盖全部社区。",
    "整改完成率⟦【数字待定】⟧，其余限期完成。",
    "发放补贴⟦${amount}⟧万元，惠及困难家庭。",
    "组织演练⟦【请填写次数】⟧，参加人员踊跃。",
    "⟦（请补充具体做法）⟧",
    "先进事迹⟦〔待完善〕⟧已报送宣传部门。",
    "办理时限⟦【待业务科室提供】⟧，群众反映良好。",
    "典型做法⟦（后补）⟧在全市推广。",
    "⟦【补充：领导批示情况】⟧",
    "覆盖率⟦（具体数据待统计）⟧稳步提高。",
    "完成年度投资⟦（金额待财务核对）⟧。",
    "⟦<%= organ %>⟧牵头组织实施。",
    "受表彰人数⟦〈待补〉⟧居全市前列。",
    "⟦FIXME⟧核对人数。",
    "参训人员⟦（人数待核）⟧全部取得证书。",
    "现场会时间⟦（时间待定）⟧另行通知。",
    "新建站点⟦【待核对】⟧处，覆盖全域。",
    "取得成效⟦（此处需补充数据）⟧明显。",
    "⟦【插入图表】⟧",
    "改造面积⟦｛待补｝⟧平方米，惠及住户。",
)
_NO_NOTES = (
    "正确看待补民生短板的任务，加大投入。",
    "期待定期会商机制发挥更大作用。",
    "接待完善的服务网点12个、在建网点3个。",
    "移交问题线索56条（待核实12条、已办结44条）。",
    "梳理待办事项38项，逐项销号。",
    "对待定岗人员开展转岗培训2期。",
    "招聘岗位（含待定岗位）公示期满。",
    "等待核查结果期间，暂停拨付资金。",
    "编制《待补短板清单》，列明任务27项。",
    "【重点任务】按月调度，逐项推进。",
    "完善“待填写”字段校验，减少录入差错。",
    "（补充耕地项目已通过验收）",
    "优待补助资金全部发放到位。",
    "招待费用同比下降，接待定额标准从严执行。",
    "（插入式检查8次，突击式检查6次）",
    "款待、优待确认程序进一步规范。",
)


@breaks("P202", "a note in the text")
def _note(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NOTES):
        yield clean.put(sentence, turn)


@breaks("P202", "a note in title or heading")
def _note_in_a_heading(clean: Clean) -> Iterator[Report]:
    note = ("（待定）", "【待补】", "〔待核实〕", "{{topic}}", "（待完善）", "【待补充】", "[待补]", "（待核）")[
        clean.seat % 8
    ]
    yield clean.at(0, replace(clean.blocks[0], words=f"{clean.blocks[0].words}⟦{note}⟧"))
    heading = clean.section(WHERE[clean.seat % len(WHERE)]).start
    yield clean.at(heading, replace(clean.blocks[heading], words=f"{clean.blocks[heading].words}⟦{note}⟧"))


@breaks("P202", "a note in place of a paragraph")
def _note_alone(clean: Clean) -> Iterator[Report]:
    note = (
        "【待补】",
        "（待补充）",
        "（本节待补充）",
        "{{section}}",
        "【此处待完善】",
        "TODO",
        "（内容待补）",
        "〔待补〕",
    )[clean.seat % 8]
    yield clean.add(f"⟦{note}⟧", WHERE[clean.seat % len(WHERE)])


@spares("P202", "words that hold the note, and brackets that hold another")
def _no_note(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_NOTES):
        yield clean.add(sentence, WHERE[turn % len(WHERE)])
