"""The timeline: read fast, and the YAML that it says it is."""

from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest
from ruamel.yaml import YAML

from evals.timeline import entry_of, of_kind, timeline


def entry(term: str):  # type: ignore[no-untyped-def]
    return next(entry for entry in timeline() if term in entry.names)


def test_a_yaml_parser_reads_the_same() -> None:
    text = files("evals").joinpath("timeline.yaml").read_text(encoding="utf-8")
    rows = YAML(typ="safe", pure=True).load(text)
    assert [(row["term"], str(row["first"])) for row in rows] == [(entry.term, entry.since) for entry in timeline()]


def test_days_months_and_years_become_first_and_last() -> None:
    assert entry("建国").first == date(1949, 10, 1)
    assert entry("长征出发").first == date(1934, 10, 1)
    assert entry("“三严三实”专题教育").last == date(2015, 12, 31)
    assert entry("二十一大").first == date(2027, 1, 1)
    assert entry("高质量发展").last is None


def test_a_name_stands_for_one_founding() -> None:
    names = [name for entry in of_kind("founding") for name in entry.names]
    assert len(names) == len(set(names))


def test_every_entry_says_how_sure_it_is_and_how_it_is_known() -> None:
    assert len(timeline()) > 150
    for entry in timeline():
        assert entry.source
        assert entry.note


def test_no_two_rows_contradict() -> None:
    """A name means one row of its kind, and what a name stands for has one beginning and one end."""
    known: dict[tuple[str, str], str] = {}
    for one in timeline():
        for name in one.names:
            assert known.setdefault((one.kind, name.strip("“”")), one.term) == one.term, name
    spans: dict[str, set[str]] = {}
    for one in timeline():
        for name in one.names:
            spans.setdefault(name, set()).add(one.span)
    assert not {name: span for name, span in spans.items() if len(span) > 1}


def test_every_row_is_well_formed() -> None:
    for one in timeline():
        assert one.term
        assert all(one.names)
        assert one.last is None or one.first <= one.last
        assert one.before in ("unnamed", "ahead")
        assert one.during == "current"
        assert one.after in ("lasting", "past", "current")
        assert one.afterwards or one.kind not in ("campaign", "plan", "congress", "plenum", "session", "census")


def test_plans_follow_one_another_and_plenums_lie_between_their_congresses() -> None:
    plans = [one for one in of_kind("plan") if one.term.startswith("“")]
    for one, other in pairwise(plans):
        assert one.last
        assert (other.first - one.last).days == 1
    congresses = {one.term[:-1]: one.first for one in of_kind("congress")}
    plenums = [one for one in of_kind("plenum") if one.certainty == "high"]
    for one in plenums:
        assert one.first > congresses[one.term.split("届")[0]]
    assert [one.first for one in plenums] == sorted(one.first for one in plenums)


def test_a_state_for_every_day() -> None:
    campaign = entry("党史学习教育")
    assert [campaign.state(date(year, 6, 1)) for year in (2020, 2021, 2022)] == ["ahead", "current", "lasting"]
    assert entry("新质生产力").state(date(2022, 1, 1)) == "unnamed"


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "专项"), ("certainty", "sure"), ("before", "soon"), ("first", "2024年"), ("last", "2014-13-01")],
)
def test_a_row_that_does_not_hold_together_is_refused(column: str, value: str) -> None:
    row = {
        "term": "甲",
        "variants": [],
        "kind": "task",
        "first": "2015-01",
        "last": "",
        "before": "ahead",
        "during": "current",
    }
    row |= {"after": "past", "afterwards": [], "certainty": "high", "source": "某文件", "note": "无"}
    entry_of(row)
    with pytest.raises(ValueError, match=r".+"):
        entry_of(row | {column: value})
