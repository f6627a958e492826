"""Y701 and Y704: half-width marks, spaces and doubled punctuation; each fix makes the text that the case names."""

import pytest

from tests.builders import body, found


def mended(text: str, code: str) -> str:
    """The paragraph with the rule's fixes in it."""
    findings = [one for one in found(body(text), code) if one.fix is not None]
    for one in reversed(findings):
        text = text[: one.start] + str(one.fix) + text[one.end :]
    return text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("检查企业218家次,查出问题95处。", "检查企业218家次，查出问题95处。"),
        ("查出问题95处;已整改90处。", "查出问题95处；已整改90处。"),
        ("主要措施:召开会议4次。", "主要措施：召开会议4次。"),
        ("安全第一!", "安全第一！"),
        ("问题在哪里?各单位要对照检查。", "问题在哪里？各单位要对照检查。"),
        ("扎实推进工作.", "扎实推进工作。"),
        ("增长5.3%,创历史新高。", "增长5.3%，创历史新高。"),
        ("(一)召开会议4次。", "（一）召开会议4次。"),
        ("检查企业(含个体工商户)218家次。", "检查企业（含个体工商户）218家次。"),
        ("世界卫生组织(WHO)发布报告。", "世界卫生组织（WHO）发布报告。"),
        ("检查企业（含个体工商户)218家次。", "检查企业（含个体工商户）218家次。"),
        ('整治"四风"问题12个。', "整治“四风”问题12个。"),
        ("召开会议 4 次，培训 126 人。", "召开会议4次，培训126人。"),
        ("市应急管理局 召开会议，部署工作。", "市应急管理局召开会议，部署工作。"),
        ("推进工作...完成任务。", "推进工作……完成任务。"),
        ("检查企业２１８家次，查出问题95处，整改90处，其余5处。", "检查企业218家次，查出问题95处，整改90处，其余5处。"),
        ("完成任务。　　下一阶段继续推进。", "完成任务。下一阶段继续推进。"),
        ("建成 5G 基站86座，投入使用。", "建成5G基站86座，投入使用。"),
    ],
)
def test_half_width_marks_and_spaces(text: str, right: str) -> None:
    findings = found(body(text), "Y701")
    assert findings
    assert {one.severity for one in findings} == {"warning"}
    assert mended(text, "Y701") == right


@pytest.mark.parametrize(
    "text",
    [
        "增长5.3%，投入1,200元，占3.5%。",
        "会议10:30开始，比例为3:1，3:2获胜。",
        "网址http://www.example.cn，邮箱abc@example.cn。",
        "执行GB/T 9704—2012和GB/T 15834—2011。",
        "PM2.5浓度下降，A4纸打印，5G覆盖。",
        "《中共中央 国务院关于加强安全生产工作的意见》印发。",
        "主任张　三、副主任欧阳修参加。",
        "第五条　各单位应当落实责任。",
        "1.召开会议4次。",
        "1. 召开会议4次。",
        "a,b两项，x;y两组。",
        "WHO (World Health Organization) report.",
        "矿山19座 工地30座",
        "检查218家次……查出95处。",
        "一抓到底——真抓实干。",
        "气温30～35℃，3-5人一组。",
        "f(x)=2x，y=3.",
    ],
)
def test_marks_that_belong_to_numbers_names_and_latin_text(text: str) -> None:
    assert not found(body(text), "Y701")


def test_a_full_stop_between_two_sentences_may_be_a_name_s_dot_and_is_not_mended() -> None:
    (finding,) = found(body("扎实推进工作.现将情况报告如下。"), "Y701")
    assert (finding.expected, finding.fix) == ("。", None)


def test_a_document_in_full_width_digits_is_not_told_at_each() -> None:
    assert not found(
        body(
            "检查企业２１８家次，查出问题９５处，整改９０处，其余５处；２０２４年３月１０日至４月２０日排查，２０２４年７月５日前完成，共１２３４５６项。"
        ),
        "Y701",
    )


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("检查企业218家次，，查出问题。", "，，", "，"),
        ("查出问题95处。。", "。。", "。"),
        ("查出问题95处、、已整改。", "、、", "、"),
        ("查出问题95处；；已整改。", "；；", "；"),
        ("主要措施：：召开会议。", "：：", "："),
        ("查出问题95处，。", "，。", "。"),
        ("查出问题95处。，已整改。", "。，", "。"),
        ("查出问题95处、，已整改。", "、，", "，"),
        ("查出问题95处，、已整改。", "，、", "，"),
        ("查出问题95处；。", "；。", "。"),
        ("查出问题95处，；已整改。", "，；", "；"),
        ("推进工作。。。", "。。。", "……"),
        ("推进工作。。。。。。", "。。。。。。", "……"),
        ("检查企业,,查出问题。", ",,", "，"),
        ("检查企业;;查出问题。", ";;", "；"),
        ("查出问题，，，已整改。", "，，，", "，"),
        ("安全第一！！！！", "！！！！", "！"),
        ("查出问题， ，已整改。", "， ，", "，"),
        ("查出问题，,已整改。", "，,", "，"),
        ("完成验收任务。.", "。.", "。"),
        ("坚决守住底线，！", "，！", "！"),
        ("全力以赴！。", "！。", "！"),
    ],
)
def test_doubled_punctuation(text: str, quote: str, right: str) -> None:
    (finding,) = found(body(text), "Y704")
    assert (finding.quote, finding.fix, finding.severity) == (quote, right, "error")
    assert mended(text, "Y704") == text.replace(quote, right)


@pytest.mark.parametrize(
    "text",
    [
        "推进工作……完成任务。",
        "一抓到底——真抓实干。",
        "这是为什么？！各单位要对照。",
        "安全第一！！！",
        "“安全第一。”会议强调。",
        "《办法》、《细则》印发。",
        "（一）、（二）项。",
        "印发《办法》，《细则》待发。",
        "“一岗双责”，“党政同责”。",
        "1,200元，5.3%。",
        "地址：略。",
        "时间10:30。",
        "真的吗？？？各单位要对照。",
        "会议指出：“安全第一。”",
        "会议指出：“落实‘一岗双责’。”",
        "3.5.1条、3.5.2条。",
    ],
)
def test_marks_that_may_stand_together(text: str) -> None:
    assert not found(body(text), "Y704")
