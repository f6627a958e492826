"""Wording without a model: every fact in its own words, joined as formal prose, and no gist rather than an empty one."""

import pytest

from drafting.composer import compose
from drafting.facts import Fact


def facts(*texts: str) -> list[Fact]:
    return [Fact(f"F{number}", text) for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("texts", "body"),
    [
        (["发放资料5,000余份"], "发放资料5000余份。"),
        (["与12个乡镇签订责任书", "对2个乡镇进行约谈"], "与12个乡镇签订责任书，并对2个乡镇进行约谈。"),
        (["检修闸门46座，更换启闭机5台", "储备沙袋3万条"], "检修闸门46座，更换启闭机5台；储备沙袋3万条。"),
        (["行政处罚6起，罚款8.2万元"], "实施行政处罚6起，罚款8.2万元。"),
        (["召开会议2次。", "印发通知3份；"], "召开会议2次，并印发通知3份。"),
        (["建成平台1个。接入站点32处", "培训40人"], "建成平台1个。接入站点32处。培训40人。"),
        (["他们说：“很好。”"], "他们说：“很好。”"),
    ],
)
def test_facts_become_formal_prose(texts: list[str], body: str) -> None:
    assert compose(facts(*texts), gist=False) == ("", body)


def test_gist_says_what_was_done() -> None:
    assert compose(facts("组织防汛演练4场"), gist=True)[0] == "强化应急准备"


def test_gists_in_a_section_differ_and_do_not_echo_its_heading() -> None:
    first, _ = compose(facts("召开专题会议2次"), gist=True, heading="加强组织领导，压实责任")
    second, _ = compose(facts("召开推进会3次"), gist=True, heading="加强组织领导，压实责任", taken={first})
    assert first != second
    assert "组织领导" not in first + second


def test_no_gist_rather_than_an_empty_one() -> None:
    assert compose(facts("清理河道淤积28处"), gist=True)[0] == ""
