"""Amounts by value: what is a number in Chinese text, what is none, and when one says the same as another."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import amounts
from drafting.amounts import Amount
from drafting.numerals import han_value


def only(text: str) -> Amount:
    found = amounts.find(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("发放5000份", 5000, "count", "份"),
        ("发放5,000份", 5000, "count", "份"),
        ("发放５０００份", 5000, "count", "份"),
        ("发放五千份", 5000, "count", "份"),
        ("培训1.2万人次", 12000, "count", "人次"),
        ("培训1万2千人次", 12000, "count", "人次"),
        ("培训一万二千人次", 12000, "count", "人次"),
        ("投入86.4万元", 864000, "count", "元"),
        ("投资3亿5千万元", 350_000_000, "count", "元"),
        ("总值1.1万亿元", 1_100_000_000_000, "count", "元"),
        ("占30%", Fraction(3, 10), "share", ""),
        ("占30％", Fraction(3, 10), "share", ""),
        ("占百分之三十", Fraction(3, 10), "share", ""),
        ("占百分之30", Fraction(3, 10), "share", ""),
        ("占三成", Fraction(3, 10), "share", ""),
        ("占三成五", Fraction(35, 100), "share", ""),
        ("占三分之一", Fraction(1, 3), "share", ""),
        ("千分之五", Fraction(5, 1000), "share", ""),
        ("提高0.5个百分点", Fraction(1, 2), "points", "百分点"),
        ("9:30开会", 570, "clock", ""),
        ("装备86台（套）", 86, "count", "台（套）"),
        ("共两次", 2, "count", "次"),
        ("增长-5.2%", Fraction(-52, 1000), "share", ""),
    ],
)
def test_reads_by_value(text: str, value: Fraction, kind: str, unit: str) -> None:
    amount = only(text)
    assert (amount.value, amount.kind, amount.unit) == (value, kind, unit)
    assert text[amount.start : amount.end] == amount.text


@pytest.mark.parametrize(
    "text",
    [
        "严格落实“三会一课”制度",
        "推广“1+3+N”模式",
        "第40个教师节",
        "第三次全国普查",
        "国发〔2024〕12号文件",
        "执行GB/T 9704—2012标准",
        "PM2.5浓度",
        "5G基站",
        "住1—6号楼",
        "（1）加强领导",
        "1.加强领导",
        "统一部署、进一步推进",
        "大获成功",
    ],
)
def test_leaves_out_what_counts_nothing(text: str) -> None:
    assert [amount.text for amount in amounts.find(text) if not amount.weak] == []


@pytest.mark.parametrize(
    ("written", "known", "fit"),
    [
        ("5000份", "5,000份", True),
        ("五千份", "5000份", True),
        ("5000余份", "5032份", True),
        ("近5100份", "5032份", True),
        ("约5000份", "5032份", True),
        ("超5000份", "5032份", True),
        ("5000余份", "4988份", False),
        ("5000余份", "6032份", False),
        ("5000份", "5032份", False),
        ("5000份", "5000余份", False),
        ("5000余份", "5000余份", True),
        ("30%", "三成", True),
        ("30%", "30个百分点", False),
        ("1.2万人", "12000人", True),
        ("1.2万元", "1.2元", False),
    ],
)
def test_fits(written: str, known: str, fit: bool) -> None:
    assert amounts.fits(only(written), only(known)) is fit


def test_dates_given_as_excluded_are_no_amounts() -> None:
    text = "6月16日发放3份"
    assert [amount.text for amount in amounts.find(text, ((0, 5),))] == ["3份"]


def test_units_that_may_stand_for_each_other() -> None:
    assert amounts.same_unit("人", "名")
    assert amounts.same_unit("", "家")
    assert not amounts.same_unit("人", "人次")
    assert not amounts.same_unit("元", "家")


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert han_value(_spell(number)) == number


@given(
    st.text(alphabet="一二三十百千万亿零两0123456789.,%％个次家成分之百多余近约第〔〕号（）“”A年月日 ", max_size=200)
)
def test_never_fails_and_spans_are_exact(text: str) -> None:
    for amount in amounts.find(text):
        assert text[amount.start : amount.end] == amount.text


@given(st.integers(0, 10**9))
def test_digits_are_read_back(number: int) -> None:
    assert only(f"共{number:,}份").value == number
    assert only(f"共{only(f'共{number}份').digits}份").value == number


def _spell(number: int) -> str:
    """Chinese numerals of 1–99,999,999 as they are written in full."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return _spell(high) + "万" + (zero + _spell(low) if low else "")
    words = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(number, scale)
        if digit:
            words += "零一二三四五六七八九"[digit] + name
        elif words and rest and not words.endswith("零"):
            words += "零"
        number = rest
    return words + ("零一二三四五六七八九"[number] if number else "")
