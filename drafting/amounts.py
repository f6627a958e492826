"""Amounts in Chinese text: what is counted, by value: 5,000 = 5000 = 五千, 1.2万 = 12000, 百分之三十 = 30 %, 三成 = 30 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from drafting.numerals import DIGITS, han_value, scale_value

AmountKind = Literal["count", "share", "points", "clock"]
Precision = Literal["exact", "over", "under", "about"]


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount. `text[start:end]` spans qualifier, number and unit (近1.2万人次).

    `value`: counts in single units (86.4万元 is 864000), shares as parts of one (30% is 3/10), percentage points as written, clock
    times in minutes. `precision`: over for 余/多/超, under for 近/不到, about for 约/左右. `weak` amounts may word a fact's number but
    need no fact themselves: 一 before a measure word, which is often an article, and counts of the text's own parts (四个方面).
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
        return _decimal(self.value)


_WIDE = str.maketrans("０１２３４５６７８９．％＋－：", "0123456789.%+-:")

# Longest first: 人次 before 人. 一起 is "together" far more often than "one case", but weak amounts do no harm.
_UNITS = (
    "平方公里 立方米 平方米 个百分点 百分点 万千瓦时 千瓦时 工作日 公里 公斤 公顷 千米 厘米 毫米 千克 "
    "千瓦 兆瓦 人次 家次 台次 户次 辆次 批次 班次 车次 场次 小时 分钟 个月 周年 台（套） 台(套) 课时 学时 "
    "美元 欧元 港元 次 个 家 项 人 起 处 份 名 场 条 件 户 所 辆 台 套 张 篇 期 批 轮 支 座 间 亩 吨 元 "
    "米 克 升 度 天 日 周 月 年 岁 届 级 类 种 位 只 头 株 棵 根 块 片 幅 册 本 部 门 堂 节 课 眼 口 井 "
    "路 艘 架 列 组 队 队次 班 营 处所 例 宗 桩 票 封 字 句 款 笔 万 股 秒 分 倍 对 双 顶 面 棒 盏 套次 "
    "栋 幢 层 房 床 站 点 线 段 桥 道 圈 ℃ km kg kW MW GWh kWh MWh m t h"
).split()
_UNIT = "|".join(map(re.escape, sorted(set(_UNITS), key=len, reverse=True)))
_MEASURE = (
    "人次|家次|台次|户次|辆次|批次|场次|小时|分钟|公里|平方米|个月|工作日|"
    "次|个|家|项|人|起|处|份|名|场|条|件|户|所|辆|台|套|张|篇|期|批|轮|支|座|间|亩|吨|元|米|位|例|宗|笔|天|年|倍|册|本|部|门|块|种|类"
)
_BEFORE = r"(?P<before>不少于|不低于|不足|不到|将近|接近|超过|突破|大约|[近约超逾])?"
_AFTER = r"(?P<after>余|多|来|以上|左右)?"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BIG = r"万亿|[十百千]?亿|[十百千]?万|[百千](?![分米克瓦])"
_HAN = "[零〇一二两三四五六七八九十百千万亿]"
_HAN_NUMBER = rf"{_HAN}+(?:点[零〇一二三四五六七八九]+)?"

_CODE = re.compile(
    r"[〔\[［（(【]\s*(?:19|20)\d\d\s*[〕\]］）)】]\s*(?:第\s*)?\d+(?:\s*[-—–至、]\s*\d+)?\s*号"  # 文号
    r"|第\s*(?:\d+|[零〇一二三四五六七八九十百千]+)(?:\s*[-—–至、]\s*(?:\d+|[一二三四五六七八九十百]+))?"
    r"|\d+(?:\s*[-—–至、]\s*\d+)*\s*号(?!召)"
    r"|[A-Za-z]+(?:[/ -]?[A-Za-z])*\s?[-/]?\d+(?:[.—–-]\d+)*[A-Za-z]*"  # GB/T 9704—2012, PM2.5, A4
    r"|\d+(?:\.\d+)?[GKDAS](?![A-Za-z])"  # 5G, 4K, 3A
    r"|\d+(?:\+[\dNnXx]+)+"  # 1+3+N
    r"|[①-⑳]"
)
_LIST_NUMBER = re.compile(
    r"(?m)^[ \t　]*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[（(]?[一二三四五六七八九十]{1,3}[）)、])"
)
_SLOGAN = re.compile(r"[“‘\"「『]([^”’\"」』\n]{1,24})[”’\"」』]")
_AMOUNT = re.compile(
    rf"(?P<clock>(?<![\d:])\d{{1,2}}:\d{{2}}(?![\d:]))"
    rf"|{_BEFORE}(?:"
    rf"百分之(?P<per_cent>{_DIGITS}|{_HAN_NUMBER})(?P<per_cent_after>[多余])?"
    rf"|千分之(?P<per_mille>{_DIGITS}|{_HAN_NUMBER})"
    rf"|万分之(?P<per_myriad>{_DIGITS}|{_HAN_NUMBER})"
    rf"|(?P<below>{_DIGITS}|{_HAN}{{1,4}})分之(?P<above>{_DIGITS}|{_HAN}{{1,4}})"
    rf"|(?P<tenths>[一二两三四五六七八九]|\d(?:\.\d)?)成(?P<half>[一二三四五六七八九半])?(?![功立效果绩长员分本交为熟就了])"
    rf"|(?<![\d.,A-Za-z])(?P<slash>\d{{1,3}}/\d{{1,3}})(?![\d/])"
    rf"|(?P<sign>(?<![\d%年月日])[-+])?(?P<number>{_DIGITS})(?P<over1>[余多])?"
    rf"(?:(?P<percent>\s?[%‰])|(?P<big>{_BIG})(?P<rest>(?:\d+(?:千万|百万|十万|[千百万](?![分米克瓦])))*)?)?{_AFTER}(?P<unit>\s?(?:{_UNIT}))?(?P<left_right>左右|以上)?"
    rf"|(?P<han>{_HAN_NUMBER}){r'(?P<han_after>余|多|来)?'}(?P<han_unit>个百分点|{_MEASURE})(?P<han_left_right>左右|以上)?"
    rf")"
)
_STRUCTURE = re.compile(r"个?(?:方面|层面|环节|维度|角度|阶段|步骤|方向|重点|关键|要点|问题上|专题上|到位)")


def find(text: str, exclude: tuple[tuple[int, int], ...] = ()) -> list[Amount]:
    """The amounts of a text in order. `exclude` are spans that hold something else, such as dates.

    Left out: list numbers, ordinals (第N), document numbers, codes (GB/T 9704—2012, PM2.5, 5G), and numerals inside quoted
    slogans (“三会一课”, “1+3+N”).
    """
    plain = text.translate(_WIDE)
    barred = sorted([*exclude, *_barred(plain)])
    found = []
    for match in _AMOUNT.finditer(plain):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in barred):
            inner = _outside(match, barred)
            if not inner:
                continue
        amount = _amount(text, plain, match)
        if amount is not None:
            found.append(amount)
    return found


def fits(written: Amount, known: Amount) -> bool:
    """Does the amount as written say what is known? Equal values fit; 5000余 fits 5032, 近5100 fits 5032, 约5000 fits 5032.

    A rounding must lie within a tenth of what it rounds. What is known only roughly (5000余) is not fitted by an exact 5000.
    """
    if written.kind != known.kind:
        return False
    if written.value == known.value:
        return written.precision == known.precision or written.precision == "about" or known.precision == "about"
    if known.precision != "exact":
        return False
    low, high = sorted((written.value, known.value))
    if low < 0 or high > low * Fraction(11, 10):
        return False
    match written.precision:
        case "over":
            return written.value < known.value
        case "under":
            return written.value > known.value
        case "about":
            return high <= low * Fraction(105, 100)
    return False


_ALIKE = (
    {"人", "名", "位"},
    {
        "家",
        "户",
        "个",
        "所",
        "座",
        "处",
        "项",
        "条",
        "件",
        "起",
        "例",
        "宗",
        "种",
        "类",
        "支",
        "道",
        "笔",
        "批",
        "块",
        "点",
    },
    {"次", "场", "期", "轮", "回", "堂", "节", "课", "场次", "批次"},
    {"份", "册", "张", "本", "篇", "部"},
    {"台", "套", "辆", "台（套）", "台(套)", "架"},
    {"公里", "千米", "km"},
    {"天", "日"},
)


def same_unit(one: str, other: str) -> bool:
    """May the two measure words stand for each other? 人 and 名 may, 人 and 人次 may not; an unnamed unit fits all."""
    return not one or not other or one == other or any(one in group and other in group for group in _ALIKE)


def _barred(plain: str) -> Iterator[tuple[int, int]]:
    for pattern in (_CODE, _LIST_NUMBER):
        for match in pattern.finditer(plain):
            yield match.span()
    for match in _SLOGAN.finditer(plain):
        if not re.search(r"\d\s?[%万亿]|[，。；]", match.group(1)):
            yield match.span()


def _outside(match: re.Match[str], barred: list[tuple[int, int]]) -> bool:
    """A qualifier or a unit may reach into a barred span; the number itself may not."""
    for name in ("clock", "number", "han", "per_cent", "per_mille", "per_myriad", "below", "tenths", "slash"):
        if match[name] is not None:
            start, end = match.span(name)
            return not any(start < stop and begin < end for begin, stop in barred)
    return False


def _amount(text: str, plain: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    precision = _precision(match)
    if match["clock"]:
        hours, minutes = match["clock"].split(":")
        value = Fraction(int(hours) * 60 + int(minutes))
        return Amount(text[start:end], start, end, value, "clock")
    share = _share(match)
    if share is not None:
        return Amount(text[start:end], start, end, share, "share", precision=precision)
    if match["number"]:
        return _arabic(text, match, precision)
    return _han(text, plain, match, precision)


def _arabic(text: str, match: re.Match[str], precision: Precision) -> Amount:
    start, end = match.span()
    value = _number(match["number"]) * (-1 if match["sign"] == "-" else 1)
    if match["percent"]:
        per = 100 if "%" in match["percent"] else 1000
        return Amount(text[start:end], start, end, value / per, "share", precision=precision)
    if match["big"]:
        value = value * scale_value(match["big"]) + _rest(match["rest"] or "")
    unit = (match["unit"] or "").strip()
    if unit.endswith("百分点"):
        return Amount(text[start:end], start, end, value, "points", "百分点", precision)
    if unit == "倍":
        return Amount(text[start:end], start, end, value, "count", unit, precision)
    return Amount(text[start:end], start, end, value, "count", unit, precision)


def _han(text: str, plain: str, match: re.Match[str], precision: Precision) -> Amount | None:
    start, end = match.span()
    words, unit = match["han"], match["han_unit"]
    value = han_value(words)
    if value is None:
        return None
    if unit == "个百分点":
        return Amount(text[start:end], start, end, value, "points", "百分点", precision)
    rest = plain[match.end("han") :]
    weak = words == "一" or bool(_STRUCTURE.match(rest)) or _part_of_a_word(plain, match)
    return Amount(text[start:end], start, end, value, "count", unit, precision, weak)


# Before or behind these, a numeral with what looks like a measure word is a fixed word: 统一部署, 进一步, 三项制度 stay counts.
_FIXED_BEFORE = frozenset("第每各逐同统唯单专万之某其另星周初十")
_FIXED_WORD = re.compile(
    r"一(?:次性|个个|件件|家人|条龙|场场|部分|块儿|类|种|年一度|张网|网|体|站式|起来)|二次|三部曲|万家|万户|千家|百家|百年|千年|万人空巷|"
    r"四处|八方|两会|两个(?:维护|确立)|两条腿|三个(?:代表)|四个(?:意识|自信|全面)|五年规划|五位一体"
)


def _part_of_a_word(plain: str, match: re.Match[str]) -> bool:
    start = match.start("han")
    if start and plain[start - 1] in _FIXED_BEFORE:
        return True
    return bool(_FIXED_WORD.match(plain, start))


def _share(match: re.Match[str]) -> Fraction | None:
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


def _precision(match: re.Match[str]) -> Precision:
    before = match["before"] or ""
    around = "".join(
        match[name] or "" for name in ("after", "over1", "left_right", "han_after", "han_left_right", "per_cent_after")
    )
    if before in ("超", "逾", "超过", "突破", "不少于", "不低于") or any(
        word in around for word in ("余", "多", "以上")
    ):
        return "over"
    if before in ("近", "不足", "不到", "将近", "接近"):
        return "under"
    if before in ("约", "大约") or "左右" in around or "来" in around:
        return "about"
    return "exact"


def _number(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


def _number_or_han(words: str) -> Fraction | None:
    return _number(words) if words[0].isdigit() else han_value(words)


def _rest(words: str) -> Fraction:
    total = Fraction(0)
    for digits, scale in re.findall(r"(\d+)(千万|百万|十万|[千百万])", words):
        total += int(digits) * scale_value(scale)
    return total


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    scaled = value
    for places in range(1, 7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign = "-" if scaled < 0 else ""
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"{float(value):.4g}"
