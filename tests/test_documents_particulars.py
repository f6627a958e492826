"""Organ, topic, period, kind and day of issue, told by the document itself or left open."""

from __future__ import annotations

from datetime import date

import pytest

from drafting.documents.closing_lines import read_date
from drafting.documents.lines import of_text
from drafting.documents.particulars import Particulars, particulars
from drafting.documents.recognition import recognise
from drafting.period import Period
from drafting.report import Block


def told(text: str) -> Particulars:
    return particulars([block for block, _ in recognise(list(of_text(text)))])


@pytest.mark.parametrize(
    ("title", "organ", "period", "topic", "kind"),
    [
        ("市应急管理局关于2024年上半年安全生产工作的专题报告", "市应急管理局", "2024年上半年", "安全生产工作", "special-report"),
        ("县交通运输局2024年交通运输工作总结", "县交通运输局", "2024年", "交通运输工作", "work-summary"),
        ("区卫生健康局关于2024年第三季度家庭医生签约服务情况的汇报", "区卫生健康局", "2024年第三季度", "家庭医生签约服务", "briefing"),
        ("某局党组关于2024年1—6月意识形态工作情况报告", "某局党组", "2024年上半年", "意识形态工作", "briefing"),
        ("关于二〇二四年度防汛工作的情况汇报", "", "2024年", "防汛工作", "briefing"),
        ("2024年第二季度消防工作总结", "", "2024年第二季度", "消防工作", "work-summary"),
        ("县教育局关于2024年3月15日至4月30日校车检查的专题报告", "县教育局", "2024-03-15..2024-04-30", "校车检查", "special-report"),
    ],
)  # fmt: skip
def test_titles(title: str, organ: str, period: str, topic: str, kind: str) -> None:
    found = told(f"{title}\n检查企业126家次。")
    assert (found.organ, found.topic, found.kind) == (organ, topic, kind)
    assert found.period == Period.parse(period)


@pytest.mark.parametrize("title", ["政府工作报告", "关于印发2024年工作要点的通知", "安全生产形势稳定向好"])
def test_no_kind_is_guessed(title: str) -> None:
    assert told(f"{title}\n检查企业126家次。").kind == ""


def test_a_notice_reports_on_no_period() -> None:
    assert told("市政府关于举办2008年运动会的通知\n2007年，全市筹备工作就绪。").period is None


def test_the_lead_tells_the_period_where_the_title_does_not() -> None:
    assert told("安全生产工作总结\n2024年上半年，我局检查企业126家次。").period == Period.parse("2024年上半年")
    assert told("安全生产工作总结\n近年来，我局狠抓安全。现将2023年安全生产工作情况汇报如下：").period == Period.parse(
        "2023年"
    )


def test_a_year_deep_in_the_lead_is_no_period() -> None:
    assert told("安全生产工作总结\n我局认真贯彻有关部署要求，落实2019年印发的办法。").period is None


def test_the_signature_tells_the_organ_where_the_title_does_not() -> None:
    assert told("安全生产工作总结\n检查126家次。\n市应急管理局\n2024年7月5日").organ == "市应急管理局"
    assert told("安全生产工作总结\n检查126家次。\n张三\n2024年7月5日").organ == ""


@pytest.mark.parametrize(
    "text", ["2024年7月5日", "二〇二四年七月五日", "二○二四年七月五日", "2024年 7月 5日", "2024-07-05", "2024.7.5"]
)
def test_days(text: str) -> None:
    assert read_date(text) == date(2024, 7, 5)


@pytest.mark.parametrize("text", ["2024年6月31日", "2024年X月X日", "2024年7月", "2024年13月1日"])
def test_days_that_are_none(text: str) -> None:
    assert read_date(text) is None


def test_tens_of_days_in_chinese() -> None:
    assert read_date("二〇〇五年十一月二十三日") == date(2005, 11, 23)
    assert told("安全生产工作总结\n检查126家次。\n市应急管理局\n二〇二五年一月三十一日").issued == date(2025, 1, 31)


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("2024年某县水利局工作总结", "某县水利局"),
        ("2024年上半年某市发展和改革委员会工作报告", "某市发展和改革委员会"),
        ("2023年中华人民共和国国务院政府工作报告", "中华人民共和国国务院"),
        ("2024年社区工作总结", ""),
        ("2024年全市教育局工作总结", ""),
        ("2024年某市防汛工作总结", ""),
    ],
)
def test_an_organ_behind_the_period(title: str, organ: str) -> None:
    assert particulars((Block("title", title),)).organ == organ


def test_an_organ_behind_the_period_is_no_topic() -> None:
    assert particulars((Block("title", "2024年某县水利局工作总结"),)).topic == "工作"
