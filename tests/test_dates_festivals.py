"""Festivals: fixed days, lunar days by table, 清明 by formula, and names that are no dates."""

from datetime import date

import pytest

from drafting.dates import festivals, find

REFERENCE = date(2024, 7, 5)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2000, date(2000, 2, 5)),
        ("端午节", 2006, date(2006, 5, 31)),
        ("中秋节", 2008, date(2008, 9, 14)),
        ("春节", 2015, date(2015, 2, 19)),
        ("春节", 2023, date(2023, 1, 22)),
        ("春节", 2035, date(2035, 2, 8)),
        ("除夕", 2024, date(2024, 2, 9)),
        ("元宵节", 2024, date(2024, 2, 24)),
        ("端午节", 2024, date(2024, 6, 10)),
        ("中秋节", 2024, date(2024, 9, 17)),
        ("重阳节", 2024, date(2024, 10, 11)),
        ("清明节", 2023, date(2023, 4, 5)),
        ("清明节", 2024, date(2024, 4, 4)),
        ("清明节", 2026, date(2026, 4, 5)),
        ("国庆节", 1999, date(1999, 10, 1)),
        ("国家宪法日", 2024, date(2024, 12, 4)),
        ("母亲节", 2024, date(2024, 5, 12)),
        ("助残日", 2024, date(2024, 5, 19)),
        ("父亲节", 2025, date(2025, 6, 15)),
        ("感恩节", 2019, date(2019, 11, 28)),
        ("圣诞节", 2024, date(2024, 12, 25)),
    ],
)
def test_day_of_a_festival(name: str, year: int, day: date) -> None:
    assert festivals.day_of(name, year) == day
    assert find(f"{year}年{name}，组织慰问", REFERENCE)[0].first == day


@pytest.mark.parametrize(("name", "year"), [("春节", 1999), ("端午节", 2036), ("清明节", 1999), ("泼水节", 2024)])
def test_days_that_no_table_holds_are_not_guessed(name: str, year: int) -> None:
    assert festivals.day_of(name, year) is None


def test_a_festival_outside_its_table_is_ambiguous() -> None:
    (mention,) = find("1999年春节", REFERENCE)
    assert (mention.kind, mention.first, mention.explicit_year) == ("ambiguous", None, True)


@pytest.mark.parametrize(
    "text", ["五一路", "八一小学", "七一勋章", "三八红旗手", "五四运动", "张国庆同志", "十一届全会", "五一劳动奖章"]
)
def test_names_are_no_festivals(text: str) -> None:
    assert find(f"在{text}座谈", REFERENCE) == []


@pytest.mark.parametrize("text", ["“五一”假期", "五一期间", "五四青年节", "“十一”黄金周", "三八妇女节", "第25个记者节"])
def test_short_names_with_company_are_festivals(text: str) -> None:
    assert [mention.text for mention in find(f"在{text}慰问", REFERENCE)] == [text]
