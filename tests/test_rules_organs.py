"""S116: the reporting organ under several names, and names that only look different."""

from pathlib import Path

import pytest

from drafting.documents import read
from drafting.report import Report
from tests.builders import brief, found, quotes, report


def named(
    title: str = "市应急管理局",
    lead: str = "市应急管理局",
    summing_up: str = "市应急管理局",
    body: str = "我局召开会议4次。",
    ahead: str = "市应急管理局",
    signed: str = "市应急管理局",
) -> Report:
    text = (
        f"{title}关于2024年上半年安全生产工作的专题报告\n2024年上半年，{lead}坚持预防为主。现将{summing_up}2024年上半年工作情况报告如下：\n"
        f"一、压实责任\n{body}\n下一步，{ahead}将完成整改。\n{signed}\n2024年7月5日"
    )
    return report(text, organ="市应急管理局")


@pytest.mark.parametrize(
    ("parts", "quote"),
    [
        ({"title": "应急管理局"}, "应急管理局"),
        ({"title": "某局党组"}, "某局党组"),
        ({"title": "市XX局"}, "市XX局"),
        ({"title": "市教育局"}, "市教育局"),
        ({"title": "县应急管理局"}, "县应急管理局"),
        ({"lead": "应急管理局"}, "应急管理局"),
        ({"lead": "市应急局"}, "市应急局"),
        ({"lead": "市安监局"}, "市安监局"),
        ({"summing_up": "市应急局"}, "市应急局"),
        ({"summing_up": "县应急管理局"}, "县应急管理局"),
        ({"ahead": "XX局"}, "XX局"),
        ({"ahead": "应急管理局"}, "应急管理局"),
        ({"ahead": "市应急局"}, "市应急局"),
        ({"body": "应急管理局召开会议4次。"}, "应急管理局"),
        ({"body": "召开会议4次，由应急管理局牵头检查。"}, "应急管理局"),
        ({"body": "检查中，市应急局发现问题95处。"}, "市应急局"),
    ],
)
def test_another_name(parts: dict[str, str], quote: str) -> None:
    (finding,) = found(named(**parts), "S116")
    assert (finding.quote, finding.expected, finding.severity) == (quote, "市应急管理局", "warning")


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"signed": "新乡市应急管理局"},
        {"title": "新乡市应急管理局", "signed": "新乡市应急管理局"},
        {"title": "河南省新乡市应急管理局"},
        {"body": "我局召开会议4次，本局牵头检查。"},
        {"body": "县应急管理局、区应急管理局参加检查。"},
        {"body": "各县（市、区）应急管理局召开会议4次。"},
        {"body": "市教育局召开会议4次。"},
        {"body": "省应急管理局来我市检查2次。"},
        {"body": "会同教育局、应急管理局、公安局开展检查。"},
        {"body": "局党组召开会议4次。"},
        {"body": "市应急管理局党组召开会议4次。"},
        {"body": "市应急管理局（以下简称市应急局）召开会议4次。市应急局牵头检查。"},
        {"lead": "我局"},
        {"ahead": "我局"},
        {"ahead": "各县（市、区）"},
    ],
)
def test_one_name_after_all(parts: dict[str, str]) -> None:
    assert not found(named(**parts), "S116")


def test_of_a_party_group_title_and_signature_agree() -> None:
    party = "市应急管理局党组"
    assert not found(named(title=party, signed=party), "S116")
    assert quotes(named(signed=party), "S116") == ["市应急管理局"]


def test_the_brief_names_the_organ() -> None:
    text = "应急管理局关于2024年上半年安全生产工作的专题报告\n一、压实责任\n召开会议4次。"
    assert quotes(report(text, brief=brief("召开会议4次")), "S116") == ["应急管理局"]


def test_a_yearly_report_s_lead_and_names_of_other_shapes() -> None:
    def yearly(lead: str, organ: str) -> Report:
        return report(
            f"{organ}2024年工作总结\n2024年，{lead}坚持预防为主。现将{organ}2024年工作情况报告如下：\n一、责任\n召开会议。\n{organ}\n2025年1月5日",
            organ=organ,
        )

    assert quotes(yearly("市水利局", "市应急管理局"), "S116") == ["市水利局"]
    assert quotes(yearly("市一中学", "市第二高级中学"), "S116") == ["市一中学"]
    for organ in ("市供水集团有限公司", "镇人民政府", "市第二高级中学"):
        assert not found(yearly(organ, organ), "S116")


def test_a_name_is_told_once() -> None:
    assert quotes(named(lead="应急管理局", body="应急管理局召开会议4次。", ahead="应急管理局"), "S116") == [
        "应急管理局"
    ]


EXEMPLAR = Path(__file__).parents[1].parent / "shared" / "data" / "exemplar"


@pytest.mark.skipif(not EXEMPLAR.is_dir(), reason="没有随附的范文")
def test_the_exemplar_calls_its_organ_by_three_names_and_is_broken_twice() -> None:
    (path,) = EXEMPLAR.glob("*.txt")
    whole = read(path).report
    names = found(whole, "S116")
    assert {one.quote for one in names} | {one.expected for one in names} == {"某局党组", "XX局", "市XX局"}
    assert [one.quote for one in found(whole, "S115")] == ["期宣传重", "作的重要"]
