"""Reports built for document tests: one written out, and Hypothesis strategies for any."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from drafting.facts import Brief, Fact, Section
from drafting.outline import heading_number
from drafting.period import Period
from drafting.report import Block, Point, Provenance, Report

ISSUED = date(2024, 7, 5)
TITLE = "市应急管理局关于2024年上半年安全生产工作的专题报告"

_FACTS = (
    Fact("F1", "召开安全生产专题会议4次", "办公室", date(2024, 6, 28)),
    Fact("F2", "开展执法检查126家次，发现隐患312处"),
)
BRIEF = Brief(
    "special-report",
    "市应急管理局",
    "安全生产工作",
    Period.parse("2024年上半年"),
    ISSUED,
    (Section("强化组织领导", _FACTS),),
    document_number="市应急〔2024〕15号",
    signatory="张某某",
)
_WORDED = Provenance("worded", "openai:模型甲", "ab12" * 16, 1)
_REPAIRED = Provenance("repaired", "openai:模型甲", "ab12" * 16, 2, ("多出数字 500",))


def report(
    *extra: Block, brief: Brief | None = BRIEF, organ: str = "市应急管理局", day: str = "2024年7月5日"
) -> Report:
    """A small whole report; `extra` blocks stand before the outlook."""
    points = (
        Point("召开安全生产专题会议4次。", ("F1",), "一是", "坚持高位推动", _WORDED),
        Point("累计检查126家次，发现隐患312处。", ("F2",), "二是", "从严执法检查", _REPAIRED),
    )
    blocks = (
        Block("title", TITLE),
        Block("recipient", "市人民政府："),
        Block("lead", "2024年上半年，市应急管理局扎实推进安全生产工作。现将有关情况报告如下："),
        Block("heading", "强化组织领导，压实安全责任", 1, "一、"),
        Block("paragraph", points=points),
        *extra,
        Block("outlook", "下一步，市应急管理局将开展“回头看”检查。"),
        Block("signature", organ),
        Block("date", day),
    )
    return Report(blocks, "special-report", organ, "安全生产工作", Period.parse("2024年上半年"), ISSUED, brief)


_HAN = st.text(
    st.sampled_from("安全生产检查整改企业隐患责任培训应急演练乡镇学校医院《》“”*_#`[]<>&|~\\126.%"),
    min_size=1,
    max_size=30,
)
_CLAUSE = _HAN.map(lambda text: f"扎实{text}工作")
_SENTENCE = _CLAUSE.map(lambda text: f"{text}。")
_GIST = st.text(st.sampled_from("强化检查压实责任从严执法"), min_size=2, max_size=12)
_NUMBERING = ("一、", "（一）", "1.", "（1）")


@st.composite
def any_report(draw: st.DrawFn) -> Report:
    """A report of the shape that assembly builds: sections of points in one paragraph, headed points, deeper headings, attachments."""
    blocks = [Block("title", TITLE)]
    if draw(st.booleans()):
        blocks.append(Block("recipient", "市人民政府："))
    if draw(st.booleans()):
        blocks.append(Block("lead", f"2024年上半年，{draw(_CLAUSE)}。现将有关情况报告如下："))
    sections = draw(st.integers(1, 4))
    for index in range(1, sections + 1):
        blocks.append(Block("heading", draw(_CLAUSE), 1, heading_number(_NUMBERING[0], index)))
        blocks += draw(st.one_of(_enumerated(), _headed(), _nested()))
    blocks.append(Block("outlook", points=(Point(f"下一步，市应急管理局将{draw(_SENTENCE)}"),)))
    if draw(st.booleans()):
        blocks.append(
            Block("attachment", draw(st.sampled_from(["附件：检查情况统计表", "附件：1.检查情况统计表\n2.整改台账"])))
        )
    blocks += [Block("signature", "市应急管理局"), Block("date", "2024年7月5日")]
    return Report(tuple(blocks), "special-report", "市应急管理局", "安全生产工作", Period.parse("2024年上半年"), ISSUED)


@st.composite
def _enumerated(draw: st.DrawFn) -> list[Block]:
    count = draw(st.integers(1, 3))
    points = [Point(draw(_SENTENCE), (), f"{'一二三'[index]}是", draw(_GIST)) for index in range(count)]
    return [Block("paragraph", points=tuple(points))]


@st.composite
def _headed(draw: st.DrawFn) -> list[Block]:
    count = draw(st.integers(1, 3))
    numbers = [heading_number(_NUMBERING[1], index) for index in range(1, count + 1)]
    return [
        Block("paragraph", "", 2, number, (Point(draw(_SENTENCE), (), "", draw(_GIST)),)) for number in numbers
    ]  # fmt: skip


@st.composite
def _nested(draw: st.DrawFn) -> list[Block]:
    deeper = [Block("heading", draw(_GIST), level, heading_number(_NUMBERING[level - 1], 1)) for level in (2, 3, 4)]
    return [*deeper[: draw(st.integers(1, 3))], Block("paragraph", draw(_SENTENCE))]
