"""Amounts in Chinese text: what is counted, by value: 5,000 = 5000 = 五千, 1.2万 = 12000, 百分之三十 = 30 %, 三成 = 30 %."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from drafting import amount_patterns as patterns
from drafting import measure_words
from drafting.memory import remembered
from drafting.numerals import DIGITS, han_value, scale_value

AmountKind = Literal["count", "share", "points", "clock", "ratio"]
Precision = Literal["exact", "over", "under", "about", "least", "most"]

_Match = re.Match[str]
_Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount. `text[start:end]` spans qualifier, number and unit (近1.2万人次).

    `value`: counts in single units (86.4万元 is 864000), shares as parts of one (30% is 3/10), percentage points as written, clock
    times in minutes, ratios as quotients (1:4 is 1/4). `precision`: over for 余/多/超, under for 近/不到, about for 约/左右, least for
    不少于/至少, most for 不超过/以内. `weak` amounts may word a fact's number but need no fact themselves: 一 before a measure word, which is often
    an article, and counts of the text's own parts (四个方面).
    """

    text: str
    start: int
    end: int
    value: Fraction
    kind: AmountKind
    unit: str = ""
    precision: Precision = "exact"
    weak: bool = False

    @property
    def digits(self) -> str:
        """The value as people write it: 126, 86.4, 30%."""
        if self.kind == "share":
            return f"{_decimal(self.value * 100)}%"
        if self.kind == "points":
            return f"{_decimal(self.value)}个百分点"
        if self.kind == "clock":
            return f"{int(self.value) // 60}:{int(self.value) % 60:02d}"
        if self.kind == "ratio":
            return f"{self.value.numerator}:{self.value.denominator}"
        return _decimal(self.value)


def find(text: str, exclude: tuple[tuple[int, int], ...] = ()) -> list[Amount]:
    """The amounts of a text in order. `exclude` are spans that hold something else, such as dates.

    Left out: list numbers, ordinals (第N), document numbers, codes (GB/T 9704—2012, PM2.5, 5G), and numerals inside quoted
    slogans (“三会一课”, “1+3+N”).
    """
    return list(_read(text, exclude))


@remembered(8192)
def _read(text: str, exclude: tuple[tuple[int, int], ...]) -> tuple[Amount, ...]:
    plain = patterns.narrow(text)
    if not patterns.NUMERAL.search(plain):
        return ()
    numbered = (match.span() for match in patterns.LIST_NUMBER.finditer(plain))
    barred = sorted([*exclude, *patterns.codes(plain), *numbered, *patterns.slogans(plain)])
    found: list[Amount] = []
    scales: list[int] = []
    passed = 0
    for match in patterns.AMOUNT.finditer(plain):
        while passed < len(barred) and barred[passed][1] <= match.start():
            passed += 1
        if passed < len(barred) and barred[passed][0] < match.end() and not _outside(match, barred, passed):
            continue
        amount = _amount(text, plain, match)
        if amount is not None:
            found.append(amount)
            scales.append(scale_value(match["big"]) if match["big"] else 1)
    return tuple(_ranges(plain, found, scales))


_DASH = re.compile(r"[-—–~至到]{1,2}")


def _ranges(plain: str, found: list[Amount], scales: list[int]) -> list[Amount]:
    """3—5万元 and 10至15%: what the second number carries, the first carries too."""
    for index, (low, high) in enumerate(pairwise(found)):
        bare = low.kind == "count" and not low.unit and scales[index] == 1 and low.precision == "exact"
        if not bare or not _DASH.fullmatch(plain, low.end, high.start):
            continue
        if high.kind == "share":
            found[index] = replace(low, kind="share", value=low.value / 100)
        elif high.kind in ("count", "points"):
            found[index] = replace(low, kind=high.kind, unit=high.unit, value=low.value * scales[index + 1])
    return found


_OVER_AND_LEAST = frozenset(["over", "least"])


def fits(written: Amount, known: Amount) -> bool:
    """Does the amount as written say what is known? Equal values fit; 5000余 fits 5032, 近5100 fits 5032, 约5000 fits 5032.

    A rounding must lie within a tenth of what it rounds. What is known only roughly (5000余) is not fitted by an exact 5000, nor what
    is known exactly by 约. 3.6公里 fits 3600米.
    """
    if written.kind != known.kind:
        return False
    if written.value == known.value or measure_words.same_quantity(
        written.value, written.unit, known.value, known.unit
    ):
        return written.precision == known.precision or (
            {written.precision, known.precision} == _OVER_AND_LEAST and "以上" in written.text + known.text
        )
    if known.precision != "exact" or written.precision == "exact":
        return False
    low, high = sorted((written.value, known.value))
    if low < 0 or high > low * Fraction(11, 10):
        return False
    match written.precision:
        case "over" | "least":
            return written.value < known.value
        case "under" | "most":
            return written.value > known.value
        case _:
            return high <= low * Fraction(105, 100)


def same_unit(one: str, other: str) -> bool:
    """May the two measure words stand for each other? 人 and 名 may, 人 and 人次 may not; an unnamed unit fits all."""
    return measure_words.alike(one, other)


def says(written: Amount, known: Amount) -> bool:
    """`fits`, and of a unit that may stand for the known one's, or that converts into it."""
    return fits(written, known) and (
        measure_words.alike(written.unit, known.unit)
        or measure_words.same_quantity(written.value, written.unit, known.value, known.unit)
    )


def _outside(match: _Match, barred: _Spans, passed: int) -> bool:
    """A qualifier or a unit may reach into a barred span; the number itself may not."""
    name = next(name for name in patterns.NUMBER_GROUPS if match[name] is not None)
    start, end = match.span(name)
    for begin, stop in barred[passed:]:
        if begin >= end:
            return True
        if start < stop:
            return False
    return True


def _amount(text: str, plain: str, match: _Match) -> Amount | None:
    if match["number"]:
        return _arabic(text, match)
    start, end = match.span()
    if match["clock"]:
        hours, minutes = (int(part) for part in match["clock"].split(":"))
        if hours < 24 and minutes < 60 and "比" not in plain[max(0, start - 6) : start]:
            return Amount(text[start:end], start, end, Fraction(hours * 60 + minutes), "clock")
        return _ratio(text, match)
    if match["ratio"]:
        return _ratio(text, match)
    share = _share(match)
    if share is not None:
        return Amount(text[start:end], start, end, share, "share", precision=_precision(match))
    return _han(text, plain, match) if match["han"] else None


def _ratio(text: str, match: _Match) -> Amount | None:
    one, other = (_number(part) for part in re.split(r"\s?[:∶比]\s?", match["ratio"] or match["clock"]))
    start, end = match.span()
    return Amount(text[start:end], start, end, one / other, "ratio") if other else None


def _arabic(text: str, match: _Match) -> Amount:
    start, end = match.span()
    digits, sign, percent, big, rest, unit = match.group("number", "sign", "percent", "big", "rest", "unit")
    precision = _precision(match)
    value = _number(digits)
    if sign == "-":
        value = -value
    if percent:
        per = 100 if "%" in percent else 1000
        return Amount(text[start:end], start, end, value / per, "share", precision=precision)
    if big:
        value *= scale_value(big)
        value = value + _rest(rest) if rest else value
    unit = (unit or "").strip()
    if unit.endswith("百分点"):
        return Amount(text[start:end], start, end, value, "points", "百分点", precision)
    weak = value == 24 and unit == "小时" and patterns.ROUND_THE_CLOCK.match(match.string, end) is not None
    return Amount(text[start:end], start, end, value, "count", unit, precision, weak)


def _han(text: str, plain: str, match: _Match) -> Amount | None:
    start, end = match.span()
    words, unit = match["han"], match["han_unit"]
    value = han_value(words)
    if value is None:
        return None
    if unit == "个百分点":
        return Amount(text[start:end], start, end, value, "points", "百分点", _precision(match))
    weak = words == "一" or bool(patterns.STRUCTURE.match(plain, match.end("han"))) or _part_of_a_word(plain, match)
    return Amount(text[start:end], start, end, value, "count", unit, _precision(match), weak)


def _part_of_a_word(plain: str, match: _Match) -> bool:
    start = match.start("han")
    if start and plain[start - 1] in patterns.FIXED_BEFORE:
        return True
    return not match["before"] and bool(patterns.FIXED_WORD.match(plain, start))


def _share(match: _Match) -> Fraction | None:
    for name, per in (("per_cent", 100), ("per_mille", 1000), ("per_myriad", 10000)):
        if match[name]:
            value = _number_or_han(match[name])
            return value / per if value is not None else None
    if match["below"]:
        below, above = _number_or_han(match["below"]), _number_or_han(match["above"])
        return above / below if below and above is not None else None
    if match["slash"]:
        above_text, below_text = match["slash"].split("/")
        return Fraction(int(above_text), int(below_text)) if int(below_text) else None
    if match["tenths"]:
        tenths = _number_or_han(match["tenths"]) or Fraction(0)
        half = {"半": Fraction(1, 2)}.get(match["half"] or "") or Fraction(DIGITS.get(match["half"] or "", 0), 10)
        return (tenths + half) / 10
    return None


_BOUNDS: dict[str, Precision] = {
    **dict.fromkeys(("超", "逾", "超过", "超出", "突破", "多于", "高于", "余", "多", "以上"), "over"),
    **dict.fromkeys(("近", "不足", "不到", "将近", "接近", "低于", "少于", "以下"), "under"),
    **dict.fromkeys(("约", "大约", "大概", "左右", "上下", "来"), "about"),
    **dict.fromkeys(("不少于", "不低于", "不小于", "至少", "最少"), "least"),
    **dict.fromkeys(("不超过", "不多于", "不高于", "不大于", "至多", "最多", "以内", "之内"), "most"),
}


def _precision(match: _Match) -> Precision:
    said = match.group("before", "after", "over1", "han_after", "per_cent_after", "trail")
    return next((_BOUNDS[word] for word in said if word), "exact") if any(said) else "exact"


def _number(digits: str) -> Fraction:
    """Of digits, by integers: Fraction would read a str with a regular expression of its own, ten times as slowly."""
    whole, _, decimals = digits.replace(",", "").partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals)) if decimals else Fraction(int(whole))


def _number_or_han(words: str) -> Fraction | None:
    if words == "百":  # 百分之百
        return Fraction(100)
    return _number(words) if words[0].isdigit() else han_value(words)


def _rest(words: str) -> Fraction:
    return sum(
        (int(digits) * Fraction(scale_value(scale)) for digits, scale in patterns.PARTS.findall(words)), Fraction()
    )


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign = "-" if scaled < 0 else ""
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"{float(value):.4g}"
