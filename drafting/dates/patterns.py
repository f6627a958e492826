"""All spellings as one expression, which the lexer runs over a text once.

Every pattern is of bounded length and none nests an unbounded repetition, so reading is linear in the text.
"""

from __future__ import annotations

import re

from drafting.dates import festivals, parts, years
from drafting.dates.spelling import CLAUSE_END, HAN, NUMBER, D, before, either, not_after, words

_LONG = words(*(name for name in (*festivals.FIXED, *festivals.LUNAR, *festivals.FLOATING, "清明节") if name != "国庆"))
_SHORT = words(*festivals.SHORT)
_HOLIDAY = words("假期", "小长假", "长假", "黄金周", "期间")
_BESIDE = ("节", "国际", _HOLIDAY, "前", "后")
_NO_NUMERAL = not_after(rf"{HAN}第百之\d０-９")
_FESTIVAL = either(
    rf"(?:第{NUMBER}{D}?个)?(?:[“\"]?{_SHORT}[”\"]?)?(?:国际|全国|中国|全民|世界)?{_LONG}",
    # 五一路, 八一小学 and 七一勋章 are no dates: the short names need quotes and company, or a holiday word.
    rf"[“\"]{_SHORT}[”\"]" + before("、", "和", "及", '[“"]', "国庆", "端午", "中秋", *_BESIDE) + "节?",
    _NO_NUMERAL + words(*(name for name in festivals.SHORT if name != "十一")) + before(*_BESIDE) + "节?",
    _NO_NUMERAL + "十一" + before(_HOLIDAY),
    '[“"](?:国庆|元旦)[”"]',
    # a whole line, as in the cell of a table
    r"(?<!\S)(?:五一|清明)(?!\S)",
    either("(?<![\u4e00-\u9fff])", "(?<=[年在和及与迎庆到])") + "国庆",  # not 李国庆
    "国庆" + before(_HOLIDAY, "前后"),
    "清明" + before("期间", "假期", "小长假", "前后", "、"),
)

# Order matters where two begin alike: the longer or rarer stands first.
TABLE: dict[str, str] = {
    "numeric": parts.NUMERIC,
    "plan": years.PLAN,
    "festival": _FESTIVAL,
    "school_year": years.SCHOOL_YEAR,
    "decade": years.DECADE,
    "century": years.CENTURY,
    "year": years.YEAR,
    "short_year": years.SHORT_YEAR,
    "lone_short_year": years.LONE_SHORT_YEAR,
    "near_years": years.NEAR_YEARS,
    "stretch": years.STRETCH,
    "near_year": years.NEAR_YEAR,
    "half": parts.HALF,
    "own_quarter": parts.OWN_QUARTER,
    "own_year": years.OWN_YEAR,
    "spoken_year": years.SPOKEN_YEAR,
    "first_months": parts.FIRST_MONTHS,
    "last_months": parts.LAST_MONTHS,
    "whole_year": years.WHOLE_YEAR,
    "quarter": parts.QUARTER,
    "month": parts.MONTH,
    "own_month": parts.OWN_MONTH,
    "spoken_month": parts.SPOKEN_MONTH,
    "day": parts.DAY,
    "ten_days": parts.TEN_DAYS,
    "half_month": parts.HALF_MONTH,
    "nth_weekday": parts.NTH_WEEKDAY,
    "edge": parts.EDGE,
    "weekday": parts.WEEKDAY,
    "near_day": parts.NEAR_DAY,
    "near_week": parts.NEAR_WEEK,
    "vague": years.VAGUE,
    "comparison": parts.COMPARISON,
}

# What a unit may begin with; all else is passed over at the speed of a character class. Festivals, and 的 of
# 6月的第三个星期日, begin with characters too frequent for that: two are looked at.
_FIRST = f'0-9０-９{HAN}“"‘「『（(两第前头首近最过未这今去明后本上下当同次翌全昨年月底末初日多几数周星礼环'
_FIRST_TWO = sorted(
    {name[:2] for name in (*festivals.FIXED, *festivals.LUNAR, *festivals.FLOATING, *festivals.SOLAR_TERM)}
    | {"国际", "全国", "中国", "全民", "世界", "中期", "中旬", "中叶", "中下", "的第", "的最", "的后"}
)
BEGINNING = before(f"[{_FIRST}]", *_FIRST_TWO, f"中{before(CLAUSE_END, '以?前', '$')}")

UNIT = re.compile(BEGINNING + either(*(f"(?P<{name}>{pattern})" for name, pattern in TABLE.items())))
