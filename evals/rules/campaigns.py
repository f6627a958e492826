"""Campaigns and events against the timeline: an ended one told as a task (D306), a thing before its time (D307)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from evals.examined import Examined
from evals.finding import Finding, Severity
from evals.naming import Named, named
from evals.nearby import ends_at
from evals.rule import rule
from evals.timeline import EntryKind, of_kind
from evals.told import clause_of, inside_title, looks_back, sentence_of, to_come

_SPOKEN = frozenset({"title", "heading", "lead", "paragraph", "outlook"})
_MANNER = (
    r"(?:坚决|全力|全面|深入|扎实|大力|持续|继续|认真|着力|切实|有序|积极|纵深|统筹|不断|强力|进一步|精准|广泛|严格|稳步|高质量|"
    r"抓紧|奋力|深化)*"
)
_TASK = re.compile(
    _MANNER
    + r"(?:打赢|打好|打胜|决战|决胜|推进|推动|开展|开好|实施|做好|抓好|抓实|抓|落实|组织|参与|助力|聚焦|投身|投入|服务|完成|攻克|紧扣|锚定|瞄准|"
    r"夺取|加快|强化|部署|启动|进行|坚持|搞好|迎战|实现|贯彻|深化|开局)(?P<between>[^，。；：\d]{0,9})$"
)
_LED_BY = re.compile(r"以(?P<between>)〇(?:工作|任务)?(?:统揽|统领|为契机|为抓手|为引领|为重点|为主线|为总揽)")
_NOT_A_TASK = re.compile(
    r"巩固|拓展|总结|回顾|经验|弘扬|传承|成果|衔接|后|历程|表彰|普查|自|从|以来|监测|审计|档案|评估|后续|遗留"
)
_YEAR = re.compile(r"([12]\d{3})\s*年")
_OUTCOME = re.compile(
    r"成果|成效|胜利|精神|经验|历程|时期|期间|以来|收官(?![战仗之])|结束|常态化|长效|制度化|衔接|取得|圆满|历史|后续|完成后|普查|表彰|先进|档案|评估|"
    r"伟业|壮举|事业|纪念|(?<![开进拓发推])展|题材|故事|剧|过渡期|之后|以后|部署要求的延续|回头看|资产|资金|任务(?:已|如期|全面|胜利)"
)
_OVER = re.compile(
    r"如期|曾|当年|胜利|圆满|取得|历史|过去|原先|原来|已经?(?!将)|此前|先后|自[^，。；]*以来|上[一届]|回顾|总结|经验"
)
_KEY_YEAR = re.compile(
    r"[^，。；]{0,22}?(?:之年|的?[一第][^，。；]{0,2}年|决胜期|攻坚期|决战期|冲刺期|收官期|关键期|关键时期|关键阶段|决胜阶段|攻坚阶段)"
)
_IS_NOW = re.compile(r"是|正处|处于|处在|进入|迎来|作为")
_GOING_ON = re.compile(
    r"[”』」]?(?:工作|任务|形势)*(?:正在|正有序|依然|仍然|仍旧|(?:进入|处于)[^，。；]{0,8}(?:阶段|时期|期)(?![^，。；]*时))"
)
_MADE_A_TASK = re.compile(r"[”』」]?(?:工作|任务)*作为[^，。；]{0,12}(?:任务|大事|工程|抓手|中心|重点|主线|统领)")
_STRIVEN_FOR = re.compile(
    r"(?:向着?|朝着?|为(?:如期|早日|实现)*)〇[^，。；]{0,8}(?:迈进|前进|努力|奋斗|冲刺)|夺取〇[^，。；]{0,4}新胜利"
)
_STRESSED = re.compile(r"(?:坚决|确保|力争|全力|奋力|必须|坚持)")
_BEHIND = re.compile(r"[”』」]?(?:工作|任务|行动|攻坚|战役|部署|专项)*")


@rule(
    code="D306",
    name="已结束的专项当作现行任务",
    name_en="an ended campaign told as current",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def ended_campaign(document: Examined) -> Iterator[Finding]:
    """坚决打赢脱贫攻坚战 as a task, 是决胜全面建成小康社会的关键一年 of a year after it. The bare name is no fault.

    Over is what ended before the period began, or before the years that the document reviews. Its outcome (成果, 常态化, 衔接), its
    history and the past tense are left alone; told with 了 as work of this period it is a warning.
    """
    period = document.period
    if period is None:
        return
    horizon = date(max(1, period.first.year - looks_back(document)), period.first.month, 1)
    rows = of_kind("campaign", "task", entries=document.timeline)
    over = tuple(row for row in rows if row.last and row.last < horizon and row.after in ("lasting", "past"))
    for name in named(document, over):
        severity = _as_task(document, name)
        if severity:
            yield _ended(document, name, severity)


def _as_task(document: Examined, name: Named) -> Severity | None:
    """How badly the clause tells the name as a task of now, None where it does not."""
    text = document.texts[name.block]
    if document.blocks[name.block].type not in _SPOKEN or inside_title(text, name.start):
        return None
    first, end = clause_of(text, name.start, name.end)
    before, after = text[first : name.start], text[name.end : end]
    if _of_its_years(name, text):
        return None
    if _IS_NOW.search(before) and _KEY_YEAR.match(after):
        return None if _OVER.search(before) else "error"
    if _STRIVEN_FOR.search(f"{before}〇{after}"):
        return "error"
    going_on = _GOING_ON.match(after) or (re.search(r"[把将]$", before) and _MADE_A_TASK.match(after))
    if going_on:
        return None if _OVER.search(before) or _outcome(name, after[going_on.end() :]) else "error"
    return _governed(document, name, before, after)


def _of_its_years(name: Named, text: str) -> bool:
    """Does the sentence speak of a year in which it ran: 2020年坚决打赢…?"""
    first, end = sentence_of(text, name.start, name.end)
    years = _YEAR.findall(text[first : name.start] + text[name.end : end])
    last = name.entry.last
    return last is not None and any(name.entry.first.year <= int(year) <= last.year for year in years)


def _governed(document: Examined, name: Named, before: str, after: str) -> Severity | None:
    """The verb that governs the name: in its own clause, its name's first word (决胜…) included."""
    task = (
        _TASK.search(before)
        or _LED_BY.search(f"{before}〇{after}")
        or (_TASK.match(document.texts[name.block][name.start : name.start + 2]))
    )
    if task is None or _NOT_A_TASK.search(task["between"] or "") or _outcome(name, after):
        return None
    ahead = name.block in document.ahead or to_come(before) or _STRESSED.search(before) is not None
    done = re.search(r"了|过$", task.group()) is not None
    if not ahead and (_OVER.search(before) or re.search(r"完成|实现", task.group())):
        return "warning" if done and not _OVER.search(before) else None
    return "warning" if done else "error"


def _outcome(name: Named, after: str) -> bool:
    own = name.entry.afterwards
    return _OUTCOME.search(after) is not None or any(word in after for word in own)


def _ended(document: Examined, name: Named, severity: Severity) -> Finding:
    entry = name.entry
    text = document.texts[name.block][name.start : name.end]
    words = "、".join(entry.afterwards)
    return ended_campaign.finding(
        document,
        name.block,
        name.start,
        name.end,
        f"“{text}”已于{entry.until}结束，却当作现行任务写" + (f"；之后可写{words}" if words else ""),
        f"{entry.term} ended on {entry.until}, yet is told as a current task",
        evidence=f"{entry.term}：{entry.span}（{entry.source}；{entry.note}）；报告期 {document.period}",
        severity=severity if entry.sure else "warning",
    )


_HELD = re.compile(
    r"[”』」]?(?:的?精神|以来|闭幕|(?:胜利|隆重|成功|在京)召开|召开后|召开以来|报告|公报|(?:作出|提出|确定|通过|审议通过|部署|明确|强调|指出|要求|擘画|描绘)的?(?!后)|对[^，。；]{0,10}(?:作出|提出)|"
    r"的?(?:重大|战略|决策)*部署|《|关于|规定|结果|主要数据|数据公报|期间|成果)"
)
_STUDIED = re.compile(r"(?:学习|宣传|宣讲|传达|领会|研读|贯彻|落实|践行|执行|依据|根据|按照|遵照|对标)[^，。；]{0,22}$")
_HELD_BEFORE = re.compile(r"(?:开展|组织|举办|召开|完成|参加|出席)了[^，。；]{0,6}$|(?:自|从)$|已[^，。；]{0,8}$")
_AWAITED = re.compile(
    r"迎接|喜迎|筹备|筹办|准备|即将|召开前|之前|选举|代表候选人|献礼|营造|推荐|届时|编纂|起草|草案|征求|立法|试点|到$|至$"
)
_HAPPENING: tuple[EntryKind, ...] = ("congress", "plenum", "session", "campaign", "task", "concept", "body", "census")
_COUNTED = re.compile(r"\d\s*(?:余|多)?[次个场份人名处件项家篇期轮户条]")
_OTHER_THING = re.compile(r"[门队类项件个座届]|重点|亮点|新闻|行动|工程|举措")
_PART_OF_A_NUMBER = re.compile(r"[第零一二三四五六七八九十百两\d]$")


@rule(
    code="D307",
    name="事情还没有发生",
    name_en="a thing before its time",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def before_its_time(document: Examined) -> Iterator[Finding]:
    """二十届三中全会精神 in a report of 2023. What can be awaited or prepared counts only where it is told as held or in force.

    A concept or an organ that had no name yet counts wherever it stands; a campaign as a task counts with what was done in it, for
    it may have been announced. Time is the date of issue, else the period's end.
    """
    today = document.reference
    if today is None:
        return
    rows = of_kind(*_HAPPENING, entries=document.timeline)
    for name in named(document, tuple(row for row in rows if row.state(today) in ("unnamed", "ahead"))):
        entry, text = name.entry, document.texts[name.block]
        if _is_it(name, text) and (entry.before == "unnamed" or _as_held(name, text)):
            yield before_its_time.finding(
                document,
                name.block,
                name.start,
                name.end,
                f"“{text[name.start : name.end]}”在{entry.since}，本文在此之前（{today}）",
                f"{entry.term} dates from {entry.since}, this text from {today}",
                evidence=f"{entry.term}：{entry.span}（{entry.source}）；本文 {today}",
                severity="error" if entry.sure else "warning",
            )


def _is_it(name: Named, text: str) -> bool:
    """Not a part of another word: 农业部门, 十大类, 第二十大."""
    if name.entry.kind not in ("body", "congress"):
        return True
    return not (_OTHER_THING.match(text, name.end) or ends_at(_PART_OF_A_NUMBER, text, name.start, 1))


def _as_held(name: Named, text: str) -> bool:
    first, end = clause_of(text, name.start, name.end)
    before, after = text[first : name.start], text[name.end : end]
    if _AWAITED.search(before + after) or to_come(before):
        return False
    if name.entry.kind in ("congress", "plenum", "session"):
        return bool(_HELD.match(after) or _STUDIED.search(before) or _HELD_BEFORE.search(before))
    sentence = text[slice(*sentence_of(text, name.start, name.end))]
    doing = _TASK.search(before) or _LED_BY.search(f"{before}〇{after}") or before.endswith("结合")
    if doing and _COUNTED.search(sentence) and not to_come(sentence):
        return True
    return bool(
        re.match(r"[”』」]?(?:(?:开展|启动|实施)?以来|期间|成果|结果|主要数据|数据公报|公报|取得)", after)
        or _HELD_BEFORE.search(before)
    )
