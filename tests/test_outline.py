"""The skeleton that code builds: numbers, which facts share a point, formulas."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import outline, profiles
from drafting.facts import Brief, Fact, Section
from drafting.period import Period


def facts(*texts: str) -> tuple[Fact, ...]:
    return tuple(Fact(f"F{number}", text) for number, text in enumerate(texts, start=1))


def brief(*sections: Section, outlook: tuple[Fact, ...] = (), kind: str = "special-report") -> Brief:
    return Brief(kind, "县水利局", "防汛工作", Period.parse("2024年上半年"), date(2024, 7, 3), sections, outlook)


def plan(report: Brief) -> outline.Outline:
    return outline.plan(report, profiles.load(report.kind))


@given(st.integers(1, 99))
def test_han_numbers_are_read_back(index: int) -> None:
    words = outline.han_number(index)
    tens, _, ones = words.rpartition("十")
    value = "〇一二三四五六七八九".index(ones) if ones else 0
    if "十" in words:
        value += 10 * ("〇一二三四五六七八九".index(tens) if tens else 1)
    assert value == index


def test_numbers_follow_the_sample() -> None:
    assert outline.heading_number("一、", 12) == "十二、"
    assert outline.heading_number("（一）", 21) == "（二十一）"
    assert outline.heading_number("1.", 10) == "10."
    with pytest.raises(ValueError, match="序号"):
        outline.han_number(100)


def test_facts_of_one_subject_that_stand_together_share_a_point() -> None:
    groups = outline.group(
        facts("召开防汛工作会议2次", "与12个乡镇签订责任书", "对2个乡镇进行约谈", "储备防汛沙袋3万条"), most_points=5
    )
    assert [[fact.id for fact in group] for group in groups] == [["F1"], ["F2", "F3"], ["F4"]]


def test_neighbours_join_until_the_profile_allows() -> None:
    groups = outline.group(facts(*(f"完成第{n}标段堤防加固{n}公里" for n in range(1, 13))), most_points=5)
    assert len(groups) <= 5
    assert [fact.id for group in groups for fact in group] == [f"F{n}" for n in range(1, 13)]


def test_the_drafters_groups_stand() -> None:
    section = Section(
        "夯实基础，做好准备", facts("储备沙袋3万条", "培训抢险队员200人", "检修闸门46座"), groups=(("F1", "F2"),)
    )
    assert [point.ids for point in plan(brief(section)).sections[0].points] == [("F1", "F2"), ("F3",)]


@given(st.lists(st.text(alphabet="防汛检查培训会议共3次，家", min_size=1, max_size=30), min_size=1, max_size=14))
def test_every_fact_is_planned_once_and_in_order(texts: list[str]) -> None:
    section = Section("做好防汛准备", facts(*texts))
    planned = [fact_id for point in plan(brief(section)).sections[0].points for fact_id in point.ids]
    assert planned == [fact.id for fact in section.facts]


def test_formulas_are_filled_once() -> None:
    sections = (
        Section("落实{organ}责任，加强值守", facts("检修闸门46座")),
        Section("储备物资", facts("储备沙袋3万条")),
    )
    skeleton = plan(brief(*sections, outlook=facts("拟开展汛后检查", "完成3座闸门改造")))
    assert skeleton.title == "县水利局关于2024年上半年防汛工作的专题报告"
    assert skeleton.lead.startswith("2024年上半年，县水利局围绕落实{organ}责任和储备物资，")
    assert skeleton.outlook == "下一步，县水利局将开展汛后检查，完成3座闸门改造。"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("拟于三季度开展检查", "将于三季度开展检查"),
        ("将开展汛后检查", "将开展汛后检查"),
        ("将巡查频次由每周1次提高到2次", "将把巡查频次由每周1次提高到2次"),
        ("计划新增泵站2,000座。", "将新增泵站2000座"),
        ("力争完成投资3亿元", "将力争完成投资3亿元"),
        ("11月底前完成剩余3处隐患整改", "将于11月底前完成剩余3处隐患整改"),
        ("第四季度招聘全科医生20名", "将于第四季度招聘全科医生20名"),
        ("2025年项目前期工作提速", "将2025年项目前期工作提速"),
    ],
)
def test_a_plan_stands_once_behind_its_verb(fact: str, said: str) -> None:
    section = Section("储备物资", facts("储备沙袋3万条"))
    assert plan(brief(section, outlook=facts(fact))).outlook == f"下一步，县水利局{said}。"


@pytest.mark.parametrize(
    ("heading", "kind", "opening"),
    [
        ("坚持立德树人，丰富育人载体", "special-report", "县水利局坚持立德树人和储备物资，"),
        ("聚焦主责主业，稳定生产经营", "work-summary", "紧扣年度目标任务，聚焦主责主业和储备物资，"),
        ("压实防汛责任，抓早抓实准备", "special-report", "县水利局围绕压实防汛责任和储备物资，"),
    ],
)
def test_a_lead_aims_once(heading: str, kind: str, opening: str) -> None:
    sections = (Section(heading, facts("检修闸门46座")), Section("储备物资", facts("储备沙袋3万条")))
    assert opening in plan(brief(*sections, kind=kind)).lead


def test_many_outlook_items_are_counted_off() -> None:
    items = facts(*(f"完成第{n}项任务" for n in range(1, 7)))
    text = plan(brief(Section("储备物资", facts("储备沙袋3万条")), outlook=items)).outlook
    assert "重点抓好以下工作：一是完成第1项任务；二是" in text
    assert text.endswith("六是完成第6项任务。")


def test_summary_numbers_its_outlook_heading() -> None:
    skeleton = plan(
        brief(Section("储备物资", facts("储备沙袋3万条")), outlook=facts("改造闸门3座"), kind="work-summary")
    )
    assert (skeleton.outlook_number, skeleton.outlook_heading) == ("二、", "下一步打算")
    assert skeleton.outlook == "2024年下半年，县水利局将改造闸门3座。"
