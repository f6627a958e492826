"""D315: the last report's year as the subject of this review."""

import pytest

from drafting.report import Report
from tests.builders import CLEAN, body, found, quotes, report

LEAD = "2024年上半年，市应急管理局聚焦"


def leading(words: str) -> Report:
    assert LEAD in CLEAN
    return report(CLEAN.replace(LEAD, f"{words}市应急管理局聚焦"))


@pytest.mark.parametrize("words", ["2023年以来，", "二〇二三年以来，", "2023年1月以来，", "2023 年以来,"])
def test_in_the_lead(words: str) -> None:
    (finding,) = found(leading(words), "D315")
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "text",
    [
        "2023年以来，我局认真落实责任。",
        "2023年，我局深入开展检查，检查企业218家次。",
        "2023年上半年，市应急管理局坚持问题导向，检查企业218家次。",
        "2023年，在市委坚强领导下，我局扎实开展排查。",
        "2023年度，我局积极组织培训12场次。",
        "2023年以来，市应急管理局聚焦隐患排查，检查企业218家次。",
        "2023年，全市上下认真落实责任。",
        "2023年，我委紧紧围绕中心工作，检查企业12家。",
        "2023年1—6月，我局严格执法检查。",
        "2023年，市应急管理局党组切实加强领导。",
        "2023年，县人民医院认真开展自查自纠。",
        "2023年，街道办事处从严落实责任，组织技能比赛3场。",
    ],
)
def test_as_the_subject_of_a_sentence(text: str) -> None:
    assert len(found(body(text), "D315")) == 1


@pytest.mark.parametrize("heading", ["三、2023年工作情况", "三、2023年上半年主要工作", "三、2023年工作回顾"])
def test_over_the_review(heading: str) -> None:
    assert len(found(body(heading, "检查企业218家次。"), "D315")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2024年以来，我局认真落实责任。",
        "今年以来，我局认真落实责任。",
        "2023年以来，累计检查企业218家次。",
        "2023年以来，连续两年没有发生事故。",
        "比2023年下降12%。",
        "2023年同期，我局检查企业190家次。",
        "2018年以来，我局坚持常态检查。",
        "2023年，全市生产总值增长5%。",
        "2023年开工的项目建成投用。",
        "2023年，我局认真开展检查，今年比上年增长12%。",
        "自2023年起，我局坚持每季度检查。",
        "2023年9月印发的办法得到落实。",
        "落实《2023年工作要点》。",
        "过去五年，成绩明显。2023年，我局认真开展检查。",
        "2022年，我局认真开展检查。",
        "针对2023年考核反馈问题，我局认真整改。",
        "2023年，我局认真开展检查，发现问题64个；今年比上年减少12个。",
        "三、2023年遗留问题整改情况",
        "三、《2023年工作方案》落实情况",
    ],
)
def test_records_comparisons_and_this_year(text: str) -> None:
    assert not found(body(text), "D315")


def test_a_work_report_bears_the_year_in_which_it_is_given() -> None:
    text = "2024年政府工作报告\n各位代表：\n一、2023年工作回顾\n检查企业218家次。"
    assert not found(report(text, period="2024年", issued=None), "D315")
    assert found(report(text.replace("政府工作报告", "工作总结"), period="2024年", issued=None), "D315")


def test_the_clean_report_and_what_d303_says() -> None:
    assert quotes(body("3家公司实行任期制管理。2023年，我局认真落实责任。"), "D315") == ["2023年"]
    assert not found(report(CLEAN), "D315")
    assert not quotes(leading("2023年上半年，"), "D315")
