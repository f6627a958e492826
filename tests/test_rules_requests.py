"""S117: requests inside a report, and the closings and narratives that request nothing."""

import pytest

from tests.builders import body, found, quotes, report


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("以上报告妥否，请批示。", "妥否，请批示"),
        ("当否，请批示。", "当否，请批示"),
        ("可否，请批复。", "可否，请批复"),
        ("妥否，恳请批复。", "妥否，恳请批复"),
        ("以上意见，请批准。", "请批准"),
        ("请予批准。", "请予批准"),
        ("如无不妥，请批转各县（市、区）执行。", "请批转"),
        ("监管装备不足，恳请市政府拨付专项经费50万元。", "恳请市政府拨付"),
        ("监管装备不足。恳请上级部门给予资金支持。", "恳请上级部门给予资金支持"),
        ("人员力量不足，请求市委编办增加编制5名。", "请求市委编办增加"),
        ("恳请拨付工作经费50万元。", "恳请拨付"),
        ("现恳请县政府解决办公用房问题。", "恳请县政府解决"),
        ("为此，请求批准立项。", "请求批准"),
        ("特此请示。", "特此请示"),
        ("敬请市财政局予以支持。", "敬请市财政局予以支持"),
        ("请市财政局安排专项资金50万元。", "请市财政局安排专项资金"),
        ("望上级部门给予资金支持。", "望上级部门给予资金支持"),
        ("上述经费恳请予以解决。", "恳请予以解决"),
        ("缺口资金请予解决。", "请予解决"),
        ("是否妥当，请批示。", "是否妥当，请批示"),
        ("请予批复。", "请予批复"),
    ],
)
def test_a_request_is_an_error_in_a_report(text: str, quote: str) -> None:
    (finding,) = found(body(text), "S117")
    assert quote in finding.quote
    assert finding.severity == "error"
    assert "规定" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "特此报告。",
        "特此报告，请审阅。",
        "以上报告，请审阅。",
        "请予审议。",
        "现将报告提请大会审议，请各位代表提出意见。",
        "经请示市政府同意，召开会议4次。",
        "报请市政府批准后，印发实施方案。",
        "已报请市政府批准立项3个。",
        "群众请求政府解决出行难问题12件。",
        "受理企业申请批准事项36件。",
        "提请市人大常委会审议批准。",
        "企业多次请求市局协调解决用电问题，已全部办结。",
        "落实请示报告制度，请示报告12次。",
        "邀请市消防救援支队支持演练4场。",
        "依申请公开信息12条。",
        "聘请专家帮助企业整改隐患95处。",
        "请各县（市、区）抓好落实，请市直各部门协调配合。",
        "学习“妥否，请批示”等结语用法。",
    ],
)
def test_what_requests_nothing(text: str) -> None:
    assert not found(body(text), "S117")


def test_a_request_in_a_summary_is_only_unusual() -> None:
    text = "市应急管理局2024年上半年工作总结\n一、压实责任\n恳请市政府拨付专项经费50万元。"
    (finding,) = found(report(text), "S117")
    assert finding.severity == "warning"
    assert "规定" not in finding.message


@pytest.mark.parametrize("title", ["关于拨付专项经费的请示", "关于开展检查的通知", "关于商请支持的函"])
def test_other_documents_may_ask(title: str) -> None:
    assert not quotes(report(f"{title}\n一、事由\n恳请市政府拨付专项经费50万元。妥否，请批示。"), "S117")
