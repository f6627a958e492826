"""B101: one thing counted with two values in two facts."""

from dataclasses import replace
from datetime import date

import pytest

from drafting.facts import Section
from tests.builders import brief, found_in, found_in_brief


@pytest.mark.parametrize(
    ("one", "other", "quote"),
    [
        ("召开安全生产专题会议4次", "召开安全生产专题会议5次", "5次"),
        ("召开安全生产专题会议4次", "1至6月，共组织召开了安全生产专题会议５次", "５次"),
        ("我局与重点企业签订责任书23份", "市应急管理局与重点企业签订责任书32份", "32份"),
        ("开展执法检查126家次，发现隐患312处", "开展执法检查126家次，发现隐患315处", "315处"),
        ("隐患整改率达到98%", "隐患整改率达95%", "95%"),
        ("投入安全生产专项资金860万元", "投入安全生产专项资金680万元", "680万元"),
        ("6月开展应急演练3场", "2024年6月开展应急演练4场次", "4场次"),
        ("截至6月底，辖区共有危化品企业31家", "辖区共有危化品企业41家", "41家"),
        ("“安全生产月”发放宣传资料4.6万份", "“安全生产月”发放宣传资料64000份", "64000份"),
    ],
)
def test_the_same_words_with_another_number(one: str, other: str, quote: str) -> None:
    (finding,) = found_in_brief("B101", one, other)
    assert (finding.quote, finding.severity) == (quote, "error")
    assert other[finding.start : finding.end] == quote
    assert finding.message.startswith(f"F2“{quote}”与 F1“")
    assert finding.evidence == f"F1 {one}"


@pytest.mark.parametrize(
    "facts",
    [
        ("召开安全生产专题会议4次", "累计召开安全生产专题会议12次"),
        ("召开安全生产专题会议4次", "6月召开安全生产专题会议1次"),
        ("一季度检查企业60家", "二季度检查企业66家"),
        ("检查矿山19座，发现隐患36处", "检查工地30座，发现隐患58处"),
        ("检查企业126家，其中矿山19座", "检查企业126家，其中工地30座"),
        ("第一批整治隐患12处", "第二批整治隐患15处"),
        ("发放宣传资料1.2万份", "发放宣传资料12034份"),
        ("发放宣传资料5000余份", "发放宣传资料5032份"),
        ("检查企业126家", "检查企业218家次"),
        ("拟检查企业126家", "检查企业218家"),
        ("检查36家", "检查48家"),
        ("3月5日开展应急演练1场", "4月8日开展应急演练2场"),
        ("开展应急演练9场", "开展应急演练九场"),
    ],
)
def test_another_time_place_part_or_rounding_is_another_thing(facts: tuple[str, ...]) -> None:
    assert not found_in_brief("B101", *facts)


def test_the_outlook_is_not_held_against_what_was_done() -> None:
    assert not found_in_brief("B101", "改造农村公路112公里", outlook=("改造农村公路90公里",))


def test_facts_of_different_days_are_two_readings() -> None:
    told = brief("排查治理安全生产隐患312处", "排查治理安全生产隐患415处")
    (section,) = told.sections
    first, second = section.facts
    on = [replace(first, date=date(2024, 3, 31)), replace(second, date=date(2024, 6, 30))]
    assert found_in(told, "B101")
    assert not found_in(replace(told, sections=(replace(section, facts=tuple(on)),)), "B101")
    assert found_in(replace(told, sections=(replace(section, facts=(on[0], second)),)), "B101")


def test_under_another_heading_the_words_must_tell_more() -> None:
    def parted(one: str, other: str) -> bool:
        told = brief(one, other)
        first, second = told.sections[0].facts
        sections = (Section("抓好防汛", (first,)), Section("抓好消防", (second,)))
        return bool(found_in(replace(told, sections=sections), "B101"))

    assert not parted("开展应急演练3场", "开展应急演练5场")
    assert parted("与重点企业签订安全生产责任书23份", "与重点企业签订安全生产责任书32份")


def test_in_another_point_too() -> None:
    told = brief("燃气方面查企业", "检查企业36家", "消防方面查企业", "检查企业48家")
    (section,) = told.sections
    grouped = replace(section, groups=(("F1", "F2"), ("F3", "F4")))
    assert found_in(told, "B101")
    assert not found_in(replace(told, sections=(grouped,)), "B101")


def test_the_earlier_fact_is_named_with_its_line_and_source() -> None:
    told = brief("召开安全生产专题会议4次", "召开安全生产专题会议5次")
    (section,) = told.sections
    first, second = section.facts
    facts = (replace(first, source="办公室台账", line=9, column=9), replace(second, line=12, column=9))
    (finding,) = found_in(replace(told, sections=(replace(section, facts=facts),)), "B101")
    assert (finding.line, finding.column) == (12, 9)
    assert finding.message == "F2“5次”与 F1第9行“4次”矛盾：同一件事有两个数"
    assert finding.evidence == "F1 召开安全生产专题会议4次（来源：办公室台账）"
