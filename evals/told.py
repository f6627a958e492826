"""How a text tells a thing: as done, as still to come, inside a title; and how many years back a report looks."""

from __future__ import annotations

import re

from drafting.dates import Mention
from drafting.numerals import han_value
from evals.examined import Examined, Sentence

_STOPS = "。！？；\n"
_CLAUSE_STOPS = _STOPS + "，：,"
_REACH = 300
"""Characters on either side of a place. What no stop or quotation mark ends within them is no sentence and no title."""

_TO_COME = re.compile(
    r"(?<![即小])将(?!近)|拟|计划(?!生育)|预计|力争|争取|确保|打算|下一?步|今后|未来|即将|届时|迎接|喜迎|筹备|筹办|前期|谋划|编制|"
    r"起草|展望|思路|备战|奠定|打下|打牢|争做|到[〇零一二三四五六七八九\d]{4}年|准备|(?<![重主摘纪概简提必])要(?![素求点件闻])|应(?:当|于|在)|须|定于|择期|推迟|原定|改期|明年|后年"
)
_HAPPENED = re.compile(
    r"召开|举办|举行|印发|签订|签署|出台|启动|下发|通过|投入|处罚|查处|走访|慰问|约谈|演练|参加|承办|获得|荣获|评为|收到|建成|竣工|开展|"
    r"组织|检查|培训|发生|接到|发现|完成|发放|发布|揭牌|成立|完工|开工|通车|投产|整改|邀请|表彰|报送|传达|"
    r"听取|审议|部署|调研|督导|督查|抽查|约谈|座谈|观摩|安装|验收|慰问|受理|办理|排查|查处|到位"
)
_NOT_YET = re.compile(
    _TO_COME.pattern
    + r"|限期|前完成|底前|之前|以前|安排[在于]|目标|规划|起施行|实施|截止|有效期|到期|期限|为期|至今|暂定|推后|延[期长至]"
)
_GIVEN_IN = re.compile(r"政府工作报告|(?:委员会|法院|检察院|代表大会)[^，。]{0,8}工作报告")
_REVIEW = re.compile(
    r"(?:过去|近|这|前|最近|刚刚过去的?|以来的?)的?(?P<years>[两二三四五六七八九十])年|(?P<come>[两二三四五六七八九十])年(?:来|间)|本届政府|任期(?!制)"
)


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around a span, up to 。！？；."""
    return _bounds(text, start, end, _STOPS)


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause around a span, up to a comma or colon as well."""
    return _bounds(text, start, end, _CLAUSE_STOPS)


def _bounds(text: str, start: int, end: int, stops: str) -> tuple[int, int]:
    earliest, latest = max(0, start - _REACH), min(len(text), end + _REACH)
    first = max(max(text.rfind(mark, earliest, start) for mark in stops) + 1, earliest)
    after = [at for mark in stops if (at := text.find(mark, end, latest)) >= 0]
    return first, min(after, default=latest)


def to_come(words: str) -> bool:
    """Do these words speak of what is still ahead, or of getting ready for it?"""
    return _TO_COME.search(words) is not None


def inside_title(text: str, at: int) -> bool:
    """Does that character stand between 《 and 》?"""
    before = max(0, at - _REACH)
    return text.rfind("《", before, at) > text.rfind("》", before, at)


def inside_quotes(text: str, at: int) -> bool:
    """Does that character stand in 《》, “” or brackets?"""
    before = text[max(0, at - _REACH) : at]
    return any(before.count(one) > before.count(other) for one, other in ("《》", "“”", "（）", "()", "〔〕"))


def around(mention: Mention, sentence: Sentence) -> tuple[str, str]:
    """What the sentence says before the mention and after it, within reach."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    return sentence.text[max(0, start - _REACH) : start], sentence.text[end : end + _REACH]


def told_as_done(mention: Mention, sentence: Sentence) -> bool:
    """5月12日，组织演练3场: a day that begins its clause, with a verb of doing after it and nothing ahead in the sentence."""
    if (
        mention.kind not in ("day", "range", "period")
        or mention.comparison
        or inside_quotes(sentence.text, mention.start - sentence.start)
    ):
        return False
    before, rest = around(mention, sentence)
    if (before.strip() and before.rstrip()[-1] not in "，、：。；,于在") or rest.startswith(
        ("前", "起", "止", "的", "后", "之", "以", "至")
    ):
        return False
    return _HAPPENED.search(rest[:24]) is not None and not _NOT_YET.search(before + rest)


def named_after_its_year(document: Examined) -> bool:
    """Is it a 政府工作报告 or the like, whose title bears the year in which it is given while it reviews the one before?

    Read off such a title, the period is a year late.
    """
    period = document.period
    if period is None or period.kind != "year":
        return False
    titles = (document.texts[index] for index, _ in document.of_type("title"))
    return any(_GIVEN_IN.search(title) and f"{period.year}年" in title for title in titles)


def looks_back(document: Examined) -> int:
    """How many years before its period the document reviews: 5 for 过去五年 or 本届政府, 0 where it speaks of no such span."""
    spans = [match["years"] or match["come"] or "五" for match in _REVIEW.finditer(document.text)]
    return max((int(han_value(span) or 0) for span in spans), default=int(named_after_its_year(document)))
