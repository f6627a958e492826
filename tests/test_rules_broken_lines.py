"""S115: a line broken inside a sentence, and paragraphs that end without a full stop for good reason."""

import pytest

from tests.builders import body, found, quotes

LONG = "建立健全安全生产责任体系，层层签订责任书218份，组织召开专题会议4次。"


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (f"{LONG}注重把握不同时期的宣传重", "点，组织宣讲12场，发放资料5000份。"),
        (f"{LONG}使安全生产责任制的重要", "性得到全面增强。"),
        (f"{LONG}组织应急演练", "17场次的目标如期完成，参演4500人次。".lstrip("17")),
        ("按照年度监督检查计划安排，对全市危险化学品企业，", "逐家开展检查，发现问题95处。"),
        ("按照年度监督检查计划安排，重点检查危险化学品、", "矿山、工贸等行业企业，发现问题95处。"),
        ("按照年度监督检查计划安排，对全市危险化学品企业逐家检查", "，发现问题95处。"),
        ("按照年度监督检查计划安排，对全市危险化学品企业逐家检查", "。"),
        ("按照年度监督检查计划安排，对全市危险化学品企业（", "含储存企业）逐家检查，发现问题95处。"),
        ("按照年度监督检查计划安排，认真学习贯彻《", "安全生产法》，组织宣讲12场。"),
        ("按照年度监督检查计划安排，对企业（含储存企业", "）逐家检查，发现问题95处。"),
        ("按照年度监督检查计划安排，落实“党政同责、一岗双责", "”要求，召开会议4次。"),
        (f"{LONG}危险化学品企业检查覆盖率达到98.5％", "的基础上，又开展了复查。"),
        (f"{LONG}全年共投入资金860", "万元，新增设备86台。"),
        (f"{LONG}完成隐患整改", "308处，整改率达到百分之九十八。"),
        ("按照年度检查计划，", "对全市危险化学品企业逐家检查，发现问题95处。"),
        (f"{LONG}完成隐患整改", "率达到百分之九十八。"),
        (f"{LONG}其余隐患限期八月底前完", "成；对逾期不改的依法处罚。随后组织复查。"),
        ("按照年度监督检查计划安排，对全市危险化学品企业逐家检查", "、逐项登记，发现问题95处。"),
    ],
)
def test_a_sentence_goes_on_in_the_next_line(line: str, after: str) -> None:
    assert quotes(body(line, after), "S115") == [line[-4:]]


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (LONG, "组织应急演练17场，参演4500人次。"),
        ("重点抓好以下工作：", "召开会议4次。"),
        ("检查企业218家次；", "查出问题95处。"),
        ("加强组织领导", "召开会议4次，明确责任。"),
        ("合理分配监管力量，提高重点行业检查覆盖率和整改质量", "召开会议4次，明确责任。"),
        (f"{LONG}具体安排是", "一是召开会议。二是开展检查。"),
        (f"{LONG}具体情况", "（一）召开会议4次。"),
        (f"{LONG}检查情况见附表", "附：检查情况表。"),
        (f"{LONG}按照责任分工抓好落实", "同时，组织应急演练17场。"),
        (f"{LONG}按照责任分工抓好落实", "今年以来，组织应急演练17场。"),
        (f"{LONG}按照责任分工抓好落实", "我局组织应急演练17场。"),
        (f"{LONG}按照责任分工抓好落实", "——组织应急演练17场。"),
        (f"{LONG}按照责任分工抓好落实", "2024年6月，组织应急演练17场。"),
        ("矿山19座", "工地30座"),
        (f"{LONG}按照责任分工抓好落实", "3.组织应急演练17场，参演4500人次。"),
        (f"{LONG}按照责任分工抓好落实", "6月15日，组织应急演练17场。"),
        (f"{LONG}做到“四个到位”", "组织应急演练17场，参演4500人次。"),
        (f"{LONG}安全第一！", "组织应急演练17场，参演4500人次。"),
    ],
)
def test_a_paragraph_that_ends_where_it_should(line: str, after: str) -> None:
    assert not found(body(line, after), "S115")


def test_a_soft_line_break_inside_a_paragraph() -> None:
    broken = body(f"{LONG}注重把握宣传重〓点，组织宣讲12场。")
    blocks = [
        block if "〓" not in block.text else type(block)(block.type, block.words.replace("〓", "\n"))
        for block in broken.blocks
    ]
    (finding,) = found(type(broken)(tuple(blocks), organ=broken.organ), "S115")
    assert finding.quote == "握宣传重"
