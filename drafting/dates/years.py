"""How years are spelt, and all that is named by its distance from this one: 2024年, 二〇二四年, 24年, 去年, 近三年."""

from __future__ import annotations

from drafting.dates.spelling import (
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
    words,
)

_ARABIC = rf"[12１２]{D}{{3}}"
_HAN = "[一二][〇零○一二三四五六七八九0０]{3}"
_OFFICIAL_YEAR = f"(?:度{not_before('过', '假')})?"
_YEAR_WORD = f"年{not_before('[级龄代]', '的?历史', '来[，的]', '以上', '以内')}{_OFFICIAL_YEAR}"
_YEAR_JOINT = either(DASH, rf"{SPACE}[、和与及]{SPACE}")
YEAR = (
    NO_FIGURE
    + "(?<!元前)"
    + either(
        series(_ARABIC, _YEAR_WORD, _YEAR_JOINT),
        rf"{_ARABIC}{DASH}{D}{{2}}{SPACE}{_YEAR_WORD}",
        series(_HAN, _YEAR_WORD),
        _ARABIC + before("[上下]半年"),
    )
)

_PART_OF_YEAR = SPACE + either(
    rf"{NUMBER}{SPACE}月{not_before('龄')}",
    "[上下]半年",
    "第?[一二三四1-4]季度",
    "前[两三二一]季度",
    f"第{NUMBER}个月",
    "全年",
    "年?[底末]",
    f"初{not_before('[中级]')}",
)
_MONTH_OR_QUARTER = SPACE + either(
    rf"{NUMBER}{SPACE}月{not_before('龄')}", "第?[一二三四1-4]季度", "[上下]半年", rf"前(?:{NUMBER}|两)个(?:月|季度)"
)
# 07年 and 零七年 count nothing, so they are years wherever they stand; 九七年 needs its month or quarter.
SHORT_YEAR = not_after(rf"\d０-９.．第近约{HAN}") + either(
    rf"\d\d{SPACE}年{_OFFICIAL_YEAR}" + either(before(_PART_OF_YEAR, "以来"), "(?<=度)"),
    rf"0\d{SPACE}年" + not_before("[级龄]"),
    "[〇零○][〇零○一二三四五六七八九]年" + not_before("[级龄]"),
    "[五六七八九][〇零○一二三四五六七八九]年" + before(_MONTH_OR_QUARTER),
)
# 24年 alone is as often a duration: it is read only at the head of a clause or behind 比 and the like, and not before these.
LONE_SHORT_YEAR = r"(?<![^\s，。；：、（(比较在从自])\d\d年" + not_before(
    "[来间内前后多余的了中、，。；级龄代]", "以[上下内]", "时间", "历史", "如一日", "左右", "有余"
)
SCHOOL_YEAR = rf"{not_after('0-9０-９')}{_ARABIC}(?:{DASH}(?:20)?{D}{{2}})?{SPACE}学年度?"

# 同年级, 上年纪, 以上年均, 上年产石油, 网上年货: what begins another word with 年.
_NOT_OF_AGE = not_before("[轻龄级纪均产薪货长检]")
NEAR_YEAR = (
    either(
        f"今年{not_before('[轻龄]')}",
        "去年",
        not_after("提以之目当此") + "前年" + not_before("底") + _NOT_OF_AGE,
        not_after("文清声证说") + "明年",
        not_after("前今此以之最") + "后年" + _NOT_OF_AGE,
    )
    + "度?"
)
OWN_YEAR = (
    either(
        not_after("基资成日书版样根原剧") + "本年",
        not_after("以之界加马") + "上一?年",
        not_after("以之天部") + "下一?年",
    )
    + _NOT_OF_AGE
    + not_before("[半以]")
    + "度?"
)
SPOKEN_YEAR = either(not_after("相共不合") + "同年", "当年", "次年", "翌年") + _NOT_OF_AGE + not_before("度")
NEAR_YEARS = either("今明两年", "明后两年", "今明后三年")
WHOLE_YEAR = either(
    not_after("安健完齐") + f"全年{not_before('[龄级]')}",
    not_after(rf"{HAN}\d０-９两几数每多半周学常往今去明") + f"年内{not_before('蒙')}",
)

STRETCH = either(
    not_after("将接附远相靠")
    + words("近", "最近", "过去", "今后", "未来", "这")
    + "的?"
    + either(NUMBER, "[两几]")
    + either("个月", "个?季度", "年", "周", "天")
    + not_before("[级期制龄轻计行]", "规划", "的?时间", "攻坚")
    + "(?:以?来)?",
    NO_NUMERAL + not_after("第近去这续") + f"[一两二三四五六七八九十]年来{not_before('[自到访]')}",
)
VAGUE = either(
    "近(?:些|几)?年以?来?",
    "近年(?:以来|来)?",
    "(?:最近|这)几年来?",
    not_after(rf"{HAN}百\d") + "[多几数]年来",
    "近[日来]",
    not_after(rf"{HAN}\d０-９两几数每节当今昨明次生") + "日前",
)

_PLAN_NUMBER = "(?:十[一二三四五六七]?|[一二三四五六七八九])"
_PLAN_TAIL = words("普法", "普法规划", "普法期间", "时期", "期间", "规划", "计划")
PLAN = either(
    rf"[“\"‘「『]{_PLAN_NUMBER}五[”\"’」』]{_PLAN_TAIL}?",
    # Without quotes 十五 is a number like any other: it needs its follower.
    not_after(rf"{HAN}百千万第\d０-９")
    + "[一二三四五六七八九十]{1,2}五"
    + before(_PLAN_TAIL, *"末 初 中期 后期 前 以来 开局 收官 纲要 目标 后[三两]".split())
    + f"{_PLAN_TAIL}?",
    f"第{HAN_NUMBER}个五年(?:规划|计划)(?:时期|期间)?",
)
DECADE = either(
    not_after("0-9０-９") + rf"(?:[12]{D}{{2}}|{D})?[0０]年代",
    not_after(HAN) + "[一二三四五六七八九]十年代",
)
CENTURY = either(
    not_after("0-9") + r"(?:1\d|2[01])世纪",
    not_after("二十") + "(?:二十一|二十|十[五六七八九])世纪",
    "上个?世纪",
    "本世纪",
)
