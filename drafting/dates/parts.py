"""How the parts of a year are spelt: halves, quarters, months, ten-day spans, days, weekdays, beginnings and ends."""

from __future__ import annotations

from drafting.dates.spelling import (
    ARABIC_NUMBER,
    CLAUSE_END,
    DASH,
    HAN,
    HAN_NUMBER,
    NO_FIGURE,
    NO_NUMERAL,
    NUMBER,
    SPACE,
    D,
    before,
    either,
    not_after,
    not_before,
    series,
)

# 前半年, 首月, 第三个月, 后两个月 and 首季 are parts of a year only right behind it.
HALF = either(not_after("以") + "[上下]半年", "(?<=年)[前后]半年")
_QUARTER_NUMBER = rf"(?:第?{SPACE}(?:[一二三四五六七八九]|{D}))"
QUARTER = (
    NO_NUMERAL
    + not_after("续")
    + either(
        "[一二三][二三四]季度",
        either("首季度", "(?<=年)首季"),
        f"第(?:[一二三四五六七八九]|{D})个季度",
        series(_QUARTER_NUMBER, "季度"),
    )
)
OWN_QUARTER = either(
    not_after("基资成日") + "本季度",
    not_after("以上下") + "(?:上上|下下|[上下])(?:一个?|个)?季度",
    "当季度",
)
FIRST_MONTHS = not_after("提以之此目生") + f"[前头](?:{NUMBER}|两)个?(?:季度|月份?)"

LAST_MONTHS = f"(?<=年)的?最?后(?:{NUMBER}|两)个?月{not_before('份?[以之]?内', '[以之]?后')}"

# 3月龄, 月均, 6月以上; 九月生 but 6月生产; 三月三, 一月一次 and 十月革命 after Chinese numerals only.
_NO_MONTH = not_before("[龄均嫂饼薪]", "生(?![产效活态成育])", "以[上下内]", "内[，。完]", f"{DASH}{D}{{1,2}}月龄")
_MONTH_WORD = f"月{_NO_MONTH}(?:份{not_before('额')})?"
_LUNAR_DAY = either("(?<=二月)二", "(?<=三月)三", "(?<=六月)六", "(?<=七月)七", "(?<=九月)九") + not_before(
    "[十日号个项场起家名期批]"
)
_HAN_MONTH_WORD = _MONTH_WORD + not_before("[一二三]次", _LUNAR_DAY, "革命", "流火")
MONTH = either(
    NO_FIGURE + series(ARABIC_NUMBER, _MONTH_WORD),
    NO_NUMERAL + not_after("第近隔上下") + series("(?:十[一二]?|[一二三四五六七八九])", _HAN_MONTH_WORD),
    NO_FIGURE + f"{ARABIC_NUMBER}{DASH}(?:十[一二]?|[一二三四五六七八九]){_HAN_MONTH_WORD}",
    either("(?<=年)首月", f"(?<=年)的?第{NUMBER}个月"),
)
OWN_MONTH = (
    either(not_after("基资成日") + "本月", "这个月", not_after("以上下") + "(?:上上|下下|[上下])(?:一个|一|个)?月")
    + not_before("[均龄薪刊]")
    + "份?"
)
SPOKEN_MONTH = either("当月", not_after("不相年") + "同月") + not_before("[均龄薪]")
HALF_MONTH = not_after("以") + f"[上下]半月{not_before('[刊谈板]')}"
TEN_DAYS = f"(?:月{before('[上中下]')})?(?:上中|中下|[上中下])旬"

DAY = NO_FIGURE + either(
    series(ARABIC_NUMBER, f"[日号]{not_before('龄')}"),
    series(HAN_NUMBER, f"[日号]{not_before('龄')}"),
)
_BRACKETED = rf"[（(]{SPACE}(?:星期|礼拜|周)[一二三四五六日天]{SPACE}[）)]"
WEEKDAY = either(_BRACKETED, "(?:星期|礼拜)[一二三四五六日天]", f"周[一二三四五六日]{not_before('[期边年转岁]')}")
NTH_WEEKDAY = f"(?<=[月份])的?(?:第(?:{NUMBER})|最后一)个(?:星期|礼拜|周)[一二三四五六日天]"
NEAR_DAY = either(
    f"[昨今]日{not_before('头条', '之')}",
    f"明日{not_before('之')}",
    "[昨今]天",
    not_after("大") + "前天",
    not_after("的好新") + "明天",
    not_after("今此大") + f"后天{not_before('[的养]')}",
) + not_before("性")
NEAR_WEEK = (
    either(not_after("基样成") + "本", not_after("以上下") + "(?:上上|下下|[上下])个?", "这个?")
    + f"(?:周{not_before('[期边转密到围岁年刊长]')}|星期|礼拜)"
    + f"(?:周?[一二三四五六日天]{not_before('[次个]')}|末)?"
)

# 年初 and 月底 by themselves: not the tail of 三年底, 每月初; 年中 only where no 中心, 中央 or 中学 can follow.
_MIDDLE = f"中{before(CLAUSE_END, '以?前', '$')}"
_ALONE_EDGE = not_after(rf"{HAN}\d０-９两几数每多历全逐半周学") + either(
    f"年(?:[底末]|初{not_before('[一二三四五六七八九级]')}|{_MIDDLE})",
    f"月(?:[底末]|初{not_before('[级中一]')}|{_MIDDLE})",
)
_TAIL_EDGE = '(?<=[年月度代纪”"五划期])' + either(
    f"年(?:[底末]|初|中{not_before('央')})",
    "月[底末初]",
    "底",
    f"末期?{not_before('端', '位', '梢')}",
    "(?<=代)[前后]期",
    f"初期?{not_before('[中级步始次评审心衷试赛具]')}",
    f"中[期叶]{not_before('评', '考', '检')}",
)
EDGE = either(_ALONE_EDGE, _TAIL_EDGE, f"(?<=[年月]){_MIDDLE}")

COMPARISON = not_after("不相共") + either(f"同比{not_before('[例重率]')}", "环比")

_SEPARATOR = "[-./．]"
_CALENDAR_YEAR = (
    not_after("0-9０-９A-Za-z.．/¥￥$")
    # A dash before it is a range only behind another such date: 2024.6.1-2024.6.30, not 0551-2024-06.
    + r"(?<!(?<![./]\d)(?<![./]\d\d)-)"
    + rf"(?P<y>[12１２]{D}{{3}})"
)
_MONTH_AND_DAY = (
    rf"(?P<sep>{_SEPARATOR})(?P<m>{D}{{1,2}})(?P=sep)(?P<d>{D}{{1,2}})"
    rf"(?:{DASH}(?P<m2>{D}{{1,2}})[./．](?P<d2>{D}{{1,2}}))?"
    + not_before(r"[\d０-９/]", r"(?!T\d)[A-Za-z]", r"\.\d", r"-\d(?!\d{3}[-./])")
)
# 2024.06 is a month only where nothing could make it an amount (2024.06万元), or as one end of a range.
_MONTH_ALONE = rf"{_SEPARATOR}(?P<ym>0[1-9]|1[0-2])" + either(
    rf"{DASH}(?P<y2>[12]\d{{3}}){_SEPARATOR}(?P<ym2>0[1-9]|1[0-2])" + not_before(r"[-./\d]"),
    rf"{DASH}(?P<y3>[12]\d{{3}})" + before(CLAUSE_END, r"\s", "$"),
    before(r"[\s，。；、）)】〕\]（(至到起—–~～止前]", "$"),
)
NUMERIC = _CALENDAR_YEAR + either(_MONTH_AND_DAY, _MONTH_ALONE)
