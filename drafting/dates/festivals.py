"""Festivals and commemorative days: the day of each in a year, or None where no table holds it."""

from __future__ import annotations

from datetime import date, timedelta

from drafting.dates.almanac import nth_weekday

# Days fixed by the State Council's 全国年节及纪念日放假办法, by decisions of the National People's Congress, by the
# United Nations and its agencies, or by custom.
FIXED: dict[str, tuple[int, int]] = {
    "元旦": (1, 1),
    "元旦节": (1, 1),
    "人民警察节": (1, 10),
    "世界湿地日": (2, 2),
    "全国爱耳日": (3, 3),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "消费者权益日": (3, 15),
    "世界水日": (3, 22),
    "世界气象日": (3, 23),
    "世界防治结核病日": (3, 24),
    "国家安全教育日": (4, 15),
    "世界地球日": (4, 22),
    "世界读书日": (4, 23),
    "中国航天日": (4, 24),
    "世界知识产权日": (4, 26),
    "劳动节": (5, 1),
    "青年节": (5, 4),
    "世界红十字日": (5, 8),
    "中国品牌日": (5, 10),
    "护士节": (5, 12),
    "防灾减灾日": (5, 12),
    "国际博物馆日": (5, 18),
    "中国旅游日": (5, 19),
    "全国科技工作者日": (5, 30),
    "世界无烟日": (5, 31),
    "儿童节": (6, 1),
    "世界环境日": (6, 5),
    "全国爱眼日": (6, 6),
    "国际档案日": (6, 9),
    "世界献血者日": (6, 14),
    "全国土地日": (6, 25),
    "禁毒日": (6, 26),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "全国生态日": (8, 15),
    "医师节": (8, 19),
    "教师节": (9, 10),
    "烈士纪念日": (9, 30),
    "国庆": (10, 1),
    "国庆节": (10, 1),
    "国家扶贫日": (10, 17),
    "消防日": (11, 9),
    "记者节": (11, 8),
    "世界艾滋病日": (12, 1),
    "交通安全日": (12, 2),
    "国家宪法日": (12, 4),
    "国家公祭日": (12, 13),
    "情人节": (2, 14),
    "愚人节": (4, 1),
    "万圣节": (10, 31),
    "圣诞节": (12, 25),
    "双十一": (11, 11),
}

# Month, weekday (1 is Monday) and which of the month's weekdays that is; 助残日 by the law on the protection of disabled persons.
FLOATING: dict[str, tuple[int, int, int]] = {
    "母亲节": (5, 7, 2),
    "助残日": (5, 7, 3),
    "父亲节": (6, 7, 3),
    "感恩节": (11, 4, 4),
}

# The names that are only numerals: dates where quotes, 节, 假期 or the like stand beside them, parts of other words elsewhere.
SHORT: dict[str, tuple[int, int]] = {
    "三八": (3, 8),
    "五一": (5, 1),
    "五四": (5, 4),
    "六一": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "十一": (10, 1),
}

# 春节, 端午, 中秋, 重阳 as month and day of the year; computed with two independent lunar calendars that agreed on every day.
_LUNAR: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    2000: ((2, 5), (6, 6), (9, 12), (10, 6)),
    2001: ((1, 24), (6, 25), (10, 1), (10, 25)),
    2002: ((2, 12), (6, 15), (9, 21), (10, 14)),
    2003: ((2, 1), (6, 4), (9, 11), (10, 4)),
    2004: ((1, 22), (6, 22), (9, 28), (10, 22)),
    2005: ((2, 9), (6, 11), (9, 18), (10, 11)),
    2006: ((1, 29), (5, 31), (10, 6), (10, 30)),
    2007: ((2, 18), (6, 19), (9, 25), (10, 19)),
    2008: ((2, 7), (6, 8), (9, 14), (10, 7)),
    2009: ((1, 26), (5, 28), (10, 3), (10, 26)),
    2010: ((2, 14), (6, 16), (9, 22), (10, 16)),
    2011: ((2, 3), (6, 6), (9, 12), (10, 5)),
    2012: ((1, 23), (6, 23), (9, 30), (10, 23)),
    2013: ((2, 10), (6, 12), (9, 19), (10, 13)),
    2014: ((1, 31), (6, 2), (9, 8), (10, 2)),
    2015: ((2, 19), (6, 20), (9, 27), (10, 21)),
    2016: ((2, 8), (6, 9), (9, 15), (10, 9)),
    2017: ((1, 28), (5, 30), (10, 4), (10, 28)),
    2018: ((2, 16), (6, 18), (9, 24), (10, 17)),
    2019: ((2, 5), (6, 7), (9, 13), (10, 7)),
    2020: ((1, 25), (6, 25), (10, 1), (10, 25)),
    2021: ((2, 12), (6, 14), (9, 21), (10, 14)),
    2022: ((2, 1), (6, 3), (9, 10), (10, 4)),
    2023: ((1, 22), (6, 22), (9, 29), (10, 23)),
    2024: ((2, 10), (6, 10), (9, 17), (10, 11)),
    2025: ((1, 29), (5, 31), (10, 6), (10, 29)),
    2026: ((2, 17), (6, 19), (9, 25), (10, 18)),
    2027: ((2, 6), (6, 9), (9, 15), (10, 8)),
    2028: ((1, 26), (5, 28), (10, 3), (10, 26)),
    2029: ((2, 13), (6, 16), (9, 22), (10, 16)),
    2030: ((2, 3), (6, 5), (9, 12), (10, 5)),
    2031: ((1, 23), (6, 24), (10, 1), (10, 24)),
    2032: ((2, 11), (6, 12), (9, 19), (10, 12)),
    2033: ((1, 31), (6, 1), (9, 8), (10, 1)),
    2034: ((2, 19), (6, 20), (9, 27), (10, 20)),
    2035: ((2, 8), (6, 10), (9, 16), (10, 9)),
}
# Column of the table and days after it.
LUNAR: dict[str, tuple[int, int]] = {
    "除夕": (0, -1),
    "春节": (0, 0),
    "元宵节": (0, 14),
    "端午": (1, 0),
    "端午节": (1, 0),
    "中秋": (2, 0),
    "中秋节": (2, 0),
    "重阳节": (3, 0),
}
SOLAR_TERM = ("清明节", "清明")


def day_of(name: str, year: int) -> date | None:
    """The day of the festival in that year; None for lunar ones outside 2000–2035 and names that no table holds."""
    if name in SOLAR_TERM:
        return _qingming(year)
    if name in LUNAR:
        column, days = LUNAR[name]
        row = _LUNAR.get(year)
        return date(year, *row[column]) + timedelta(days=days) if row else None
    if name in FLOATING:
        month, weekday, which = FLOATING[name]
        return nth_weekday(year, month, weekday, which)
    fixed = FIXED.get(name) or SHORT.get(name)
    return date(year, *fixed) if fixed else None


def _qingming(year: int) -> date | None:
    """The usual formula [Y×0.2422+4.81]−[Y/4] for the years 2000–2099, Y the year's last two digits."""
    if not 2000 <= year <= 2099:
        return None
    short = year % 100
    return date(year, 4, (short * 2422 + 48100) // 10000 - short // 4)
