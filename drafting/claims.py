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
_CLAIM = re.compile(
    rf"(?:显著|明显|大幅|大大|极大(?:地)?|全面|切实|有力(?:地)?|有效(?:地)?|稳步|持续|不断)(?P<effect>{_EFFECT}|增长|下降)(?:了)?"
    rf"|(?P<done>{_EFFECT})了"
    r"|(?P<mark>标志着|意味着|彰显了?|体现了|展现了|充分体现|充分展示)"
    r"|(?P<level>(?:达到|处于|位居|走在)[^，。；]{0,8}(?:领先|先进|前列|一流|第一|首位))"
    r"|(?P<praise>成效显著|效果显著|效果明显|成效明显|卓有成效|成绩显著|好评|一致认可|高度评价|零事故|零容忍的态度取得|得到了?[^，。；]{0,8}(?:好评|认可|肯定|赞誉)|受到[^，。；]{0,8}(?:欢迎|好评))"
    r"|(?P<result>使(?:得)?[^，。；]{2,14}(?:得到|得以|更加|有所|明显|显著)|从而(?:提高|提升|增强|确保|保障|有效)|确保了?[^，。；]{2,14}(?:稳定|安全|到位|完成))"
)


def find(text: str, known: Iterable[str] = (), set_phrases: Iterable[str] = ()) -> list[Claim]:
    """The claims of a text that no known text makes and no set phrase covers, in order."""
    ground = "\n".join(known)
    exempt = [span for phrase in set_phrases for span in _spans(text, phrase)]
    found = []
    for match in _CLAIM.finditer(text):
        core = next(value for value in match.groupdict().values() if value)
        start, end = match.span()
        if core in ground or any(a <= start and end <= b for a, b in exempt) or _is_purpose(text, start):
            continue
        found.append(Claim(match.group(), start, end, core))
    return found


_PURPOSE = re.compile(r"(?:^|[，。；、])(?:为|以|着力|旨在|力求|力争|将|要|围绕|坚持)[^，。；]*$")


def _is_purpose(text: str, start: int) -> bool:
    return bool(_PURPOSE.search(text, 0, start))


def _spans(text: str, phrase: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(phrase), text)] if phrase else []
