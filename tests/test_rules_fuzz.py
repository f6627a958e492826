"""Every rule over hostile text: it answers, its findings quote what stands there, twice the same, and --fix settles."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafting import amounts, dates, profiles
from drafting.facts import Brief, Fact, Section
from drafting.fields import one_line
from drafting.period import Period
from drafting.report import Block, BlockType, Point, Report
from evals.checking import examination, examination_of_brief
from evals.examined import OldText
from evals.finding import Finding
from evals.fixing import mend
from evals.nearby import ends_at, starting_in
from evals.told import clause_of, inside_quotes, sentence_of
from tests.builders import body

# What the rules' own patterns are made of.
PIECES = (
    *(
        "一是 二是 三是 十一是 首先 其次 第一， （一） （二） (1) 1. 2、 一、 三、 24年 2024年 二〇二四年 6月 30日 31日 2月29日 至 — － 1—6月 上半年 "
        "第二季度 今年 去年（2022年） 截至 截止 十四五 建国 周年 70周年 第40个教师节 星期三 下一步 将 拟 整改 发现隐患 其余 其中 合计 同比增长 8.6% "
        "12.5万元 1,234 ３６ 百分之三十 XX 某某 ____ 【待补】 {{ }} ## ** ``` 以下是 作为AI 决胜全面建成小康社会 脱贫攻坚 二十届三中全会 卫辉市 我县 "
        "市应急管理局 委员会 请批示 提高了 显著 昨天 搞 《 》 “ ” ‘ ’ （ ） ( ) 〔 〕 [ ] < > \" ' ， 、 。 ； ： ！ ？ , . ; : … . - ~ * # _ \\ / "
        "% ％ ‰ 甲 处 家次 项 的 了 \u200b 😀"
    ).split(" "),
    *(" ", "\n", "\t", "　", "，，", "。。"),
)
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
FACTS = HOSTILE.map(one_line).filter(bool)
TYPES: list[BlockType] = [
    "title",
    "recipient",
    "lead",
    "heading",
    "paragraph",
    "outlook",
    "attachment",
    "signature",
    "date",
]
BLOCKS = st.builds(
    Block,
    type=st.sampled_from(TYPES),
    words=HOSTILE,
    level=st.integers(0, 4),
    number=st.sampled_from(["", "一、", "（二）", "3.", "（4）"]),
    points=st.lists(st.builds(Point, body=HOSTILE, enumerator=st.sampled_from(["", "一是", "三是"])), max_size=2).map(
        tuple
    ),
)
REPORTS = st.builds(
    Report,
    st.lists(BLOCKS, max_size=8).map(tuple),
    organ=st.sampled_from(["", "市应急管理局", "县"]),
    period=st.sampled_from([None, Period.parse("2024年上半年"), Period.parse("2024年"), Period.parse("2024年6月")]),
    issued=st.sampled_from([None, date(2024, 7, 5)]),
)
PROFILE = profiles.load("special-report")
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def brief(*facts: str) -> Brief:
    numbered = tuple(Fact(f"F{number}", text) for number, text in enumerate(facts, start=1))
    section = Section("强化检查", numbered)
    return Brief("special-report", "市应急管理局", "安全", Period.parse("2024年上半年"), date(2024, 7, 5), (section,))


def in_order(findings: tuple[Finding, ...]) -> bool:
    places = [(finding.block, finding.start) for finding in findings]
    return places == sorted(places)


@FUZZ
@given(REPORTS, st.lists(FACTS, max_size=4), HOSTILE)
def test_every_rule_answers_and_quotes_what_stands_there(report: Report, facts: list[str], old: str) -> None:
    against = (OldText("旧稿", body(old)),)
    told = {"profile": PROFILE, "brief": brief(*facts) if facts else None, "against": against}
    found = examination(report, **told)  # type: ignore[arg-type]
    assert in_order(found.findings)
    for finding in found.findings:
        if finding.block >= 0:
            assert report.blocks[finding.block].text[finding.start : finding.end] == finding.quote
        assert "\n" not in finding.message.replace(finding.quote, "")
    assert examination(report, **told) == found  # type: ignore[arg-type]


@FUZZ
@given(st.lists(FACTS, min_size=1, max_size=6))
def test_every_rule_on_briefs_answers(facts: list[str]) -> None:
    asked = brief(*facts)
    found = examination_of_brief(asked, profile=PROFILE)
    assert in_order(found.findings)
    assert examination_of_brief(asked, profile=PROFILE) == found


@FUZZ
@given(HOSTILE)
def test_dates_and_amounts_stand_where_they_say(text: str) -> None:
    mentions = dates.find(text, date(2024, 7, 5), Period.parse("2024年上半年"))
    for found in (mentions, amounts.find(text)):
        assert all(text[one.start : one.end] == one.text for one in found)
        assert all(one.end <= other.start for one, other in pairwise(found))


@settings(FUZZ, max_examples=60)
@given(text=HOSTILE.filter(str.strip), suffix=st.sampled_from([".txt", ".md"]))
def test_fixing_twice_changes_nothing_more(tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str) -> None:
    path: Path = tmp_path_factory.mktemp("稿") / f"报告{suffix}"
    path.write_text(f"关于安全生产工作的报告\n{text}\n", encoding="utf-8")
    mend(path, lambda reading: examination(reading.report, places=reading.places).findings)
    once = path.read_bytes()
    mend(path, lambda reading: examination(reading.report, places=reading.places).findings)
    assert path.read_bytes() == once


def test_what_no_stop_ends_is_looked_at_within_reach_only() -> None:
    text = "甲" * 100_000
    for bounds in (sentence_of(text, 50_000, 50_002), clause_of(text, 50_000, 50_002)):
        assert 49_000 < bounds[0] < 50_000 < bounds[1] < 51_000
    assert sentence_of("召开会议。检查企业，整改到位。", 6, 8) == (5, 14)
    assert inside_quotes("“" + "甲" * 10, 8)
    assert not inside_quotes("“" + "甲" * 100_000, 90_000)


def test_what_stands_near_is_found_without_the_rest() -> None:
    number = re.compile("第[一二三]+$")
    assert ends_at(number, "在第二届", 3, reach=5) is not None
    assert ends_at(number, "在第" + "一" * 50 + "届", 52, reach=5) is None
    found = amounts.find("检查5家，发现7处，整改6处。")
    assert [one.text for one in starting_in(found, 5, 10)] == ["7处"]
