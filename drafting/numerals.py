"""Chinese numerals: 五千零三十二 → 5032, 二〇二四 → 2024, 一万二 → 12000."""

from __future__ import annotations

from fractions import Fraction

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# Longer runs are no numbers that a report writes, and Python refuses to read digits by the thousand.
_LONGEST = 64


def scale_value(words: str) -> int:
    """The factor that a run of scale words stands for: 百万 is 1000000."""
    scale = 1
    for word in words:
        scale *= _SCALES[word]
    return scale


def han_value(words: str) -> Fraction | None:
    """The value of Chinese numerals: 五千零三十二, 一万二, 二〇二四, 三点五; None where they are no number (万亿 alone, 十百)."""
    if len(words) > _LONGEST:
        return None
    whole, _, decimals = words.partition("点")
    value = _integer(whole)
    if value is None or not decimals:
        return value
    if any(digit not in DIGITS for digit in decimals):
        return None
    return value + Fraction(int("".join(str(DIGITS[digit]) for digit in decimals)), 10 ** len(decimals))


def _integer(words: str) -> Fraction | None:
    if not words or any(word not in DIGITS and word not in _SCALES for word in words):
        return None
    if all(word in DIGITS for word in words):
        return Fraction(int("".join(str(DIGITS[word]) for word in words)))
    total = section = digit = 0
    last_scale = 10**9
    seen_digit = False
    for word in words:
        if word in DIGITS:
            if seen_digit and digit:
                return None
            digit, seen_digit = DIGITS[word], True
            continue
        scale = _SCALES[word]
        if scale >= 10**4:
            if not (section or digit or (scale == 10**8 and 0 < total < 10**8)):
                return None
            part = section + digit
            total = (total + part) * scale if scale == 10**8 else total + part * scale
            section = digit = 0
        else:
            if not seen_digit and word != "十":
                return None
            section += (digit if seen_digit else 1) * scale
            digit = 0
        seen_digit, last_scale = False, scale
    if digit and seen_digit and last_scale > 10 and "零" not in words and "〇" not in words:
        digit = digit * last_scale // 10  # 一万二 is 12000, 三百五 is 350
    return Fraction(total + section + digit)
