"""Report: canonical bytes, fingerprints, waivers that belong to one version."""

import json
from dataclasses import replace
from datetime import date

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
