"""D314: 第40个教师节 is 2024 − 1985 + 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.outline import han_number
from evals.timeline import of_kind
from tests.builders import body, found


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("2024年是第39个教师节。", "第39个教师节", "第40个教师节"),
        ("开展第三十九个教师节慰问。", "第三十九个教师节", "第四十个教师节"),
        ("组织第22个“安全生产月”活动。", "第22个“安全生产月”", "第23个“安全生产月”"),
        (
            "第23个全国“安全生产月”已经过去，今年是第22个全国安全生产月。",
            "第22个全国安全生产月",
            "第23个全国安全生产月",
        ),
        ("第12个国家宪法日开展宣传。", "第12个国家宪法日", "第11个国家宪法日"),
        ("在第十五个全国防灾减灾日组织演练。", "第十五个全国防灾减灾日", "第十六个全国防灾减灾日"),
        ("2023年第九个全民国家安全教育日，发放资料900份。", "第九个全民国家安全教育日", "第八个全民国家安全教育日"),
        ("去年第33个全国消防日活动有序。", "第33个全国消防日", "第32个全国消防日"),
    ],
)
def test_the_ordinal_is_reckoned(text: str, quote: str, expected: str) -> None:
    drawn = [(one.quote, one.expected) for one in found(body(text), "D314")]
    assert drawn == [(quote, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "2024年是第40个教师节。",
        "庆祝第四十个教师节。",
        "组织第23个“安全生产月”活动。",
        "2023年第39个教师节表彰12人。",
        "去年第32个全国消防日活动有序。",
        "教师节期间慰问31人。",
        "第3个教师工作站建成。",
        "自2002年第一个安全生产月以来，连续开展活动。",
        "第一个国家宪法日设立以来，坚持开展宣传。",
        "学习《第39个教师节致信》精神。",
        "第39个教学日举行活动。",
        "第1个月完成任务。",
    ],
)
def test_what_is_right_or_something_else(text: str) -> None:
    assert not found(body(text), "D314")


@given(st.sampled_from(of_kind("nth-day")), st.integers(2022, 2035), st.integers(-3, 3), st.booleans())
def test_every_day_and_year(entry, year, off, han) -> None:  # type: ignore[no-untyped-def]
    number = year - entry.first.year + 1 + off
    if number < 1:
        return
    spelt = han_number(number) if han else str(number)
    checked = body(f"{year}年，组织第{spelt}个{entry.term}活动。", period=f"{year}年", issued=f"{year}-12-31")
    assert [one.severity for one in found(checked, "D314")] == (["error" if entry.sure else "warning"] if off else [])
