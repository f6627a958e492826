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


@pytest.mark.parametrize(
    ("fact", "gist"),
    [
        ("落实96座小型水库行政、技术、巡查责任人288名", "层层压实责任"),
        ("3家子公司实行经理层成员任期制，签约率100%", "推进改革任务"),
        ("审计项目8个，发现问题36个，整改34个", "强化内部监督"),
        ("整改隐患213处", "抓好隐患整改"),
        ("通报问题31个，整改29个", "抓好问题整改"),
        ("受理热线来电11.7万件，办结率99.6%", "办好群众诉求"),
        ("组织急救演练9场、“三基三严”考核4次", "强化应急准备"),
        ("启动防汛Ⅲ级应急响应2次", "做好应急处置"),
        ("远程会诊、影像诊断3460例，基层检查、上级诊断平均用时35分钟", "做好医疗服务"),
        ("点评处方1.8万张，处方合格率98.6%", "规范诊疗行为"),
        ("发放国家助学金286.5万元，资助学生1130人次", "做好学生资助"),
        ("建成心理辅导室4间，心理健康普查覆盖率100%", "关注心理健康"),
    ],
)
def test_gist_is_about_the_fact_and_not_about_a_word_in_it(fact: str, gist: str) -> None:
    assert compose(facts(fact), gist=True)[0] == gist


def test_gists_in_a_section_differ_and_do_not_echo_its_heading() -> None:
    first, _ = compose(facts("召开专题会议2次"), gist=True, heading="加强组织领导，压实责任")
    second, _ = compose(facts("召开推进会3次"), gist=True, heading="加强组织领导，压实责任", taken={first})
    assert first != second
    assert "组织领导" not in first + second


def test_no_gist_rather_than_an_empty_one() -> None:
    assert compose(facts("清理河道淤积28处"), gist=True)[0] == ""
