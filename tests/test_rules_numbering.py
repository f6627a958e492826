"""S104 and S105: numbers that count on, and the ways in which real documents number that are no errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.outline import heading_number
from drafting.profile import Profile
from tests.builders import CLEAN, found, profile, quotes, report


def numbered(*heads: str) -> str:
    """A document of headings with a sentence under each."""
    return "\n".join(f"{head}落实责任\n召开会议4次。" for head in heads)


@pytest.mark.parametrize(
    ("heads", "quote", "expected"),
    [
        ("一、 二、 四、", "四、", "三、"),
        ("一、 二、 二、 三、", "二、", "三、"),
        ("二、 三、", "二、", "一、"),
        ("一、 （一） （二） 二、 （一） （二） （四）", "（四）", "（三）"),
        ("（一） （二） （二） （三）", "（二）", "（三）"),
        ("1. 2. 4.", "4.", "3."),
        ("（1） （3）", "（3）", "（2）"),
        ("一、 一、 二、 三、", "一、", "二、"),
        ("十九、 二十一、", "十九、", "一、"),
        ("一、 （一） （二） 二、 （一） （三）", "（三）", "（二）"),
    ],
)
def test_a_number_that_does_not_follow_is_named_with_the_one_that_was_due(
    heads: str, quote: str, expected: str
) -> None:
    finding = found(report(numbered(*heads.split())), "S104")[0]
    assert (finding.quote, finding.expected, finding.severity) == (quote, expected, "error")


@pytest.mark.parametrize(
    "heads",
    [
        "一、 （一） （二） 二、 （三） （四） 三、 （五）",
        "一、 （一） （二） 二、 （一） （二）",
        "一、 二、 一、 二、 三、 三、",
        "一、 1. 2. （1） （2） 3. 二、 1.",
        "一、 二、 三、 一、 二、",
    ],
)
def test_lists_may_start_again_run_on_across_sections_and_nest(heads: str) -> None:
    assert not found(report(numbered(*heads.split())), "S104")


@pytest.mark.parametrize(
    "text",
    [
        "一、责任\n1.检查126家次。\n8.6个百分点的增幅来自工业。",
        "附件：1.矿山名单\n2.企业名单",
        "注：1、本表为初步数据；\n2、合计数因四舍五入不等。",
        "主要做法有：（一）健全制度；\n（二）加强检查。",
        "一、责任\n召开会议。\n附件1\n一、名单\n二、分工",
        "一、责任\n二、三产业增速回升。\n二、检查\n检查126家次。",
        "一、责任\n三、四月份受理量回落。\n十、十一月集中攻坚。\n八、九年级学生全部体检。\n五、六两个月增派人手。\n二、检查\n检查126家次。",
    ],
)
def test_what_only_looks_like_a_number_or_stands_in_a_line(text: str) -> None:
    assert not found(report(text), "S104")


def test_one_gap_is_one_finding() -> None:
    assert len(found(report(numbered("一、", "二、", "四、", "五、", "六、")), "S104")) == 1


@given(st.integers(2, 30), st.sampled_from(["一、", "（一）", "1.", "（1）"]), st.data())
def test_a_whole_list_is_silent_and_any_lost_item_is_heard(length: int, sample: str, data: st.DataObject) -> None:
    heads = [heading_number(sample, value) for value in range(1, length + 1)]
    assert not found(report(numbered(*heads)), "S104")
    lost = data.draw(st.integers(0, length - 2))
    due = heads[lost]
    assert [finding.expected for finding in found(report(numbered(*heads[:lost], *heads[lost + 1 :])), "S104")] == [due]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [("一、 1.", ["1."]), ("一、 （1） （2）", ["（1）"]), ("一、 （一） 1. （1）", []), ("1. 2.", [])],
)
def test_a_level_left_out(heads: str, expected: list[str]) -> None:
    assert quotes(report(numbered(*heads.split())), "S105") == expected


def test_a_profile_s_own_numbering_is_followed() -> None:
    from dataclasses import replace

    own: Profile = replace(profile(), numbering=("一、", "1."))
    assert not found(report(numbered("一、", "1.", "2.")), "S105", profile=own)
    assert quotes(report(numbered("一、", "（1）")), "S105", profile=own) == ["（1）"]


@pytest.mark.parametrize(
    "line", ["十四五.", "零、总则", "0.总则", "（0）总则", "（十四五）规划", "九十九、总则", "99.总则"]
)
def test_what_no_heading_counts_to_is_no_number(line: str) -> None:
    assert not found(report(f"{CLEAN.splitlines()[0]}\n{line}\n{line}"), "S104")
