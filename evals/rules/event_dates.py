"""One named event, two dates (D316)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from drafting.dates import Mention
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule
from evals.told import inside_quotes, sentence_of, to_come

_ONCE = "印发|出台|颁布|公布|发布|下发|施行|揭牌|挂牌|启用|上线|成立|开幕|闭幕|开工|竣工|完工|投产|通车|签订|签署|启动|试运行|通过验收|通过评审|验收"
_HELD = "召开|举行|举办"
_VERB = rf"(?P<verb>{_ONCE}|{_HELD})"
_DOCUMENT = r"《[^《》]{2,60}》"
_QUOTED = r"“[^“”]{2,30}”"
_WORDS = r"[^，。；：、《》“”（）"
_NUMBERED = (
    rf"{_WORDS}\d]{{0,12}}第[一二三四五六七八九十\d]{{1,3}}[次届期批轮]{_WORDS}]{{0,16}}?"
    r"(?:会议|大会|全会|[博展]览会|运动会|会|论坛|培训班|演练|[竞比大]赛|节)"
)
_PLACE = r"[一-鿿]{2,10}(?:中心|大厅|基地|平台|纪念馆|展览馆)"
_NAME = rf"(?P<event>{_DOCUMENT}|{_QUOTED}|{_NUMBERED})"
_SORT = r"(?:[一-鿿]{0,7}(?:行动|项目|工程|系统|平台|活动|计划|中心|基地|学校|工作站))?"
_DONE_TO = re.compile(rf"[，,]?[^，。；：《》“”]{{0,18}}?{_VERB}(?:了|的|实施|建设)?{_NAME}")
_DONE_BY = re.compile(rf"[，,]?(?:{_NAME}|(?P<place>{_PLACE})){_SORT}(?:正式|全文|如期)?{_VERB}")
_NAME_FIRST = re.compile(rf"(?:{_NAME}|(?P<place>(?<![一-鿿]){_PLACE})){_SORT}(?:已|经)?(?:于|在|（)?$")
_THEN_DONE = re.compile(rf"(?:正式|全文|修订|如期)?{_VERB}")
_LONGEST = 90
"""Characters before a date in which the event that it belongs to is looked for."""
_AGAIN = re.compile(
    r"修正|重新|再次|第二次|续签|补充|延期|改期|推迟|原定|暂行|试行|分别|陆续|先后|分批|首批|第[一二三四五]批|各[一-鿿]{1,3}?[，印出召]|各[地县区]|"
    r"分会场|复会|与[一-鿿]"
)
_RECURRING = re.compile(r"会议?$|例会|周|[日月]$|活动日|讲堂|课堂|学习会")
_PAPERS_ONLY = frozenset(("公布", "发布", "下发"))
_YEARLY = re.compile(r"年度|要点|计划|方案|安排|总结")


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
        if earlier is not dated and _apart(earlier, dated):
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
                mention.first is None
                or mention.comparison
                or mention.kind not in ("day", "range", "period", "open-end")
            ):
                continue
            found = _event(text, mention)
            if found:
                yield _Dated(*found, block, mention)


def _event(text: str, mention: Mention) -> tuple[str, str] | None:
    """The event that the mention dates, and the verb: 3月5日印发《办法》, 《办法》于3月5日印发, 《办法》（3月5日印发）."""
    start, _ = sentence_of(text, mention.start, mention.end)
    before = _NAME_FIRST.search(text, max(start, mention.start - _LONGEST), mention.start)
    verb = _THEN_DONE.match(text, mention.end)
    if before and verb:
        return _told_once(before, verb["verb"], text[start : verb.end()])
    if inside_quotes(text, mention.start):
        return None
    after = _DONE_BY.match(text, mention.end) or _DONE_TO.match(text, mention.end)
    return _told_once(after, after["verb"], text[start : after.end()]) if after else None


def _told_once(match: re.Match[str], verb: str, around: str) -> tuple[str, str] | None:
    groups = match.groupdict()
    event = (groups["event"] or groups.get("place") or "").strip()
    telling = around.replace(event, "")
    if _AGAIN.search(telling) or to_come(telling) or not _once(event, match.group(), verb):
        return None
    return event, verb


def _once(event: str, words: str, verb: str) -> bool:
    """What is held may be held again, unless it is numbered; and a warning or a list may be published again."""
    if verb in _HELD.split("|"):
        return "第" in event and not event.startswith("《")
    if event.startswith("《"):
        return True
    return verb not in _PAPERS_ONLY and not _RECURRING.search(event.strip("“”")) and "例会" not in words


def _apart(one: _Dated, other: _Dated) -> bool:
    """No day in common. 《年度工作要点》 comes out every year anew."""
    first, last = _days(one.mention)
    begins, ends = _days(other.mention)
    told = one.mention.explicit_year and other.mention.explicit_year
    if told and first.year != begins.year and _YEARLY.search(one.event):
        return False
    return last < begins or ends < first


def _days(mention: Mention) -> tuple[date, date]:
    """Its first and last day; of 自7月1日起 the day on which it begins."""
    first = mention.first or date.min
    return first, mention.last or first
