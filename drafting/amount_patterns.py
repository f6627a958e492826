"""How amounts are written: the expressions that amounts.py reads with, and those that mark numerals as no amounts.

Every repetition is bounded or begins at one place only, so that reading is linear in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from drafting.measure_words import COUNTED_TIMES, HAN_UNITS, UNITS

_WIDE_CHARS = "０１２３４５６７８９．％＋－：～"
_NARROW = str.maketrans(_WIDE_CHARS, "0123456789.%+-:~")
_WIDE = re.compile(f"[{_WIDE_CHARS}]")

HAN = "零〇一二两三四五六七八九十百千万亿"
_UNIT = rf"[{COUNTED_TIMES}]次|" + "|".join(map(re.escape, sorted(set(UNITS), key=len, reverse=True)))
_HAN_UNIT = rf"[{COUNTED_TIMES}]次|" + "|".join(sorted(HAN_UNITS, key=len, reverse=True))

# 签约3家 and 最近3天 hold no "about"; 突破5项技术 is no "more than" unless it is a mark that is passed (突破5亿元).
_BEFORE = (
    r"(?P<before>不少于|不低于|不小于|至少|最少|不超过|不多于|不高于|不大于|至多|最多|不足|不到|将近|接近|超过|超出|多于|高于|低于|少于|"
    r"突破(?=[\d.,]+(?:[百千]?[万亿]|%|元))|大约|大概|(?<![最附邻临靠就亲])近|(?<![节签预履合违制公条契特缔失解续立失])约|(?<!赶)超|逾)?"
)
_AFTER = r"(?P<after>余|多|来(?!自))?"
_TRAIL = r"(?P<trail>左右|上下|以上|以下|以内|之内)?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)(?!\d)"
_BIG = r"万亿|[十百千]?亿|[十百千]?万|[百千](?![分米克瓦])"
_HAN_NUMBER = rf"[{HAN}]{{1,16}}(?:点[零〇一二三四五六七八九]{{1,9}})?"

AMOUNT = re.compile(
    rf"(?=[\d{HAN}百千万不至最将接超多高低少突大近约逾+-])"
    rf"(?:(?P<clock>(?<![\d:])\d{{1,2}}:\d{{2}}(?![\d:]))"
    rf"|(?P<ratio>(?<![\d.:])\d{{1,5}}(?:\.\d{{1,4}})?\s?[:∶比]\s?\d{{1,5}}(?:\.\d{{1,4}})?(?![\d:.%]))"
    rf"|{_BEFORE}(?:"
    rf"百分之(?P<per_cent>{_DIGITS}|{_HAN_NUMBER})(?P<per_cent_after>[多余])?"
    rf"|千分之(?P<per_mille>{_DIGITS}|{_HAN_NUMBER})"
    rf"|万分之(?P<per_myriad>{_DIGITS}|{_HAN_NUMBER})"
    rf"|(?P<below>{_DIGITS}|(?<![{HAN}])[{HAN}]{{1,4}})分之(?P<above>{_DIGITS}|[{HAN}]{{1,4}})"
    rf"|(?P<tenths>[一二两三四五六七八九]|(?<![\d.])\d(?:\.\d)?)成(?P<half>[一二三四五六七八九半])?(?![功立效果绩长员分本交为熟就了])"
    rf"|(?<![\d.,A-Za-z])(?P<slash>\d{{1,3}}/\d{{1,3}})(?![\d/])"
    rf"|(?P<sign>(?<![\d%年月日人次家个元至到])[-+])?(?<!\d)(?<!\d\.)(?P<number>{_DIGITS})(?P<over1>[余多])?"
    rf"(?:(?P<percent>\s?[%‰])|(?P<big>{_BIG})(?P<rest>(?:\d{{1,4}}(?:千万|百万|十万|[千百万](?![分米克瓦]))){{0,3}})?)?"
    rf"{_AFTER}(?P<unit>\s?(?:{_UNIT}))?"
    rf"|(?<![{HAN}数几])(?P<han>{_HAN_NUMBER})(?P<han_after>余|多|来)?(?P<han_unit>个百分点|{_HAN_UNIT})"
    rf"){_TRAIL})"
)

NUMERAL = re.compile(rf"[\d{HAN}]")
NUMBER_GROUPS = ("clock", "ratio", "number", "han", "per_cent", "per_mille", "per_myriad", "below", "tenths", "slash")

# Numerals that name and do not count: document numbers, ordinals, standards, 5G, 1+3+N. marks.py reads them.
CODE = re.compile(
    r"(?=[〔\[［（(【第\dA-Za-z①-⑳])(?:"
    r"[〔\[［（(【]\s?(?:19|20)\d\d\s?[〕\]］）)】]\s?(?:第\s?)?\d{1,5}(?:\s?[-—–至、]\s?\d{1,5})?\s?号"
    r"|第\s?(?:\d{1,6}|[零〇一二三四五六七八九十百千]{1,8})(?:\s?[-—–至、]\s?(?:\d{1,6}|[一二三四五六七八九十百]{1,8}))?"
    r"|(?<!\d)\d{1,6}(?:\s?[-—–至、]\s?\d{1,6}){0,9}\s?号(?!召)"
    r"|(?<![A-Za-z])[A-Za-z]{1,12}(?:[/ -][A-Za-z]{1,6}){0,2}\s?[-/]?\d{1,8}(?:[.—–-]\d{1,8}){0,3}[A-Za-z]{0,4}"
    r"|(?<![\d.])\d{1,4}(?:\.\d)?[GKDAS](?![A-Za-z])"
    r"|(?<![\d+])\d{1,4}(?:\+[\dNnXx]{1,4}){1,6}"
    r"|[①-⑳])"
)
LIST_NUMBER = re.compile(
    r"(?m)^[ \t　]{0,8}(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[（(]?[一二三四五六七八九十]{1,3}[）)、])"
)
SLOGAN = re.compile(r"[“‘\"「『]([^“”‘’\"「」『』\n]{1,24})[”’\"」』]")
COUNTS_INSIDE = re.compile(r"\d\s?[%万亿]|[，。；]")


def narrow(text: str) -> str:
    """The text with half-width digits and signs, character for character, so that spans are those of the text."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


@lru_cache(maxsize=8)
def codes(plain: str) -> tuple[tuple[int, int], ...]:
    """The spans of CODE; kept, since amounts leave out what marks then read."""
    return tuple(match.span() for match in CODE.finditer(plain))


def slogans(plain: str) -> list[tuple[int, int]]:
    """The spans of quoted words whose numerals count nothing: “三会一课”, “1+3+N”."""
    return [match.span() for match in SLOGAN.finditer(plain) if not COUNTS_INSIDE.search(match.group(1))]


# Counts of the text's own parts, and words that only look like counts.
STRUCTURE = re.compile(r"个?(?:方面|层面|环节|维度|角度|阶段|步骤|方向|重点|关键|要点|问题上|专题上|到位)")
# 24小时值班 says round the clock and counts nothing.
ROUND_THE_CLOCK = re.compile(
    "不间断|不打烊|值[班守]|在线|轮[班值]|专人|畅通|待命|开放|巡[查逻]|监[测控]|应急|服务|受理|响应|在岗"
)
FIXED_BEFORE = frozenset("第每各逐同统唯单专之某其另星周初")
FIXED_WORD = re.compile(
    r"一(?:次性|个个|件件|家人|条龙|条线|场场|部分|块儿|块|类|种|年一度|张网|本账|个口子|个标准|盘棋|网|体|站式|起来)|二次|三部曲|万家|万户|千家|千户|"
    r"百家争|百年|千年|万人空巷|四处|八方|两会|两个(?:维护|确立)|两条腿|三个(?:代表|务必)|四个(?:意识|自信|全面)|五年规划|五位一体|三年行动|百日"
)
# 3亿5千万: what follows the first scale.
PARTS = re.compile(r"(\d{1,4})(千万|百万|十万|[千百万])")
