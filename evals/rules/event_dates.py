"""One named event, two dates (D316)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drafting.dates import Mention
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule
from evals.told import inside_quotes, to_come

_ONCE = "印发|出台|颁布|公布|施行|揭牌|挂牌|成立|开幕|闭幕|开工|竣工|完工|投产|通车|签订|签署|启动|试运行|验收"
_HELD = "召开|举行|举办"
_DOCUMENT = r"《[^《》]{2,60}》"
_QUOTED = r"“[^“”]{3,30}”[一-鿿]{0,8}"
_WORDS = r"[^，。；：、《》“”"
_NUMBERED = (
    rf"{_WORDS}\d]{{0,12}}第[一二三四五六七八九十\d]{{1,3}}[次届期批轮]{_WORDS}]{{0,16}}?"
    r"(?:会议|大会|全会|会|论坛|博览会|培训班|运动会|演练|比赛)"
)
_AFTER = re.compile(
    rf"[，,]?[^，。；：《》“”]{{0,18}}?(?P<verb>{_ONCE}|{_HELD})(?:了|实施)?(?P<event>{_DOCUMENT}|{_QUOTED}|{_NUMBERED})"
)
_BEFORE = re.compile(rf"(?P<event>{_DOCUMENT}|{_QUOTED}|{_NUMBERED})(?:已)?(?:于|在)$")
_NAMED = re.compile(rf"[，,]?(?P<event>{_DOCUMENT}|{_QUOTED}?)(?:正式|全文)?(?P<verb>{_ONCE})")
_VERB = re.compile(rf"(?:正式|全文)?(?P<verb>{_ONCE}|{_HELD})")
_AGAIN = re.compile(
    r"修订|修正|重新|再次|第二次|续签|补充|延期|改期|推迟|原定|暂行|试行|分别|陆续|先后|分批|首批|各地|各县|各区|分会场|复会"
)
_RECURRING = re.compile(r"会议?$|例会|周|日$|活动日|讲堂|课堂|学习会")


@dataclass(frozen=True, slots=True)
class _Dated:
    """One event with the day that a block gives it."""

    event: str
    verb: str
    block: int
    mention: Mention


@rule(
    code="D316",
    name="同一件事日期不一",
    name_en="one named event, two dates",
    severity="warning",
    basis="arithmetic",
)
def two_dates(document: Examined) -> Iterator[Finding]:
    """《办法》 issued on two days, 第三次全体会议 held on two. Only what happens once and bears a name of its own is compared."""
    known: dict[tuple[str, str], _Dated] = {}
    for dated in _dated_events(document):
        earlier = known.setdefault((dated.event, dated.verb), dated)
        if earlier is not dated and _apart(earlier.mention, dated.mention):
            yield two_dates.finding(
                document,
                dated.block,
                dated.mention.start,
                dated.mention.end,
                f"{dated.event}{dated.verb}的日期前后不一：前面写“{earlier.mention.text}”，这里写“{dated.mention.text}”",
                f"{dated.event} is dated {earlier.mention.text} and {dated.mention.text}",
                expected=earlier.mention.text,
                evidence=f"{earlier.mention.first} ≠ {dated.mention.first}",
            )


def _dated_events(document: Examined) -> Iterator[_Dated]:
    for block, text in enumerate(document.texts):
        for mention in document.mentions[block]:
            if (
                mention.kind not in ("day", "range", "period")
                or mention.comparison
                or inside_quotes(text, mention.start)
            ):
                continue
            found = _event(text, mention)
            if found:
                yield _Dated(*found, block, mention)


def _event(text: str, mention: Mention) -> tuple[str, str] | None:
    """The event that the mention dates, and the verb: 3月5日印发《办法》, 《办法》于3月5日印发."""
    start = max(text.rfind(mark, 0, mention.start) for mark in "。；！？\n") + 1
    after, before = _AFTER.match(text, mention.end), _BEFORE.search(text[start : mention.start])
    verb, named = _VERB.match(text, mention.end), _NAMED.match(text, mention.end)
    if before and verb:
        event, done, around = before["event"], verb["verb"], text[start : verb.end()]
    elif named:
        event, done, around = named["event"], named["verb"], text[start : named.end()]
    elif after:
        event, done, around = after["event"], after["verb"], text[start : after.end()]
    else:
        return None
    if _AGAIN.search(around) or to_come(around) or not _once(event, done):
        return None
    return event.strip(), done


def _once(event: str, verb: str) -> bool:
    """What is held may be held again, unless it is numbered."""
    if verb in _HELD.split("|"):
        return "第" in event and not event.startswith("《")
    return event.startswith("《") or not _RECURRING.search(event)


def _apart(one: Mention, other: Mention) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.last < other.first or other.last < one.first
