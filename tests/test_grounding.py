"""A text against its facts: what it adds, what it alters, what it leaves out."""

from datetime import date

import pytest

from drafting import grounding
from drafting.facts import Fact
from drafting.grounding import Ground
from drafting.period import Period


def ground(*facts: str, words: tuple[str, ...] = ()) -> Ground:
    held = tuple(Fact(f"F{number}", text) for number, text in enumerate(facts, start=1))
    return Ground(held, date(2024, 7, 5), Period.parse("2024年上半年"), words)


def codes(text: str, *facts: str) -> list[str]:
    return [gap.code for gap in grounding.examine(text, ground(*facts)) if gap.weight != "info"]


def lacking(text: str, *facts: str) -> list[str]:
    return [gap.code for gap in grounding.missing(text, ground(*facts))]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("发放资料5000份", "发放资料5,000份"),
        ("发放资料五千份", "发放资料5000份"),
        ("培训1.2万人次", "培训12000人次"),
        ("培训12000人次", "培训1.2万人次"),
        ("合格率百分之三十", "合格率30%"),
        ("发放资料5000余份", "发放资料5032份"),
        ("召开会议两次", "召开会议2次"),
        ("培训430名学员", "培训学员430人"),
        ("2024年5月建成平台", "5月建成平台"),
        ("5月建成平台", "5月20日建成平台"),
        ("严格落实“三会一课”制度，召开会议2次", "召开会议2次"),
        ("围绕四个方面推进，召开会议2次", "召开会议2次"),
        ("上半年召开会议2次", "召开会议2次"),
        ("进一步压实责任，召开会议2次", "召开会议2次"),
        ("组织召开会议2次，及时研究解决问题", "召开会议2次"),
    ],
)
def test_the_same_by_value_is_no_gap(text: str, fact: str) -> None:
    assert codes(text, fact) == []


@pytest.mark.parametrize(
    ("text", "fact", "code", "quote"),
    [
        ("检查128家次", "检查126家次", "G405", "128家次"),
        ("检查126家次，覆盖率95%", "检查126家次", "G401", "95%"),
        ("检查126家次，召开会议3次", "检查126家次", "G401", "3次"),
        ("发放资料6000余份", "发放资料5032份", "G405", "6000余份"),
        ("培训430人次", "培训430人", "G405", "430人次"),
        ("提高4%", "提高4个百分点", "G406", "4%"),
        ("同比增长8%", "同比下降8%", "G406", "8%"),
        ("5月21日建成平台", "5月20日建成平台", "G402", "5月21日"),
        ("2023年5月20日建成平台", "2024年5月20日建成平台", "G402", "2023年5月20日"),
        ("6月31日建成平台", "6月30日建成平台", "G402", "6月31日"),
        ("依据《防洪法》检查126家次", "检查126家次", "G403", "《防洪法》"),
        ("联合市公安局检查126家次", "检查126家次", "G403", "公安局"),
        ("在石桥镇检查126家次", "检查126家次", "G403", "石桥镇"),
        ("河南省检查126家次", "检查126家次", "G403", "河南"),
        ("局长王建国带队检查126家次", "检查126家次", "G403", "王建国"),
        ("检查126家次，有效遏制了事故", "检查126家次", "G408", "有效遏制了"),
        ("检查126家次，标志着工作迈上新台阶", "检查126家次", "G408", "标志着"),
    ],
)
def test_what_no_fact_holds(text: str, fact: str, code: str, quote: str) -> None:
    gaps = [gap for gap in grounding.examine(text, ground(fact)) if gap.weight != "info"]
    assert (code, quote) in [(gap.code, gap.quote) for gap in gaps]
    assert all(text[gap.start : gap.end] == gap.quote for gap in gaps)


def test_derived_values_are_told_with_their_formula() -> None:
    [gap] = grounding.examine("发现隐患312处，整改308处，其余4处正在整改", ground("发现隐患312处，整改308处"))
    assert (gap.code, gap.weight, gap.evidence) == ("G401", "info", "312 − 308 = 4")
    [share] = grounding.examine("发现隐患200处，整改150处，整改率75%", ground("发现隐患200处，整改150处"))
    assert (share.weight, share.evidence) == ("info", "150 ÷ 200 = 75%")


def test_a_small_count_is_a_warning_only() -> None:
    [gap] = grounding.examine("组建3支队伍，培训430人", ground("培训430人"))
    assert (gap.code, gap.weight) == ("G401", "warning")


def test_words_of_the_brief_may_be_used() -> None:
    assert not grounding.examine("落实《防汛预案》，检查2次", ground("检查2次", words=("《防汛预案》",)))


@pytest.mark.parametrize(
    ("text", "fact", "code"),
    [
        ("检查企业", "检查企业126家次", "G405"),
        ("开展检查126家次", "6月16日开展检查126家次", "G404"),
        ("修订办法，开展检查126家次", "修订《考核办法》，开展检查126家次", "G404"),
        ("开展检查126家次", "开展检查126家次，局长带队督导", "G404"),
        ("已完成平台建设1个", "拟建设平台1个", "G409"),
        ("其余4处8月底前完成", "其余4处限期8月底前完成", "G409"),
        ("建成通车12公里", "基本建成通车12公里", "G409"),
    ],
)
def test_what_the_text_leaves_out(text: str, fact: str, code: str) -> None:
    assert code in lacking(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("其中局长主持3次，全年召开会议4次", "召开会议4次，局长主持3次"),
        ("召开会议4次", "1至6月召开会议4次"),
        ("将建设平台1个", "拟建设平台1个"),
        ("责令停产整顿2家", "停产整顿2家"),
    ],
)
def test_another_wording_leaves_nothing_out(text: str, fact: str) -> None:
    assert lacking(text, fact) == []


def test_unused_facts_of_a_foreign_document() -> None:
    held = ground("开展检查126家次", "培训430人")
    left = grounding.unused(held.facts, ["一是开展检查126家次。", "二是加强值守。"], held)
    assert [fact.id for fact in left] == ["F2"]
