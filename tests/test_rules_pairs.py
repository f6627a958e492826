"""S114: quotation marks and brackets without their other half, and the places where half a mark is right."""

import pytest

from tests.builders import body, found, quotes


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("印发《安全生产考核办法，明确责任。", "《"),
        ("印发安全生产考核办法》，明确责任。", "》"),
        ("整治“四风问题12个。", "“"),
        ("整治四风”问题12个。", "”"),
        ("开展检查（含暗访3次，发现问题95处。", "（"),
        ("开展检查含暗访3次），发现问题95处。", "）"),
        ("印发应急〔2024号文件。", "〔"),
        ("印发应急2024〕8号文件。", "〕"),
        ("开展【专项行动。", "【"),
        ("开展专项行动】检查。", "】"),
        ("开展检查(含暗访3次，发现问题95处。", "("),
        ("落实“党政同责”和“一岗双责，召开会议。", "“"),
        ("印发《办法》《细则，召开会议。", "《"),
        ("发放资料（5000份））。", "）"),
        ("推进「互联网＋监管。", "「"),
        ("推进互联网＋监管』建设。", "』"),
        ("学习《关于〈安全生产法的说明》。", "〈"),
        ("落实“坚持‘党政同责”要求。", "‘"),
    ],
)
def test_half_a_mark(text: str, quote: str) -> None:
    assert quotes(body(text), "S114") == [quote]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [("整治“四风“问题12个。", 5, "”"), ("整治”四风”问题12个。", 2, "“"), ("印发《考核办法《，明确责任。", 7, "》")],
)
def test_a_mark_turned_the_wrong_way_is_one_finding(text: str, at: int, expected: str) -> None:
    (finding,) = found(body(text), "S114")
    assert (finding.start, finding.expected, finding.severity) == (at, expected, "error")


@pytest.mark.parametrize(
    "text",
    [
        "印发《安全生产考核办法》（试行），整治“四风”问题。",
        "（一）检查（含暗访3次）发现问题95处。",
        "1）召开会议4次；2）开展检查12次。",
        "任务如下：1）召开会议；2）开展检查。",
        "a）召开会议；b）开展检查。",
        "一）召开会议4次。",
        "检查企业(含个体工商户）218家次。",
        "检查企业（含个体工商户)218家次。",
        "（落实“党政同责）”要求。",
        "学习《关于〈安全生产法〉的说明》。",
        "“推进“放管服”改革”专题会议。",
        "印发应急〔2024〕8号文件。",
        "会议指出，“安全是发展的前提（也是保障）”。",
        "【专项行动】检查218家次。",
        "推进「互联网＋监管」和『双随机』。",
        "气温升高5′，长度3″。",
        "承办“中国’99园艺博览会”安保工作。",
    ],
)
def test_whole_pairs_and_list_numbers(text: str) -> None:
    assert not found(body(text), "S114")


def test_a_quotation_over_several_paragraphs_is_closed_in_its_last() -> None:
    passage = ("会议要求：", "“各单位要落实责任。", "“各单位要排查隐患。", "“各单位要加强值守。”")
    assert not found(body(*passage), "S114")
    assert not found(body("会议要求：“各单位要落实责任。", *passage[2:]), "S114")
    assert not found(body("会议要求（各单位要落实责任。", "同时排查隐患）。"), "S114")


def test_a_mark_is_not_closed_by_one_far_away() -> None:
    between = [f"召开会议{number}次。" for number in range(1, 8)]
    assert quotes(body("整治“四风问题。", *between, "落实责任”要求。"), "S114") == ["“", "”"]


def test_marks_of_different_blocks_do_not_close_backwards() -> None:
    assert quotes(body("落实责任）。", "开展检查（含暗访3次。"), "S114") == ["）", "（"]
