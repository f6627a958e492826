"""S106 and S107: 一是 chains."""

import pytest

from tests.builders import CLEAN, body, found, quotes, report


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("一是开展检查。三是加强宣传。", "三是", "二是"),
        ("一是开展检查。二是加强宣传。二是组织演练。", "二是", "三是"),
        ("二是加强宣传。三是组织演练。", "二是", "一是"),
        ("一是开展检查；一是加强宣传；二是组织演练。", "一是", "二是"),
        ("一是开展检查。二是加强宣传。四是组织演练。五是落实责任。", "四是", "三是"),
        ("一是开展检查。一是加强宣传。三是组织演练。", "一是", "二是"),
    ],
)
def test_a_broken_chain(text: str, quote: str, expected: str) -> None:
    findings = found(body(text), "S106")
    assert [(finding.quote, finding.expected) for finding in findings] == [(quote, expected)]


def test_a_gap_in_a_later_section_is_not_filled_by_an_earlier_chain() -> None:
    first = "一、责任\n一是开展检查。二是加强宣传。三是组织演练。\n"
    assert quotes(report(first + "二、排查\n一是健全制度。二是配强队伍。四是补足装备。"), "S106") == ["四是"]
    assert quotes(report(first + "一是健全制度。二是配强队伍。四是补足装备。"), "S106") == ["四是"]


@pytest.mark.parametrize(
    "text",
    [
        "一是开展检查。\n二是加强宣传。\n三是组织演练。",
        "首先，开展检查。二是加强宣传。三是组织演练。",
        "一是开展检查。一是健全制度，二是配强队伍。\n二是加强宣传。",
        "基本点是两条，一是坚持标准，一是严格程序。",
        "统一是原则，之一是标准，第一是安全，第三是效率。",
        "一是开展检查。二是加强宣传。\n另一方面，一是健全制度。二是配强队伍。",
        "三是非曲直的说法不必采用。",
        "存在的问题一是力量不足，二是经费紧张。",
    ],
)
def test_chains_that_hold(text: str) -> None:
    assert not found(body(*text.splitlines()), "S106")


def test_a_list_inside_an_item_of_the_same_kind() -> None:
    assert quotes(body("一是健全制度。", "二是丰富活动。一是开讲12次。二是服务86次。"), "S107") == ["一是"]
    assert quotes(body("一是健全制度。一是立规矩，二是建台账。", "二是配强队伍。"), "S107") == ["一是"]
    assert quotes(body("一是健全制度。二是配强队伍：一是选好人，二是带好兵。三是严格考核。"), "S107") == ["一是"]
    assert not found(body("一是健全制度。二是配强队伍。", "一是开展检查。二是加强宣传。"), "S107")
    assert not found(report(CLEAN), "S107")


@pytest.mark.parametrize(
    "text", ["十四五是关键期。十四五是攻坚期。", "九十九是多。九十九是多。", "一是召开会议4次。十四五是关键期。"]
)
def test_numerals_that_no_item_has_are_no_enumerators(text: str) -> None:
    assert not found(body(text), "S106")
