"""G407: sentences that stand on no fact, and what looks like them."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from drafting import brief as briefs
from drafting import profiles
from drafting.report import Block, Point, Report
from drafting.writer import Writer
from tests.builders import body, brief, found, quotes

FACTS = (
    "开展执法检查126家次，发现隐患312处，整改308处",
    "组织应急演练12场，2,300人参加",
    "修订防汛预案，储备沙袋5万条",
    "联合县公安局查处非法储存烟花爆竹案件3起",
)
CASES = sorted((Path(__file__).parents[1] / "evals" / "cases").glob("*.brief.yaml"))


def told(text: str) -> Report:
    return body(f"开展执法检查126家次。{text}", brief=brief(*FACTS, outlook=("完善预警发布流程",)))


@pytest.mark.parametrize(
    "sentence",
    [
        "我们始终提高政治站位，以钉钉子精神狠抓各项工作落实。",
        "全体干部职工凝心聚力、锐意进取，展现了新担当新作为。",
        "强化组织领导，压实工作责任，形成齐抓共管的良好局面。",
        "安全生产工作责任重大，必须常抓不懈。",
        "思想是行动的先导，认识是行动的动力。",
        "广大干部群众的精神面貌焕然一新。",
        "踏石留印、抓铁有痕，推动各项任务落地见效。",
        "事实证明，只有上下同心，才能攻坚克难。",
    ],
)
def test_a_sentence_without_a_fact_is_shown(sentence: str) -> None:
    (finding,) = found(told(sentence), "G407")
    assert (finding.quote, finding.severity) == (sentence, "info")


@pytest.mark.parametrize(
    "sentence",
    [
        "对隐患逐条建立台账。",
        "演练检验了响应流程。",
        "深化部门联动，严查烟花爆竹违法行为。",
        "沙袋已分送各沿河点位。",
        "全市共有重点企业86家。",
        "6月20日起转入巩固阶段。",
        "市水利局派员到场指导。",
        "一是严格日常监管。组织应急演练12场。",
        "（一）严格日常监管。组织应急演练12场。",
        "主要做法有以下几点：",
        "现将有关情况报告如下。",
        "特此报告。",
        "完善预警发布流程。",
    ],
)
def test_what_stands_on_a_fact_or_leads_to_it_is_not_shown(sentence: str) -> None:
    assert quotes(told(sentence), "G407") == []


def test_a_point_is_held_against_its_own_facts() -> None:
    known = brief(*FACTS)
    sentence = "储备沙袋，严阵以待。"
    for fact, drawn in (("F1", [sentence]), ("F3", [])):
        block = Block("paragraph", points=(Point(sentence, (fact,)),))
        assert quotes(replace(body(brief=known), blocks=(block,)), "G407") == drawn


def test_a_gist_is_the_title_of_its_point() -> None:
    point = Point("组织应急演练12场。", ("F2",), "一是", "凝聚各方合力")
    block = Block("paragraph", points=(point,))
    assert quotes(replace(body(brief=brief(*FACTS)), blocks=(block,)), "G407") == []


def test_an_empty_body_leaves_its_gist_without_a_fact() -> None:
    block = Block("paragraph", words="一是凝聚各方合力。二是真抓实干。")
    assert len(quotes(replace(body(brief=brief(*FACTS)), blocks=(block,)), "G407")) == 2


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name.split(".")[0])
def test_the_composer_s_drafts_hold_no_padding(path: Path) -> None:
    loaded = briefs.load(path).brief
    profile = profiles.load(loaded.kind)
    drafted = asyncio.run(Writer(profile, None).draft(loaded))
    assert quotes(drafted, "G407", profile=profile) == []
