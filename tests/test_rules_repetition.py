"""S113: what is said twice, and what only looks like it."""

import pytest

from tests.builders import body, found, quotes

SENTENCE = "建立隐患排查治理台账，逐项明确整改时限、责任单位和责任人，做到闭环管理。"
SHORT = "建立隐患排查治理台账，明确整改时限和责任人。"


@pytest.mark.parametrize(
    "again",
    [
        SENTENCE,
        f"二是{SENTENCE}",
        f"（二）{SENTENCE}",
        f"同时，{SENTENCE}",
        SENTENCE.replace("，", "、"),
        SENTENCE.replace("时限、", "时限，"),
        SENTENCE.replace("逐项", "逐条"),
        SENTENCE.replace("逐项", "逐一"),
        SENTENCE.replace("做到", "实现"),
        SENTENCE.replace("台账", "清单"),
        SENTENCE.replace("和责任人", "及责任人"),
        SENTENCE.replace("单位", "部门"),
        SENTENCE.replace("管理。", "管理！"),
        SENTENCE.replace("明确", "确定"),
        SENTENCE.replace("隐患", "问题"),
        f"  {SENTENCE}",
    ],
)
def test_a_sentence_said_again(again: str) -> None:
    (finding,) = found(body(f"一是抓住重点。{SENTENCE}", f"{again}检查企业58家次。"), "S113")
    assert finding.quote.strip().startswith(again.strip()[:6])
    assert finding.evidence == "第7行"
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第一季度组织开展安全生产检查，检查企业46家次。", "第二季度组织开展安全生产检查，检查企业46家次。"),
        (f"{SENTENCE}", "召开会议4次。"),
        ("现将有关情况报告如下：", "现将有关情况报告如下："),
        ("检查企业218家次，查出问题95处，已整改90处。", "检查企业318家次，查出问题95处，已整改90处。"),
        ("培训企业负责人和安全管理人员一百二十六人次。", "培训企业负责人和安全管理人员三百二十六人次。"),
        ("（各有关部门和单位、各县区按职责分工负责）", "（各有关部门和单位、各县区按职责分工负责）"),
        ("加强组织领导。", "加强组织领导。"),
        (SHORT, SHORT.replace("明确整改时限和责任人", "落实专人盯办和复查")),
        ("召开安全生产工作推进会，部署矿山、危化品行业检查。", "召开防汛工作推进会，部署水库、河道值守和巡查。"),
        ("发放宣传资料5000余份，接受咨询1200人次。", "发放宣传资料8000余份，接受咨询2600人次。"),
        ("以习近平新时代中国特色社会主义思想为指导。", "坚持以习近平新时代中国特色社会主义思想为指导，抓好整改。"),
        ("3月组织矿山企业开展应急演练，参演单位12家。", "5月组织矿山企业开展应急演练，参演单位12家。"),
        ("坚持问题导向，推动责任落实到基层一线。", "坚持目标导向，推动资源下沉到重点环节。"),
        ("累计投入290万元，添置抢险排涝设备86台（套）。", "累计投入290万元，添置抢险排涝设备96台（套）。"),
        ("推进标准化建设，达标企业41家。", "推进信息化建设，接入企业132家。"),
    ],
)
def test_two_facts_in_like_words(one: str, other: str) -> None:
    assert not found(body(one, other), "S113")


def test_sentences_that_come_again_together_are_one_finding() -> None:
    pair = f"{SENTENCE}{SHORT}"
    assert quotes(body(f"召开会议4次。{pair}", f"{pair}检查企业58家次。"), "S113") == [pair]


def test_a_paragraph_that_comes_again_is_told_once() -> None:
    paragraph = f"一是抓住重点。{SENTENCE}{SHORT}"
    assert quotes(body(paragraph, paragraph.replace("一是", "二是")), "S113") == [paragraph.replace("一是", "二是")]


def test_headings_repeat_no_sentence() -> None:
    assert not found(
        body(
            "（一）建立隐患排查治理台账明确整改时限和责任人",
            "召开会议4次。",
            "（二）建立隐患排查治理台账明确整改时限和责任人",
        ),
        "S113",
    )
