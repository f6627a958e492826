"""Claims of effect and judgement: 提高了…, 显著降低…, 有效遏制…, 标志着…, 达到国内领先. No fact, no claim.

Purpose and manner (为…, 围绕…, 坚持…, 进一步强化…) are diction, not claims: they state nothing that could be counted wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it stands in the text; `core` is the verb or adjective that makes it one."""

    text: str
    start: int
    end: int
    core: str


_EFFECT = "提高|提升|增强|改善|优化|降低|减少|遏制|杜绝|消除|防止|避免|促进|推动|带动|保障|确保|保证|巩固|扭转|缓解|解决|营造|形成|实现|取得|夯实"
_BETTER = "提高|提升|增强|改善|降低|减少|遏制|缓解|优化"
_QUALITY = "水平|能力|意识|素质|质量|效率|效能|满意度|积极性|获得感|幸福感|安全感|环境|面貌|形象|影响力"

# Every stretch between words is bounded. What a claim may begin with is looked at first: most places hold none of it.
_OPENING = "显明大极有全稳持不切进从以也标意彰体展充达处位走跻居成效卓好一高零得受取填首历突重新使确圆超提如" + "".join(
    word[0] for word in f"{_EFFECT}|{_BETTER}|{_QUALITY}".split("|")
)
_CLAIM = re.compile(
    rf"(?=[{_OPENING}])(?:"
    rf"(?:显著|明显|大幅|大大|极大(?:地)?|有力(?:地)?|有效(?:地)?)(?P<effect>{_EFFECT}|增长|下降|防范|化解|好转)了?"
    rf"|(?:全面|稳步|持续|不断|切实)(?P<better>{_BETTER}|巩固|遏制|增长|下降)了?"
    rf"|(?<=[，；])(?:进一步|切实|有力|从而|以此|也)?(?P<then>{_BETTER})(?=[^，。；\d]{{2,16}}(?:[，。；]|$))"
    rf"|(?:{_QUALITY})(?:得到|得以|有了|有所|有|也|逐步|进一步|日益){{1,3}}(?P<risen>{_EFFECT}|好转|增长)"
    r"|(?P<mark>标志着|意味着|彰显|体现了|展现了|充分体现|充分展示)"
    r"|(?P<level>(?:达到|处于|位居|走在|位列|跻身|居(?<![民邻定安移迁]居)(?!民|住|委|家|所|室|中))[^，。；]{0,8}(?:领先|先进|前列|一流|第一|首位))"
    r"|(?P<praise>(?:成效|效果|成绩)(?:十分|非常)?(?:显著|明显|突出)|卓有成效|好评|一致认可|高度评价|零(?:事故|发生|伤亡|投诉)"
    r"|得到了?[^，。；]{0,8}(?:好评|认可|肯定|赞誉)|受到[^，。；]{0,8}(?:欢迎|好评)|取得[^，。；]{0,8}(?:成效|实效|成果|进展|成绩))"
    rf"|(?P<done>{_EFFECT})了"
    r"|(?P<first>填补[^，。；]{0,8}空白|首创(?!精神)|(?:历史性|突破性|重大|新的)突破)"
    r"|使得?[^，。；]{2,14}(?P<result>得到|得以|更加|有所|明显|显著)"
    r"|从而(?P<so>提高|提升|增强|确保|保障|有效)"
    r"|确保了?[^，。；]{2,14}(?P<sure>稳定|到位|完成)"
    r"|(?P<quality>圆满|超额|提前|如期)完成|(?P<whole>全覆盖)"
    r")"
)


def find(text: str, known: Iterable[str] = (), set_phrases: Iterable[str] = ()) -> list[Claim]:
    """The claims of a text that no known text makes and no set phrase covers, in order."""
    matches = list(_CLAIM.finditer(text))
    if not matches:
        return []
    ground = tuple(known)
    exempt = [span for phrase in set_phrases for span in _spans(text, phrase)]
    found = []
    for match in matches:
        core = match[match.lastgroup or 0]
        start, end = match.span()
        if any(a <= start and end <= b for a, b in exempt) or _is_purpose(text, start):
            continue
        if _stated(core, _around(text, start, end), ground):
            continue
        found.append(Claim(match.group(), start, end, core))
    return found


def _stated(core: str, around: frozenset[str], known: Iterable[str]) -> bool:
    """Does any text make the claim of the same thing? Of a clause that is all claim, the core alone must stand there."""
    return any(core in text and (not around or any(pair in text for pair in around)) for text in known)


def _around(text: str, start: int, end: int) -> frozenset[str]:
    """The pairs of characters beside the claim in its clause."""
    before = _BOUNDARY.split(text[max(0, start - _CLAUSE_REACH) : start])[-1]
    behind = _BOUNDARY.split(text[end : end + _CLAUSE_REACH])[0]
    runs = (*_HAN_RUN.findall(before), *_HAN_RUN.findall(behind))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


_HAN_RUN = re.compile("[一-鿿]+")
# 为全国首创 and 为全市首创 aim at nothing.
_PURPOSE = re.compile(
    r"为(?!(?:全国|全省|全市|国内|行业)$)|以(?!来)|着力|旨在|力求|力争|将|要|围绕|坚持|努力|不断健全|推动(?!了)"
)
_CLAUSE_REACH = 60
_BOUNDARY = re.compile("[，。；、]")


def _is_purpose(text: str, start: int) -> bool:
    clause = _BOUNDARY.split(text[max(0, start - _CLAUSE_REACH) : start])[-1]
    return bool(_PURPOSE.match(clause))


def _spans(text: str, phrase: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(phrase), text)] if phrase and phrase in text else []
