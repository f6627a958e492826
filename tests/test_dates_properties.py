"""Date mentions: what holds for every text there is."""

import re
import string
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.dates import festivals, find, patterns
from drafting.period import Period

REFERENCE = date(2024, 7, 5)
H1 = Period.parse("2024年上半年")

PIECES = [
    *"0123456789０９〇零○一二三四五六七八九十年月日号季度半上中下旬初末底前后起止今去明本同比至到从自截—–-~～、，。（）“”《》\n 　",
    *"2024年 6月 15日 上半年 第二季度 截至 以来 期间 去年同期 “十四五” 2024-06-30 近三年 每年 五一 春节 星期六 1—6月 世纪 年代".split(),
    "个", "普法", "节", "同月", "٣", "²", "\u2028", "\ud800", "𠮷",
]  # fmt: skip
soup = st.lists(st.sampled_from(PIECES), max_size=400).map("".join)
days = st.dates()
periods = st.one_of(st.none(), st.builds(lambda a, b: Period.of_days(min(a, b), max(a, b)), days, days))


def check_invariants(text: str, reference: date, period: Period | None) -> None:
    end = 0
    for mention in find(text, reference, period):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end
        given_days = (mention.first is not None, mention.last is not None)
        match mention.kind:
            case "day":
                assert mention.first == mention.last is not None
            case "open-start":
                assert given_days == (False, True)
            case "open-end":
                assert given_days == (True, False)
            case "impossible" | "ambiguous":
                assert given_days == (False, False)
            case _:
                assert given_days == (True, True)
        assert bool(mention.note) == (mention.kind == "impossible")


@given(soup, days, periods)
@settings(max_examples=400, deadline=None)
def test_spans_order_and_days_hold_in_any_soup(text: str, reference: date, period: Period | None) -> None:
    check_invariants(text, reference, period)


@given(st.text(max_size=300))
def test_any_string_has_an_answer(text: str) -> None:
    check_invariants(text, REFERENCE, H1)


@given(soup.map(lambda text: text * (20_000 // max(len(text), 1))))
@settings(max_examples=15, deadline=None)
def test_long_soup_has_an_answer(text: str) -> None:
    check_invariants(text, REFERENCE, H1)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_in_every_spelling(day: date) -> None:
    han = str.maketrans(string.digits, "〇一二三四五六七八九")
    spellings = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month:02d}-{day.day:02d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{str(day.year).translate(han)}年{day.month}月{day.day}日",
    ]
    for spelling in spellings:
        found = find(f"于{spelling}，完成验收", REFERENCE)
        assert [(m.text, m.first, m.last, m.kind) for m in found] == [(spelling, day, day, "day")]


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.dates(date(1900, 1, 1), date(2090, 1, 1)))
def test_a_range_has_the_days_of_its_ends(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    text = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    assert [(m.text, m.first, m.last) for m in find(text, REFERENCE)] == [(text, first, last)]


@given(st.integers(1, 12), st.integers(0, 12).map(lambda n: n + 1))
def test_every_dash_joins_months(first: int, last: int) -> None:
    for dash in ["-", "‐", "‑", "–", "—", "―", "－", "~", "～", "至", "到", "——", "－－"]:
        text = f"2024年{first}{dash}{last}月"
        (mention,) = find(text, REFERENCE)
        assert mention.text == text
        assert mention.kind == ("range" if last <= 12 else "impossible")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "2024年",
        "1、",
        "1—",
        "年",
        "“",
        "近",
        "2024.",
        "第",
        "2024-06-",
        "十四五",
        "6月15日、",
        "同比",
        "第1个",
        "　",
        "每年",
    ],
)
def test_time_is_linear_in_the_length(piece: str) -> None:
    """Four times the text may take four times as long; a quadratic reader would take sixteen times."""
    short, long = (piece * (size // len(piece)) for size in (12_500, 50_000))
    assert min(seconds(long) for _ in range(3)) < 9 * min(seconds(short) for _ in range(3)) + 0.02


def seconds(text: str) -> float:
    begin = time.process_time()
    find(text, REFERENCE, H1)
    return time.process_time() - begin


def test_no_spelling_begins_where_the_reader_passes_over() -> None:
    """What is looked at first lets every festival and every unit's own first words through."""
    names = [
        *festivals.FIXED,
        *festivals.LUNAR,
        *festivals.FLOATING,
        "清明节",
        "去年",
        "翌年",
        "近年来",
        "环比",
        "礼拜三",
        "（周一）",
        "“五一”节",
        "国际劳动节",
        "中下旬",
        "中期",
        "首季度",
        "今明两年",
        "的第三个星期日",
        "的最后一个周五",
        "的后两个月",
    ]
    head = re.compile(patterns.BEGINNING)
    assert [name for name in names if not head.match(name)] == []
