"""B102: the same fact twice."""

from dataclasses import replace

import pytest

from drafting.facts import Section
from tests.builders import brief, found_in, found_in_brief


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("与31家重点单位签订安全生产承诺书", "与31家重点单位签订安全生产承诺书"),
        ("与31家重点单位签订安全生产承诺书", "与３１家重点单位，签订了安全生产承诺书。"),
        ("发放宣传资料12000份", "发放宣传资料1.2万份"),
        ("1至6月召开专题会议4次", "共召开专题会议四次"),
        ("召开（举办）培训班2期，培训126人", "组织培训班2期、培训126人"),
        ("修订《考核办法》", "修订了《考核办法》"),
    ],
)
def test_wording_punctuation_width_and_numerals_make_no_other_fact(one: str, other: str) -> None:
    (finding,) = found_in_brief("B102", one, other)
    assert (finding.quote, finding.start) == (other, 0)
    assert "F2 与 F1" in finding.message
    assert finding.evidence == f"F1 {one}"


def test_one_that_stands_in_another_is_told_wherever_it_stands() -> None:
    inner, outer = "发现隐患312处", "开展执法检查126家次，发现隐患312处"
    (finding,) = found_in_brief("B102", outer, inner)
    assert (finding.quote, finding.message) == (inner, "F2 与 F1是同一件事，后者写得更全")
    (finding,) = found_in_brief("B102", inner, outer)
    assert (finding.quote, finding.message) == (inner, "F1 与 F2是同一件事，后者写得更全")


def test_a_word_more_with_the_same_numbers_is_nearly_the_same() -> None:
    (finding,) = found_in_brief("B102", "开展专项检查136次", "开展燃气专项检查136次")
    assert finding.message == "F2 与 F1几乎相同"


@pytest.mark.parametrize(
    "facts",
    [
        ("与31家重点单位签订安全生产承诺书", "与12家重点单位签订消防安全承诺书"),
        ("3月召开专题会议4次", "5月召开专题会议4次"),
        ("开展消防演练36场", "开展防汛演练36场"),
        ("开展演练2场", "开展消防演练2场"),
        ("检查矿山19座，整改到位", "检查工地30座，整改到位"),
        ("修订《考核办法》", "修订《奖惩办法》"),
    ],
)
def test_another_thing_is_no_second_time(facts: tuple[str, ...]) -> None:
    assert not found_in_brief("B102", *facts)


def test_under_another_heading_only_the_whole_fact_counts() -> None:
    def parted(one: str, other: str) -> bool:
        told = brief(one, other)
        first, second = told.sections[0].facts
        sections = (Section("压实责任", (first,)), Section("排查隐患", (second,)))
        return bool(found_in(replace(told, sections=sections), "B102"))

    assert parted("召开安全生产会议4次", "召开安全生产会议4次。")
    assert not parted("检查126家次，发现隐患312处", "发现隐患312处")


def test_the_outlook_may_take_a_fact_up_again() -> None:
    assert not found_in_brief("B102", "完成8处隐患整改", outlook=("完成8处隐患整改",))
