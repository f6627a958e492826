"""The report's time: what is told as done lies in the period (D302)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from drafting.dates import Mention
from drafting.period import Period
from evals.examined import Examined, Sentence
from evals.finding import Finding
from evals.nearby import starting_in
from evals.rule import rule
from evals.told import around, inside_quotes

_MONTH = 31
"""Days. What is wider than a month (2023年, 上半年) says too little about when a thing was done."""
_QUARTER = 92
"""Days. What lies wholly behind the period may be as wide: 第四季度，组织演练3场."""
_DONE = re.compile(
    r"召开|开展|组织|举办|举行|完成|印发|建成|签订|签署|发放|培训|检查|查处|修订|出台|启动|下发|通过|投入|排查|整改|处罚|新增|成立|制定|"
    r"邀请|走访|慰问|约谈|督查|督导|调研|演练|参加|承办|获得|荣获|评为|收到|办理|受理|安装|改造|清理|整治|报送|上报|表彰|部署|传达|学习|"
    r"处置|竣工|验收|上线|启用|揭牌|选聘|招聘|兑现|封顶|到位|回访|交付|开通|发布|发出|通报|颁发|办结|投产|签约|中标|到货|接待|化解|核查|复核"
)
_FACTUAL = re.compile(r"已|了|共|先后|累计|顺利|成功|圆满")
_PLANNED = re.compile(
    r"(?<![即小])将(?!近)|拟|计划(?!生育)|预计|力争|争取|确保|目标是|打算|安排[在于]|规划(?:到|在|于)|限期|限于|底前|月前|日前|年前|之前|以前|届时|下一?步|今后|"
    r"(?<![重主摘纪概简提必])要(?![素求点件闻])|应(?:当|于|在)|须|需要?(?!求)|定于|择期|延[至长]|推迟|原定|改期|即将|迎接|筹备|筹办|备战|到期|截止|有效期|为期|期满|起施行|"
    r"到[〇零一二三四五六七八九\d]{2,4}年|做好[^。；]{0,12}准备|有望|(?<![接招看对等期])待(?!遇)|尚未|未完成|明年|开始实施|距|离(?=[\d１２])|还有"
)
_PAST = re.compile(
    r"以来|去年|上年|前年|同期|比|较|历史|曾|当时|此前|以后|至今|开始|开工(?!作)|立项|获批|批复|印发的|发布的|出台的|制定的|成立|组建|自|从|起|"
    r"上[一次轮个]|前[一次期]|期间|背景|原|回顾|其中|续|追溯|累计|发生|延续|建成|纳入|升级|入选"
)


@rule(
    code="D302",
    name="报告期外的事",
    name_en="told as done outside the period",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def outside_period(document: Examined) -> Iterator[Finding]:
    """An error where it lies after the date of issue as well, a warning between the period's end and that day or before the period.

    Plans, deadlines, comparisons, records and titles are left alone, and so is every section about what comes next.
    """
    period = document.period
    if period is None or _unfinished(document, period):
        return
    for index, _ in document.of_type("lead", "paragraph"):
        if index not in document.ahead:
            for sentence in document.sentences(index):
                yield from _strays(document, sentence, period)


def outside(
    document: Examined, sentence: Sentence, period: Period
) -> Iterator[tuple[Mention, Literal["after", "before"]]]:
    """What the sentence tells as done after the period, or as this period's work before it."""
    for mention in starting_in(document.mentions[sentence.block], sentence.start, sentence.end):
        if not _stands_free(mention, sentence):
            continue
        if _counts_beyond(document, mention):
            if _told_as_done(mention, sentence):
                yield mention, "after"
        elif not _dates_an_event(mention, period):
            continue
        elif mention.first and mention.first > period.last and _told_as_done(mention, sentence):
            yield mention, "after"
        elif mention.last and mention.last < period.first and _told_as_now(mention, sentence, period):
            yield mention, "before"


def _strays(document: Examined, sentence: Sentence, period: Period) -> Iterator[Finding]:
    for mention, side in outside(document, sentence, period):
        if side == "after":
            yield _after(document, sentence, mention, period)
        else:
            yield outside_period.finding(
                document,
                sentence.block,
                mention.start,
                mention.end,
                f"“{mention.text}”在报告期{period}之前，却当作本期的工作写",
                f"{mention.text} lies before the period, yet is told as its work",
                evidence=_reckoning(mention, period),
                severity="warning",
            )


def _after(document: Examined, sentence: Sentence, mention: Mention, period: Period) -> Finding:
    issued = document.issued
    wide = mention.first and mention.last and (mention.last - mention.first).days > _MONTH
    day = mention.last if wide else mention.first
    known = issued is not None and day is not None and day <= issued
    message = f"“{mention.text}”在报告期{period}之后，却写成已经做了"
    return outside_period.finding(
        document,
        sentence.block,
        mention.start,
        mention.end,
        message,
        f"{mention.text} lies after the period, yet is told as done",
        evidence=_reckoning(mention, period),
        severity="warning" if known else "error",
    )


def _reckoning(mention: Mention, period: Period) -> str:
    return f"{mention.text}＝{mention.first}至{mention.last}；报告期 {period.first}至{period.last}"


def _unfinished(document: Examined, period: Period) -> bool:
    """A document issued before its period was half over is a plan, or its period was misread."""
    return document.issued is not None and document.issued < period.first + (period.last - period.first) / 2


def _stands_free(mention: Mention, sentence: Sentence) -> bool:
    """Not within a title, quotes or brackets, and not what a figure is compared with."""
    return not mention.comparison and not inside_quotes(sentence.text, mention.start - sentence.start)


def _dates_an_event(mention: Mention, period: Period) -> bool:
    if mention.kind not in ("day", "range", "period") or not (mention.first and mention.last):
        return False
    return (mention.last - mention.first).days <= (_QUARTER if mention.first > period.last else _MONTH)


def _counts_beyond(document: Examined, mention: Mention) -> bool:
    """截至8月底 in a report of July: what is counted up to the day of issue is known, what lies in a later month is not."""
    if mention.kind != "open-start" or mention.last is None or not mention.text.startswith("截"):
        return False
    return document.issued is not None and mention.last.replace(day=1) > document.issued


def _told_as_done(mention: Mention, sentence: Sentence) -> bool:
    before, rest = around(mention, sentence)
    if _PLANNED.search(f"{before}{rest}".replace(mention.text, "")) or rest.startswith(
        ("前", "起", "止", "的", "后", "以前", "之前")
    ):
        return False
    return bool(_DONE.search(rest[:24]) or _FACTUAL.search(rest))


def _told_as_now(mention: Mention, sentence: Sentence, period: Period) -> bool:
    """A month without its year counts where the year is the period's own: 3月 in the report of a third quarter."""
    own = mention.explicit_year or (mention.first is not None and mention.first.year == period.first.year)
    before, rest = around(mention, sentence)
    at_head = not before.strip() or before.rstrip()[-1] in "。；，：是"
    if not own or not at_head or _PAST.search(before + rest) or rest.startswith("的"):
        return False
    return bool(_DONE.match(rest.lstrip("，, "))) and not _PLANNED.search(rest)
