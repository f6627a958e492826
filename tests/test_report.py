"""Report: canonical bytes, fingerprints, waivers that belong to one version."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import report as reports
from drafting.canonical import canonical, fingerprint, readable
from drafting.errors import DocumentError
from drafting.facts import Brief, Fact, Section
from drafting.period import Period
from drafting.report import Block, Point, Provenance, Report

words = st.text(alphabet='一是检查126处，。《办法》😀"\\\n', max_size=20)
points = st.builds(
    Point,
    body=words,
    facts=st.lists(st.sampled_from(["F1", "F2", "自定"]), max_size=3).map(tuple),
    enumerator=st.sampled_from(["", "一是", "（二）"]),
    gist=words,
    provenance=st.builds(
        Provenance,
        origin=st.sampled_from(["worded", "repaired", "composed", "edited", "imported"]),
        attempts=st.integers(0, 3),
        problems=st.lists(words, max_size=2).map(tuple),
    ),
    locked=st.booleans(),
)
blocks = st.one_of(
    st.builds(Block, type=st.sampled_from(["title", "lead", "signature"]), words=words),
    st.builds(
        Block, type=st.just("heading"), words=words, level=st.integers(1, 4), number=st.sampled_from(["", "一、"])
    ),
    st.builds(Block, type=st.just("paragraph"), points=st.lists(points, min_size=1, max_size=3).map(tuple)),
)
BRIEF = Brief(
    "special-report",
    "县水利局",
    "防汛工作",
    Period.parse("2024年上半年"),
    date(2024, 7, 3),
    (
        Section(
            "做好准备",
            (Fact("F1", "检修闸门46座", "工管科", date(2024, 5, 20)), Fact("F2", "培训40人")),
            (("F1", "F2"),),
        ),
    ),
)
some_reports = st.builds(
    Report,
    blocks=st.lists(blocks, max_size=4).map(tuple),
    organ=words,
    period=st.none() | st.just(Period.parse("2024年6月")),
    issued=st.none() | st.dates(),
    brief=st.none() | st.just(BRIEF),
)


@given(some_reports)
def test_what_is_written_is_read_back(report: Report) -> None:
    assert reports.loads(report.dumps()) == report
    assert reports.loads(report.dumps()).dumps() == report.dumps()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner) | st.dictionaries(words, inner)
    )
)
def test_canonical_json_is_one_spelling(data: object) -> None:
    assert json.loads(canonical(data)) == data
    assert json.loads(readable(data)) == data
    assert canonical(json.loads(readable(data))) == canonical(data)


def test_order_of_keys_does_not_change_the_fingerprint() -> None:
    assert fingerprint({"甲": 1, "乙": 2}) == fingerprint({"乙": 2, "甲": 1})
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_spans_lie_where_the_points_are_printed() -> None:
    block = Block("paragraph", number="（一）", points=(Point("甲。", gist="检查"), Point("乙。", enumerator="二是")))
    assert block.text == "（一）检查。甲。二是乙。"
    assert [block.text[start:end] for start, end, _ in block.spans()] == ["检查。甲。", "二是乙。"]


def test_a_waiver_names_its_version_and_does_not_change_it() -> None:
    report = Report((Block("title", "关于防汛工作的报告"),))
    waived = report.waive("S109", "按上级格式")
    assert waived.version == report.version
    assert [waiver.code for waiver in waived.standing_waivers()] == ["S109"]
    changed = replace(waived, blocks=(Block("title", "关于防汛工作的专题报告"),))
    assert changed.standing_waivers() == ()
    with pytest.raises(ValueError, match="理由"):
        report.waive("S109", "  ")


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"schema": 2}', b"[" * 100_000, "报告".encode()])
def test_what_is_no_report_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(DocumentError) as raised:
        reports.loads(data, "报告.report.json")
    assert str(raised.value).startswith("报告.report.json: ")
    assert "\n" not in str(raised.value)


def _spoilt(change: Callable[[Any], object]) -> bytes:
    """A whole report's file after `change` has been at its data."""
    point = Point("检修闸门46座。", ("F1",), "一是", provenance=Provenance("composed"))
    report = Report((Block("title", "报告"), Block("paragraph", points=(point,))), "briefing", "县水利局", brief=BRIEF)
    data = json.loads(report.waive("S109", "按上级格式").dumps())
    change(data)
    return json.dumps(data).encode()


def test_the_report_that_is_spoilt_below_is_whole() -> None:
    assert reports.loads(_spoilt(lambda data: None)).organ == "县水利局"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.update(schema=2), "格式版本 2，此程序只读 1"),
        (lambda data: data.update(organ=5), "organ 应是文字，这里是数 5"),
        (lambda data: data.update(印章=True), "不认识 印章"),
        (lambda data: data.update(issued="2024-06-31"), "issued 应是存在的日期"),
        (lambda data: data.update(blocks="报告"), "blocks 应是列表，这里是文字"),
        (lambda data: data.update(waivers=[{"code": 5, "reason": None, "version": []}]), "waivers[0].code 应是文字"),
        (lambda data: data["brief"].update(topic=["防汛"]), "brief.topic 应是文字，这里是列表"),
        (lambda data: data["brief"].update(terms=[1]), "brief.terms[0] 应是文字"),
        (lambda data: data["brief"]["sections"][0].update(groups=[["F1", 2]]), "sections[0].groups[0][1] 应是文字"),
        (lambda data: data["blocks"][0].update(level=float("inf")), "Infinity 不是数"),
        (lambda data: data["blocks"][0].update(level=10**30), "过长"),
        (lambda data: data["blocks"][0].update(level=True), "blocks[0].level 应是不小于 0 的整数"),
        (lambda data: data["blocks"][0].update(type="附录"), "blocks[0].type 是未知的“附录”"),
        (lambda data: data["blocks"][0].update(words="报\ud800告"), "blocks[0].words 含有不成字的代码 U+D800"),
        (lambda data: data["blocks"][1]["points"][0].pop("body"), "缺少 blocks[1].points[0].body"),
        (lambda data: data["blocks"][1]["points"][0].update(locked="否"), "应是 true 或 false"),
    ],
)
def test_a_value_of_another_type_is_named_by_its_place(change: Callable[[Any], object], said: str) -> None:
    with pytest.raises(DocumentError) as raised:
        reports.loads(_spoilt(change), "报告.report.json")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"schema": 1, "schema": 1}', "键 schema 重复"),
        ('{"organ": "县水利局"}'.encode("gb18030"), "不是 UTF-8 文本"),
        (b'{"schema": 1', "第 1 行第 13 列起不是 JSON"),
        (b"[" * 100_000, "嵌套过深"),
        (b"null", "最外层 应是一组键和值，这里是null"),
    ],
)
def test_json_that_is_none_is_told_in_chinese(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError) as raised:
        reports.loads(data)
    assert said in str(raised.value)
