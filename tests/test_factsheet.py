"""The brief laid out as blocks: every fact has its block, its place in the file, and its part of the brief."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting import report as report_file
from drafting.brief import load, loads
from drafting.spreadsheet import load as load_sheet
from evals.checking import examination_of_brief
from evals.factsheet import ExaminedBrief, facts_of, factsheet
from evals.rule import REGISTRY
from tests.builders import CLEAN, brief, report

BRIEF = """kind: special-report
organ: 市应急管理局
topic: 安全生产工作
period: 2024年上半年
issued: 2024-07-05
sections:
  - heading: 压实安全责任
    facts:
      - 召开会议4次
      - - 与23家企业签订责任书
        - source: 监管科
          text: "对3家企业约谈"
  - heading: 排查安全隐患
    facts: [检查企业126家, "发现隐患312处"]
outlook:
  - 开展“回头看”检查
"""


def test_a_fact_is_a_block_under_its_heading() -> None:
    sheet = factsheet(loads(BRIEF).brief)
    assert [(block.type, block.text) for block in sheet.blocks] == [
        ("heading", "压实安全责任"),
        ("paragraph", "召开会议4次"),
        ("paragraph", "与23家企业签订责任书"),
        ("paragraph", "对3家企业约谈"),
        ("heading", "排查安全隐患"),
        ("paragraph", "检查企业126家"),
        ("paragraph", "发现隐患312处"),
        ("outlook", "开展“回头看”检查"),
    ]
    assert (sheet.organ, str(sheet.period), str(sheet.issued)) == ("市应急管理局", "2024年上半年", "2024-07-05")


def test_every_fact_knows_its_block_section_and_point() -> None:
    document = ExaminedBrief(loads(BRIEF).brief)
    held = list(facts_of(document))
    assert [document.texts[one.block] for one in held] == [one.fact.text for one in held]
    assert [(one.fact.id, one.section, one.point, one.ahead) for one in held] == [
        ("F1", 0, 0, False),
        ("F2", 0, 1, False),
        ("F3", 0, 1, False),
        ("F4", 1, 0, False),
        ("F5", 1, 0, False),
        ("F6", -1, 0, True),
    ]


def test_the_place_is_that_of_the_fact_s_first_character(tmp_path: Path) -> None:
    path = tmp_path / "a.brief.yaml"
    path.write_text(BRIEF, encoding="utf-8")
    brief = load(path).brief
    lines = BRIEF.splitlines()
    document = ExaminedBrief(brief)
    for held in facts_of(document):
        line, column = document.place(held.block, 3)
        assert lines[line - 1][column - 1 :].startswith(held.fact.text)
    assert document.place(0, 0) == (0, 0)


def test_a_cell_is_the_place_of_a_spreadsheet_s_fact(tmp_path: Path) -> None:
    path = tmp_path / "各县.csv"
    row = "市应急管理局,2024年上半年,专题报告,安全生产工作,2024-07-05,压实责任,"
    head = "organ,period,kind,topic,issued,section,fact\n"
    path.write_text(f"{head}{row}召开会议4次\n{row}加强了相关工作\n", encoding="utf-8")
    ((brief, _),) = load_sheet(path)
    (finding,) = examination_of_brief(brief).findings
    assert (finding.code, finding.line, finding.column) == ("B105", 3, 7)


def test_no_place_where_the_brief_came_from_no_file() -> None:
    told = loads(BRIEF.replace("检查企业126家", "加强了相关工作")).brief
    held = report_file.loads(report(CLEAN, brief=told).dumps()).brief
    assert held == told
    (finding,) = examination_of_brief(held, select=["B105"]).findings
    assert (finding.quote, finding.line, finding.column) == ("加强了相关工作", 0, 0)


_FACTS = st.lists(
    st.text(
        st.sampled_from(
            "检查企业召开会议加强相关工作整改发现隐患其中合计率达到1234567890.%家次处月日年至，。；：《》“”（）★秘密 　\n0９"
        ),
        max_size=40,
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(_FACTS, _FACTS, st.booleans())
def test_no_brief_makes_a_rule_fall_over(facts: list[str], outlook: list[str], grouped: bool) -> None:
    told = brief(*facts, outlook=tuple(outlook))
    (section,) = told.sections
    if grouped:
        told = replace(told, sections=(replace(section, groups=(tuple(fact.id for fact in section.facts),)),))
    sheet = factsheet(told)
    for finding in examination_of_brief(told).findings:
        assert REGISTRY[finding.code].subject == "brief"
        assert sheet.blocks[finding.block].text[finding.start : finding.end] == finding.quote
