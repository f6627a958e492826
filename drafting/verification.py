"""Is a point as a model worded it fit to print? What is harmless is mended by rule, what is wrong is told in words a model can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from drafting import claims, grounding
from drafting.answers import Wording
from drafting.grounding import Gap, Ground
from drafting.wording import formal, sentence, unfinished

_MOST_GIST = 16
_LEAST_GIST = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a worded point. `code` is that of the check rule it would draw, or FORM for its shape."""

    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.code} {self.message}"


_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|首先|其次|再次|最后|第[一二三四五六七八九十][，、])[：:，,]?"
)
_FENCE = re.compile(r"^```\w*\s*|\s*```$")


def mend(wording: Wording) -> Wording:
    """The wording with what needs no judgement put right: typography, a leading 一是, a repeated gist, closing punctuation."""
    gist = unfinished(formal(_ENUMERATOR.sub("", wording.gist.strip())))
    text = formal(_FENCE.sub("", wording.text.strip()))
    text = _ENUMERATOR.sub("", text)
    for opening in (f"{gist}。", f"{gist}：", f"{gist}，"):
        if gist and text.startswith(opening) and len(text) > len(opening):
            text = text[len(opening) :]
    return Wording(gist, sentence(text) if text else "", wording.facts)


def problems(wording: Wording, ground: Ground, organ: str, *, gist_wanted: bool) -> list[Problem]:
    """Everything wrong with a mended wording, held against the facts of its point. An empty list says it may be printed."""
    if not unfinished(wording.text):
        return [Problem("FORM", "正文为空")]
    found = [*_form(wording.text, ground), *_self_reference(wording.text, ground, organ)]
    found += [_as_problem(gap) for gap in grounding.examine(wording.text, ground)]
    found += [_as_problem(gap) for gap in grounding.missing(wording.text, ground)]
    if gist_wanted:
        found += _gist(wording.gist, ground)
    return list(dict.fromkeys(found))


def _as_problem(gap: Gap) -> Problem:
    expected = f"（事实是 {gap.expected}）" if gap.expected and gap.expected not in gap.reason else ""
    return Problem(gap.code, gap.reason + expected)


_MARKUP = re.compile(r"\*\*|^\s*#{1,6}\s|^\s*[-*+]\s|`|^\s*>|\]\(|</?\w+>|<\|.*?\|>|\{\{|\}\}|[{}]", re.MULTILINE)
_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]?\d{1,2}[）)、]|\d{1,2}[.．](?!\d))")
_CHAIN = re.compile(r"(?:^|[，。；：])(?:[一二三四五六七八九]是|其一|其二)(?!\s*否)")
_LEFTOVER = re.compile(
    r"[×xX]{2,}|某某|【[^】]*】|待补充|TODO|作为(?:一个)?(?:AI|人工智能|语言模型)|以下是|好的，|希望对您|如需"
)
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def _form(text: str, ground: Ground) -> Iterator[Problem]:
    known = ground.text
    for pattern, what in ((_MARKUP, "标记符号"), (_NUMBERED, "编号"), (_CHAIN, "序词"), (_LEFTOVER, "占位或套话")):
        match = pattern.search(text)
        if match and match.group().strip() not in known:
            yield Problem("FORM", f"正文含有{what}“{match.group().strip()}”")
    for word in dict.fromkeys(_LATIN_WORD.findall(text)):
        if word not in known:
            yield Problem("FORM", f"正文含有事实中没有的外文“{word}”")
    foreign = [char for char in dict.fromkeys(text) if is_traditional(char) and char not in known]
    if foreign:
        yield Problem("FORM", f"正文含有繁体字“{''.join(foreign)}”")
    most = 4 * sum(len(fact.text) for fact in ground.facts) + 60
    if len(text) > most:
        yield Problem("FORM", f"正文过长（{len(text)}字，事实只有{(most - 60) // 4}字）")
    yield from _repetition(text)


def _repetition(text: str) -> Iterator[Problem]:
    parts = [part for part in re.split("[。；]", text) if len(part) > 6]
    doubled = [part for index, part in enumerate(parts) if part in parts[:index]]
    if doubled:
        yield Problem("FORM", f"“{doubled[0][:20]}”重复")


@lru_cache(maxsize=8192)
def is_traditional(char: str) -> bool:
    """Traditional where Big5 has the character and GB 2312, the set of simplified Chinese, has not."""
    if not "一" <= char <= "鿿":
        return False
    return not _encodes(char, "gb2312") and _encodes(char, "big5")


def _encodes(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _self_reference(text: str, ground: Ground, organ: str) -> Iterator[Problem]:
    """The organ's own name belongs to lead and signature; inside a point it is padding, unless a fact names it."""
    named = any(organ in fact.text for fact in ground.facts)
    if organ and organ in text and not named:
        yield Problem("FORM", f"正文不必写本单位名称“{organ}”")
    if "本报告" in text or ("专题报告" in text and "专题报告" not in "".join(fact.text for fact in ground.facts)):
        yield Problem("FORM", "正文不要提报告本身")


def _gist(gist: str, ground: Ground) -> Iterator[Problem]:
    if not gist:
        yield Problem("FORM", "缺少概括语 gist")
        return
    if not _LEAST_GIST <= len(gist) <= _MOST_GIST:
        yield Problem("FORM", f"概括语“{gist[:24]}”应为四到十二个字")
    if re.search(r"[\d。；！？\n]|[，、：]$", gist) or ground.amounts_of(gist):
        yield Problem("FORM", f"概括语“{gist[:24]}”不要带数字和标点")
    if _MARKUP.search(gist) or (_LATIN_WORD.search(gist) and gist not in ground.text) or any(map(is_traditional, gist)):
        yield Problem("FORM", f"概括语“{gist[:24]}”含有不该有的字符")
    known = [fact.text for fact in ground.facts]
    if claims.find(gist, known, ground.set_phrases) or not set(gist) - _EMPTY:
        yield Problem("G408", f"概括语“{gist}”不要写成效")
    if grounding.examine(gist, ground):
        yield Problem("G403", f"概括语“{gist}”写了事实中没有的内容")


_EMPTY = frozenset("概括语主要工作内容要点")
