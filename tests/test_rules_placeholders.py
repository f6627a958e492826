"""P201, P202, P203: what was left in by mistake, and its look-alikes."""

import pytest

from tests.builders import CLEAN, body, found, quotes, report


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("市XX局认真贯彻落实。", "XX局"),
        ("局党组书记XXX同志任组长。", "XXX同志"),
        ("总结市XX2024年的工作。", "XX"),
        ("召开会议××次。", "××次"),
        ("由某某公司承担。", "某某公司"),
        ("于X月X日召开会议。", "X月X日"),
        ("20XX年以来，扎实推进。", "20XX年"),
        ("投入____万元。", "____"),
        ("投入ＸＸ万元。", "ＸＸ万元"),
        ("于　　年　　月　　日印发。", "　　年　　月　　日"),
        ("到○○村走访。", "○○"),
        ("到X村走访。", "X"),
        ("召开会议X次。", "X次"),
        ("发放资料X万份。", "X万份"),
        ("同比下降x%。", "x%"),
        ("办结事项XXX件。", "XXX件"),
        ("于XX年XX月XX日召开会议。", "XX年XX月XX日"),
        ("20XX年X月X日", "20XX年X月X日"),
        ("协调资金***万元。", "***"),
        ("安排经费□□万元。", "□□"),
        ("参训人员（　　）人次。", "（　　）"),
    ],
)
def test_a_placeholder(text: str, quote: str) -> None:
    assert quotes(body(text), "P201") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "二○○四年九月，二〇〇四年十月。",
        "购置X光机2台，X射线检测仪1台，XXL号工作服50套。",
        "型号为AXX-200，邮箱为zhang__san@example.cn。",
        "长3×宽5，面积15平方米。",
        "对某些问题、某个环节、某市通报的典型案例开展剖析。",
        "采用MXX2型设备。",
        "安装XX-300型设备8套，登录名为xx_admin。",
        "实施“1+X”证书试点，推行“N+X”模式，双X联动。",
    ],
)
def test_what_is_no_placeholder(text: str) -> None:
    assert not found(body(text), "P201")


def test_someone_in_the_document_s_own_name_is_a_placeholder() -> None:
    assert quotes(report(CLEAN.replace("市应急管理局", "某局")), "P201") == ["某局"] * 3


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("检查【待补】家次。", "【待补】"),
        ("隐患〔待核实〕。", "〔待核实〕"),
        ("投入资金（待补充）。", "（待补充）"),
        ("投入资金（数据待核实）。", "（数据待核实）"),
        ("检查{{count}}家次。", "{{count}}"),
        ("【此处插入检查情况】", "【此处插入检查情况】"),
        ("TODO 补数字。", "TODO"),
        ("（请补充具体做法）", "（请补充具体做法）"),
        ("检查【待业务科室提供】家次。", "【待业务科室提供】"),
        ("投入资金（金额待财务核对）。", "（金额待财务核对）"),
        ("典型做法（后补）。", "（后补）"),
        ("隐患（具体数据待统计）。", "（具体数据待统计）"),
    ],
)
def test_a_note_to_oneself(text: str, quote: str) -> None:
    assert quotes(body(text), "P202") == [quote]


@pytest.mark.parametrize(
    "text", ["正确看待补民生短板的任务。", "期待定期会商。", "（接待完善的服务网点12个）", "线索56条（待核实12条）。"]
)
def test_words_that_contain_the_note(text: str) -> None:
    assert not found(body(text), "P202")


@pytest.mark.parametrize(
    "text",
    [
        "## 二、深化排查整治",
        "**加强领导**，落实责任。",
        "- 开展检查126家次",
        "* 开展检查126家次",
        "```json",
        "<|im_end|>",
        "</think>现将情况报告如下。",
        "作为AI助手，我无法核实数据。",
        "作为一个大语言模型，我不能提供数据。",
        "好的，下面是报告正文：",
        "以下是为您撰写的专题报告：",
        "组织培训12场。以下为您整理的正文：",
        "希望以上内容对您有所帮助。",
        "请根据实际情况修改。",
        "| 项目 | 数量 |",
        "<br>",
        "[附件](http://10.0.0.1/a)",
        "抱歉，我无法提供更多数据。",
        "根据您提供的信息，整理如下。",
        "以上内容由AI生成，请核对。",
        "（全文约1200字）",
    ],
)
def test_a_model_s_residue(text: str) -> None:
    assert found(body(text), "P203")


@pytest.mark.parametrize(
    "text",
    [
        "以下是具体做法，供各县参考。",
        "以下是检查中发现的主要问题：",
        "当然，靠扩大投入也不是没有风险。",
        "作为监管部门，市应急管理局切实履职。",
        "推广人工智能应用12项，5G+应用3项，C#程序2套。",
        "GDP增长5.2%，气温－3℃，一降一升——均达到目标。",
        "希望各县（市、区）以上述案例为戒。",
        "如有疑问，请联系我局信访科。",
        "如需协助，请告知我单位值班室。",
    ],
)
def test_formal_prose_is_no_residue(text: str) -> None:
    assert not found(body(text), "P203")


def test_a_clean_report_is_clean() -> None:
    assert not found(report(CLEAN), "P")
