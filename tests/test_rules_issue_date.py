"""D310: a date of issue before what the text tells as done."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.report import Report
from tests.builders import body, found

EARLY = "2024-05-01"


def early(text: str, issued: str = EARLY) -> Report:
    return body(text, issued=issued)


@pytest.mark.parametrize(
    "text",
    [
        "5月12日，组织应急演练3场。",
        "5月12日组织应急演练3场，参演450人次。",
        "2024年6月3日，召开安全生产会议。",
        "6月1日至15日，开展专项检查。",
        "6月20日印发《安全生产考核办法》。",
        "先后于5月20日、6月20日召开调度会。",
        "3月1日召开动员会，6月1日召开推进会。",
        "5月8日，接到举报并查处2起。",
        "6月12日，县里通过验收，发放补助12万元。",
        "5月9日培训企业负责人85人。",
        "我局于6月3日组织演练。",
        "5月15日检查企业12家次，发现问题5处。",
        "6月，印发《安全生产考核办法》。",
        "5月中旬走访企业31家。",
        "6月28日，与31家单位签订承诺书。",
        "6月12日，主要负责人到企业调研。",
        "6月12日，听取情况汇报。",
        "截至6月12日，已整改问题64个。",
        "2024年7月12日，召开安全生产会议。",
    ],
)
def test_before_an_event_told_as_done(text: str) -> None:
    (finding,) = found(early(text), "D310")
    assert (finding.severity, finding.quote) == ("error", "2024年7月5日")


@pytest.mark.parametrize(
    "text",
    [
        "4月12日，组织应急演练3场。",
        "5月12日前完成整改。",
        "计划5月12日组织应急演练。",
        "拟于6月20日召开推进会。",
        "其余5处限期6月底前完成。",
        "6月1日起开展专项检查。",
        "做好6月1日召开现场会的准备。",
        "将于5月20日举办培训班。",
        "《规定》自2024年6月1日起施行。",
        "5月至6月安排检查12次。",
        "筹备5月12日防灾减灾日演练活动。",
        "2023年6月3日召开的会议作出部署。",
        "落实“5月12日组织演练”的要求。",
        "责成企业于6月10日前报送整改结果。",
        "到6月底，力争完成整改。",
        "确保6月20日建成投用。",
        "截至6月30日，力争完成整改。",
    ],
)
def test_plans_and_deadlines_after_it_are_right(text: str) -> None:
    assert not [one for one in found(early(text), "D310") if one.severity == "error"]


@pytest.mark.parametrize(
    ("issued", "severity"),
    [("2024-06-25", "warning"), ("2024-06-30", None), ("2024-07-05", None), ("2024-01-10", None)],
)
def test_before_the_period_s_end_it_is_a_warning(issued: str, severity: str | None) -> None:
    assert [one.severity for one in found(early("检查企业218家次。", issued), "D310")] == (
        [severity] if severity else []
    )


def test_without_a_date_of_issue_it_does_not_run() -> None:
    assert not found(body("5月12日，组织应急演练3场。", issued=None), "D310")


@given(st.dates(min_value=date(2024, 4, 21), max_value=date(2024, 6, 30)))
def test_the_latest_event_decides(day) -> None:  # type: ignore[no-untyped-def]
    drawn = [
        one for one in found(early(f"{day.month}月{day.day}日，召开安全生产会议。"), "D310") if one.severity == "error"
    ]
    assert bool(drawn) is (day.isoformat() > EARLY)
