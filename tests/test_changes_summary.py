"""The summary: sections, numbers, dates, facts and particulars that changed, and nothing that did not."""

from dataclasses import replace
from datetime import date

import pytest

from drafting.changes import compare
from drafting.changes.summary import Summary, summarise
from drafting.facts import Brief, Fact, Section
from drafting.period import Period
from drafting.report import Block, Point, Report
from tests.builders import CLEAN, report


def of(old: Report, new: Report) -> Summary:
    return summarise(compare(old, new))


def edited(*replacements: tuple[str, str]) -> Summary:
    text = CLEAN
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return of(report(CLEAN), report(text))


def paragraph(old: str, new: str) -> Summary:
    told = {"period": Period.parse("2024年上半年"), "issued": date(2024, 7, 5)}
    return of(Report((Block("paragraph", old),), **told), Report((Block("paragraph", new),), **told))  # type: ignore[arg-type]


def numbers(summary: Summary) -> list[tuple[str, str]]:
    return [(number.old, number.new) for number in summary.numbers]


def test_nothing_changed_is_nothing() -> None:
    summary = edited()
    assert summary.changes == summary.renumbered == 0
    assert summary.kept == 1
    assert [summary.sections, summary.numbers, summary.dates, summary.facts, summary.particulars] == [()] * 5


def test_a_number_comes_with_its_unit_its_clause_its_section_and_its_change() -> None:
    summary = edited(("召开安全工作调度会6次", "召开安全工作调度会7次"))
    (number,) = summary.numbers
    assert (number.old, number.new) == ("6次", "7次")
    assert (number.before, number.after) == ("召开安全工作调度会", "")
    assert number.heading == "一、加强组织调度，落实安全责任"
    assert number.change == compare(report(CLEAN), report(CLEAN.replace("调度会6次", "调度会7次"))).changes[0].id


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("投入资金86.4万元。", "投入资金92万元。", [("86.4万元", "92万元")]),
        ("合格率92.5%，提高5.5个百分点。", "合格率95%，提高5.5个百分点。", [("92.5%", "95%")]),
        ("投入资金1,200万元。", "投入资金1200万元。", []),
        ("检查企业２１８家次。", "检查企业218家次。", []),
        ("查处案件11份。", "查处案件9份，立案2起。", [("11份", "9份"), ("", "2起")]),
        ("查处案件9份，立案2起。", "查处案件9份。", [("2起", "")]),
        ("检查企业218家次。签订责任书31份。", "签订责任书31份。检查企业218家次。", []),
        ("检查企业218家。", "检查企业218家次。", [("218家", "218家次")]),
        (
            "逐级明确责任和时限。排查校车52辆。",
            "逐级明确责任和时限。拆除违规充电桩16个。",
            [("52辆", ""), ("", "16个")],
        ),
        ("培训安全员40名。", "培训安全员45人。", [("40名", "45人")]),
        ("培训员工380人。", "培训员工近380人。", [("380人", "近380人")]),
        ("扎实开展检查218家次。", "深入开展检查218家次。", []),
        ("6月30日前整改95处。", "7月15日前整改95处。", []),
    ],
)
def test_numbers_that_changed_by_value(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert numbers(paragraph(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("6月30日前完成整改。", "7月15日前完成整改。", [("6月30日前", "7月15日前")]),
        ("3月10日至4月20日开展排查。", "3月10日至4月25日开展排查。", [("3月10日至4月20日", "3月10日至4月25日")]),
        ("3月10日至4月20日开展排查。", "3月12日至4月25日开展排查。", [("3月10日至4月20日", "3月12日至4月25日")]),
        ("截至6月底，整改95处。", "截至6月30日，整改95处。", []),
        ("截至6月底，整改95处。", "截至6月末，整改97处。", []),
        ("6月开展检查。", "上半年开展检查。", [("6月", "上半年")]),
        ("开展检查。", "2024年5月开展检查。", [("", "2024年5月")]),
        ("检查企业218家次。", "检查企业231家次。", []),
    ],
)
def test_dates_that_changed_by_their_days(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(day.old, day.new) for day in paragraph(old, new).dates] == expected


def test_sections_come_go_move_and_change() -> None:
    lines = CLEAN.splitlines()
    new = [*lines[:3], "一、抓好教育培训，提升安全素养", "一是组织演练。开展应急演练9次。", *lines[5:]]
    summary = of(report(CLEAN), report("\n".join(new).replace("218家次", "231家次")))
    states = {section.heading: (section.state, section.changes) for section in summary.sections}
    assert states == {
        "一、抓好教育培训，提升安全素养": ("added", 2),
        "一、加强组织调度，落实安全责任": ("gone", 2),
        "二、开展排查整治，消除安全隐患": ("changed", 1),
    }


def test_a_moved_section_is_told_as_moved() -> None:
    blocks = report(CLEAN).blocks
    summary = of(report(CLEAN), replace(report(CLEAN), blocks=(*blocks[:3], *blocks[5:7], *blocks[3:5], *blocks[7:])))
    assert [section.state for section in summary.sections] == ["moved"]
    assert [group.heading for group in summary.moves] == [summary.sections[0].heading]


def test_renumbering_is_counted_apart() -> None:
    summary = edited(("一、加强", "二、加强"), ("二是逐级", "三是逐级"), ("扎实推进", "深入推进"))
    assert (summary.changes, summary.renumbered) == (3, 2)
    assert summary.numbers == ()


def test_versions_with_nothing_in_common_are_strangers() -> None:
    other = Report(tuple(Block("paragraph", text) for text in ("本学期共开设选修课46门。", "图书馆新增馆藏1.2万册。")))
    assert of(report(CLEAN), other).strangers
    assert not edited(("218家次", "231家次")).strangers


# --- facts and particulars

FACTS = (Fact("F1", "召开安全工作调度会6次"), Fact("F2", "与31家重点单位签订安全生产承诺书"))


def drafted(*facts: Fact, standing: tuple[str, ...] | None = None, **more: object) -> Report:
    brief = Brief(
        "special-report",
        "市应急管理局",
        "安全生产工作",
        Period.parse("2024年上半年"),
        date(2024, 7, 5),
        (Section("加强领导", facts),),
    )
    stands = standing if standing is not None else tuple(fact.id for fact in facts)
    known = {fact.id: fact.text for fact in facts}
    points = tuple(Point(f"{known.get(fact, '略')}。", (fact,)) for fact in stands)
    told = Report((Block("paragraph", points=points),), brief=replace(brief, **more), organ="市应急管理局")  # type: ignore[arg-type]
    return replace(told, period=Period.parse("2024年上半年"), issued=date(2024, 7, 5))


def facts(old: Report, new: Report) -> list[tuple[str, str, str, str]]:
    return [(fact.state, fact.id, fact.old, fact.new) for fact in of(old, new).facts]


def test_a_fact_put_in_before_others_changes_none_of_them() -> None:
    new = drafted(Fact("F1", "开展应急演练9次"), Fact("F2", FACTS[0].text), Fact("F3", FACTS[1].text))
    assert facts(drafted(*FACTS), new) == [("added", "F1", "", "开展应急演练9次")]


def test_a_fact_that_reads_otherwise_is_changed() -> None:
    new = drafted(Fact("F1", "召开安全工作调度会7次"), FACTS[1])
    assert facts(drafted(*FACTS), new) == [("changed", "F1", FACTS[0].text, "召开安全工作调度会7次")]


def test_a_fact_that_no_point_stands_on_any_more_is_gone_though_the_brief_holds_it() -> None:
    assert facts(drafted(*FACTS), drafted(*FACTS, standing=("F1",))) == [("gone", "F2", FACTS[1].text, "")]
    assert facts(drafted(*FACTS, standing=("F1",)), drafted(*FACTS)) == [("added", "F2", "", FACTS[1].text)]


def test_without_a_brief_facts_are_known_by_their_ids() -> None:
    old, new = (replace(drafted(*FACTS, standing=standing), brief=None) for standing in (("F1",), ("F2",)))
    assert facts(old, new) == [("added", "F2", "", ""), ("gone", "F1", "", "")]


def test_particulars_are_told_by_name() -> None:
    old = drafted(*FACTS)
    new = replace(
        drafted(*FACTS, signatory="李四"), organ="市应急局", issued=date(2024, 7, 8), period=Period.parse("2024年")
    )
    assert [(one.name, one.old, one.new) for one in of(old, new).particulars] == [
        ("发文机关", "市应急管理局", "市应急局"),
        ("报告期", "2024年上半年", "2024年"),
        ("成文日期", "2024-07-05", "2024-07-08"),
        ("签发人", "", "李四"),
    ]
