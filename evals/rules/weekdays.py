"""Weekdays: the day of the week that is written beside a date is the calendar's (D312)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from drafting.dates import Mention
from evals.examined import Examined
from evals.finding import Finding
from evals.nearby import ends_at
from evals.rule import rule

_NAMES = "一二三四五六日"
_WORD = r"(?P<word>星期|礼拜|周)(?P<day>[一二三四五六日天])"
_HOURS = r"(?:上午|下午|中午|凌晨|清晨|早上?|晚上?|夜间|当[天日晚])?"
_WEEKDAY = re.compile(rf"{_WORD}\s*[）)]?")
_BEHIND = (
    re.compile(rf"{_HOURS}[（(]\s*{_WORD}{_HOURS}\s*[）)]"),
    re.compile(rf"{_HOURS}，{_WORD}(?=[，。；])"),
)
_IN_FRONT = re.compile(rf"(?<![每逢各])[本上下]?{_WORD}\s*[（(]\s*$")
_TO = re.compile(r"[至到—–～~-]")
_DATE = re.compile(r"[\d０-９〇零○一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A day with the weekday written beside it, at `start`..`end` of its block; `word` is the weekday as written."""

    day: date
    word: re.Match[str]
    start: int
    end: int


@rule(
    code="D312",
    name="日期与星期不符",
    name_en="weekday and date disagree",
    severity="error",
    basis="arithmetic",
)
def wrong_weekday(document: Examined) -> Iterator[Finding]:
    """An error where the year is written or the day lies in the report's period; elsewhere the year is a guess, and it is a warning.

    Either end of a range counts, and the weekday in front: 星期五（6月15日）.
    """
    for block, mentions in enumerate(document.mentions):
        text = document.texts[block]
        if "星期" not in text and "周" not in text and "礼拜" not in text:
            continue
        for mention in mentions:
            for dated in _dated(text, mention):
                yield from _finding(document, block, mention, dated)


def _dated(text: str, mention: Mention) -> Iterator[_Dated]:
    if mention.kind not in ("day", "range", "open-start", "open-end"):
        return
    inside = list(_WEEKDAY.finditer(text, mention.start, mention.end))
    for word in inside:
        to = _TO.search(text, word.end(), mention.end)
        day = mention.first if to or mention.last is None else mention.last
        before = [match.end() for match in _TO.finditer(text, mention.start, word.start())] if not to else []
        date_starts = _DATE.search(text, before[-1] if mention.kind == "range" and before else mention.start)
        if day and date_starts:
            yield _Dated(day, word, date_starts.start(), word.end())
    if inside or mention.kind != "day" or mention.first is None:
        return
    for word in filter(None, (pattern.match(text, mention.end) for pattern in _BEHIND)):
        yield _Dated(mention.first, word, mention.start, word.end())
    in_front = ends_at(_IN_FRONT, text, mention.start, 20)
    if in_front and text[mention.end : mention.end + 1] in ("）", ")"):
        yield _Dated(mention.first, in_front, in_front.start(), mention.end + 1)


def _finding(document: Examined, block: int, mention: Mention, dated: _Dated) -> Iterator[Finding]:
    day, known = dated.day, mention.explicit_year
    if not known and block in document.ahead and document.reference and day <= document.reference:
        day = _a_year_on(day)
    elif document.period is not None and day in document.period:
        known = True
    due = _NAMES[day.isoweekday() - 1]
    if dated.word["day"].replace("天", "日") == due:
        return
    quote = document.texts[block][dated.start : dated.end]
    yield wrong_weekday.finding(
        document,
        block,
        dated.start,
        dated.end,
        f"“{quote}”：{day.year}年{day.month}月{day.day}日是星期{due}",
        f"{day} is not the weekday that {quote} says",
        expected=quote.replace(dated.word["word"] + dated.word["day"], dated.word["word"] + due),
        evidence=f"{day}＝星期{due}",
        severity="error" if known else "warning",
    )


def _a_year_on(day: date) -> date:
    """What is planned lies ahead: 2月16日 in the plans of January is this year's, not that of the year under review."""
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else day
