"""Statuses: what is planned, under way, only just begun or not so at all, and whether a text tells it as done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Status:
    """`said` marks it in a fact; any of `kept` in the text keeps it."""

    said: re.Pattern[str]
    kept: re.Pattern[str]


_COMING = "拟|计划|将(?!近|军)|准备|打算|预计|即将|谋划|筹备|待"
_UNDER_WAY = "正在|正(?=[处开进按由组加抓紧有推])|在建|中(?=[，。；、）)]|$)|仍在|尚在|还在|进行"
_AIM = "力争|争取|确保|努力|目标"
_REACH = "建成|完成|形成|实现|建立|确立|具备|达到|解决|达成|确定|查明|摸清|消除|落实|得到|满足|恢复"

_STATUSES = tuple(
    _Status(re.compile(said), re.compile(kept))
    for said, kept in (
        ("拟(?!定|订|稿|合|任)", _COMING),
        (
            "(?<![度作动训检定施建级期项产年学案展才])计划(?!生育|单列|书|经济|内|外|总|安排|的|和|与|及|任务|数|[，。；、》”）]|$)",
            _COMING,
        ),
        ("即将|将(?=于|在(?!建)|择机)", _COMING),
        ("正在|在建(?!立)|(?:推进|进行|建设|施工|办理|审批|审理|调查|筹备|整改)中(?=[，。；）]|$)", _UNDER_WAY),
        ("力争|争取(?=[^，。；]{0,12}(?:前|年内|完成|建成|实现|达到|突破|通车|投产))", _AIM),
        ("预计|有望", "预计|预期|预测|有望|将(?!近|军)"),
        (f"基本(?=上?(?:{_REACH}|稳定|平稳|平衡|持平))", "基本|大体|总体"),
        (f"初步(?={_REACH}|统计|核算|测算|估算)", "初步"),
        ("限期", "限期|限于|限(?=\\d)|责令|要求|须|将(?!近|军)"),
        ("(?:尚|还|仍|并)未|还没有?", "未|没有?|尚(?=[在待需])|仍(?=[在待需])|待(?=[完整解建落])"),
        ("待(?=验收|审批|批复|落实|完成|整改|办理|处理|建)", "待|未|尚|正在|仍"),
        ("试(?=运行|运营|营业|生产|用)", "试"),
    )
)
_SENTENCE = re.compile("[。；\n]+")
# No clause that is looked at is longer, so that reading stays linear.
_LONGEST_CLAUSE = 80
_MARKS = "，。；：\n"
_CLAUSE = re.compile(f"[{_MARKS}]+")
_DONE = re.compile("已(?!有|经开)|建成|完成|竣工|全面")


def without_status(fact: str) -> str:
    """The fact without its status words and denials; as it was where it has none."""
    for status in _STATUSES:
        fact = status.said.sub("", fact)
    return _NEGATED.sub(lambda match: match["what"], fact)


def raised(fact: str, text: str) -> Iterator[str]:
    """The status words of a fact that the text's own sentence on the same matter has lost: 拟建设 told as 建设, or as 已建成."""
    for status in _STATUSES:
        found = status.said.search(fact)
        if found is None:
            continue
        clause = _around(fact, found.start())
        sentence = _closest(clause, _SENTENCE.split(text))
        told = _closest(clause, _CLAUSE.split(sentence))
        done = _DONE.search(told)
        flatly = done is not None and done.group() not in fact and not status.kept.search(told)
        if flatly or not status.kept.search(sentence):
            yield found.group()


def _around(text: str, place: int) -> str:
    """The clause that holds the character at `place`."""
    low, high = max(0, place - _LONGEST_CLAUSE), place + _LONGEST_CLAUSE
    start = max(low, *(text.rfind(mark, low, place) + 1 for mark in _MARKS))
    ends = (text.find(mark, place, high) for mark in _MARKS)
    return text[start : min((end for end in ends if end >= 0), default=high)]


def _closest(clause: str, parts: list[str]) -> str:
    """The part that shares most characters with the clause; the first of equals."""
    chars = set(clause)
    return max(parts, key=lambda part: len(chars & set(part)))


# Words that tell a thing as finished, and what a fact must say for them.
_FINISHED = tuple(
    (re.compile(told), re.compile(stands_on))
    for told, stands_on in (
        ("建成|落成|竣工|完工", "建成|落成|竣工|完工|新建|建立|建有|改造|修建|组建|增建|扩建|完成"),
        ("投产|投用|投入使用|投入运行|投入运营|正式启用", "投产|投用|投入|启用|运行|使用|运营|上线|通车"),
        ("通车", "通车"),
        ("通过[^，。；]{0,4}验收|验收合格", "验收"),
        ("结案|办结|审结", "结案|办结|审结|办理|处理|完成|了结|回复|答复|判决|调解"),
        ("销号|清零|整改到位|(?:完成|全面)整改", "整改|销号|清零|治理|消除|完成"),
        ("全部(?=完成|整改|办结|到位|落实|建成|达标|合格|清零|销号)", "全部|全|均|各|都|100|百分之百|悉数"),
    )
)
_AIMED = re.compile("尽快|早日|力争|确保|推动|促进|加快|争取|为|将|拟|计划|要|督促|责令|限期|目标|预计")


def finished(text: str, known: str) -> Iterator[tuple[int, int]]:
    """Spans that tell a thing as finished where nothing known says so."""
    for told, stands_on in _FINISHED:
        for match in told.finditer(text):
            if match.group() in known or stands_on.search(known):
                break
            low = max(0, match.start() - _LONGEST_CLAUSE)
            start = max(low, *(text.rfind(mark, low, match.start()) + 1 for mark in "，。；"))
            if not _AIMED.search(text, start, match.start()):
                yield match.span()


_BOUND = "少于|超过|低于|多于|高于|小于|大于|足|到(?!位|场|期)"
_NEGATED = re.compile(
    rf"(?P<word>(?<![尚还仍并])未(?!来|成年)能?|没有|无(?!人机|线|锡|偿|形|缝)|不(?!{_BOUND}))(?P<what>[一-鿿]{{2}})"
)
_PLAINLY = re.compile(r"(?P<word>未(?!来|成年)能?|没有)(?P<what>[一-鿿]{2})")
_ANY_NO = re.compile("[未没无不非零免禁拒缺尚待杜避防]")
_REST = re.compile("其余|剩余|仍有|还有|另|余下|尚有")


def denials_lost(fact: str, text: str) -> Iterator[str]:
    """What a fact denies and the text affirms: 未发生事故 told as 发生事故."""
    for match in _NEGATED.finditer(fact):
        holding = [clause for clause in _CLAUSE.split(text) if match["what"] in clause]
        gone = match["word"][0] in "未没" and not holding and not _ANY_NO.search(text)
        if gone or (holding and not any(_ANY_NO.search(clause) for clause in holding)):
            yield match.group()


def denials_added(text: str, known: str) -> Iterator[tuple[int, int]]:
    """Spans that deny what the facts affirm: 发生事故 told as 未发生事故."""
    clauses: list[str] | None = None
    for match in _PLAINLY.finditer(text):
        clauses = _CLAUSE.split(known) if clauses is None else clauses
        holding = [clause for clause in clauses if match["what"] in clause]
        affirmed = bool(holding) and not any(_ANY_NO.search(clause) for clause in holding)
        if affirmed and not _REST.search(_around(text, match.start())):
            yield match.span()
