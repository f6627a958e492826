"""Numerals: years cut to two digits, and two kinds of numerals in one range or date (Y702)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.by_block import by_block
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

_HAN = "[一二三四五六七八九十百]"
_UNITS = (
    "个|名|人|家|次|项|起|处|天|年|月|日|周|倍|级|岁|元|万|亿|吨|亩|公里|米|小时|分钟|户|台|套|辆|场|份|条|件|所|期"
)
# Durations have two digits as well (近20年来, 工作12年), so that what follows has to make it a year.
_SHORT_YEAR = re.compile(
    r"(?<![\d０-９.,，〇零一二三四五六七八九十第历近约满余达逾超续长每这有])(?P<year>\d{2})年"
    r"(?=[上下]半年|全年|年?底(?![蕴薪数子])|年?初(?![步中级])|年?末|度(?!假)|(?:1[0-2]|0?[1-9])月|第?[一二三四]季度)"
    r"|(?<=[自从])(?P<since>\d{2})年(?=以来|起|开始)"
    r"|(?<=[比较])(?P<than>\d{2})年(?=同期|增[长加]|下降|减少|提高|上升)|(?<=[与同])(?P<with>\d{2})年(?=相比)"
    r"|(?:^|(?<=[。；]))(?P<near>\d{2})年(?=，|[和与、](?:今|去)年)"
    r"|(?<![\d.])(?P<first>\d{2})(?:年?[-—–至～~])(?P<last>\d{2})年度"
)
_NEAREST = 2
"""Years from the report's own within which 23年， at the head of a sentence is a year."""
_FARTHEST = 15
"""Years from the report's own. Further off two digits are more likely a duration."""
_RANGE = re.compile(
    rf"(?<![\d.〇零一二三四五六七八九十])(?:\d+(?P<unit>{_UNITS})?[至—–～~-]{_HAN}{{1,4}}|{_HAN}{{1,4}}(?P<unit2>{_UNITS})?[至—–～~-]\d+)(?P<after>{_UNITS})"
)
_DATE = re.compile(
    r"(?<!农历)(?<!\d)(?:(?:19|20)\d\d年(?:[一二三四五六七八九]|十[一二]?)月(?!三|革命|[^，。]{0,2}节)(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})日)?"
    r"|[二一][〇零○九][〇零○一二三四五六七八九]{2}年(?:1[0-2]|[1-9])月(?:\d{1,2}日)?"
    r"|(?<![第正一二三四五六七八九十\d年])(?:十[一二]?|[一二三四五六七八九])月\d{1,2}日"
    r"|(?:1[0-2]|[1-9])月(?:[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])日)"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_QUOTED = re.compile(r"“[^”]{0,300}”|《[^》]{0,300}》")


@rule(code="Y702", name="数字用法不规范", name_en="numerals against the standard", severity="warning", basis="standard")
@by_block()
def numeral_style(document: Examined, index: int) -> Iterator[Finding]:
    """GB/T 15835—2011: years of four digits are not cut to two (年月日), and numerals of one kind stand together (同类别同形式)."""
    text = document.texts[index]
    yield from _short_years(document, index, text)
    yield from _mixed(document, index, text)


def _of_others(text: str, match: re.Match[str]) -> bool:
    """Inside a quotation or a title, whose numerals are other people's."""
    return any(quoted.start() < match.start() < quoted.end() for quoted in _QUOTED.finditer(text))


def _short_years(document: Examined, index: int, text: str) -> Iterator[Finding]:
    for match in _SHORT_YEAR.finditer(text):
        short = next(match[name] for name in ("year", "since", "than", "with", "near", "last") if match[name])
        full = _full_year(document, int(short), _NEAREST if match["near"] else _FARTHEST)
        if full is None or _of_others(text, match):
            continue
        quote = match.group()
        right = f"{full}年" if not match["last"] else f"{full // 100}{match['first']}—{full}年度"
        yield numeral_style.finding(
            document,
            index,
            match.start(),
            match.end(),
            f"年份“{quote}”应写全“{right}”：出版物上数字用法规定四位数的年份不简写为两位",
            f"the year {quote} is cut short",
            expected=right,
        )


def _full_year(document: Examined, short: int, farthest: int) -> int | None:
    """The year of this or the last century that lies near the report's; None where neither does."""
    reference = document.reference
    if reference is None:
        return 2000 + short if farthest == _FARTHEST else None
    near = (century + short for century in (2000, 1900) if abs(century + short - reference.year) <= farthest)
    return next(near, None)


def _mixed(document: Examined, index: int, text: str) -> Iterator[Finding]:
    for match in _RANGE.finditer(text):
        before = match["unit"] or match["unit2"]
        if (not before or before == match["after"]) and not _of_others(text, match):
            yield _two_kinds(document, index, match, "范围")
    for match in _DATE.finditer(text):
        if not _of_others(text, match):
            yield _two_kinds(document, index, match, "日期")


def _two_kinds(document: Examined, index: int, match: re.Match[str], what: str) -> Finding:
    return numeral_style.finding(
        document,
        index,
        match.start(),
        match.end(),
        f"“{match.group()}”一个{what}里用了两种数字：出版物上数字用法规定同类别的数字形式一致",
        "two kinds of numerals in one place",
    )
