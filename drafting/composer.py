"""The composer: words points without a model. Faithful by rule: every fact in its own words, joined and punctuated as formal prose."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from drafting.facts import Fact
from drafting.themes import theme_of
from drafting.wording import formal, sentence, unfinished


def compose(
    facts: Sequence[Fact], *, gist: bool, heading: str = "", taken: Collection[str] = (), sentence_length: int = 0
) -> tuple[str, str]:
    """(gist, body) of a point. The gist is empty where none is wanted or none fits: not `taken`, not an echo of the section's heading.

    Acts of one subject run on in one sentence until it comes to `sentence_length` characters.
    """
    body = sentence(_join([_clause(fact.text) for fact in facts], sentence_length))
    return gist_of(facts, heading, taken) if gist else "", body


def gist_of(facts: Sequence[Fact], heading: str, taken: Collection[str]) -> str:
    """The first free gist of the first fact whose theme is known; the facts' order decides, not chance."""
    for fact in facts:
        theme = theme_of(fact.text)
        for gist in theme.gists if theme else ():
            if gist not in taken and gist[-4:] not in heading and not fact.text.startswith(gist):
                return gist
    return ""


# A count of a noun that wants its verb: 行政处罚21起 → 实施行政处罚21起.
_BARE = (
    (re.compile(r"^(?=行政处罚\s?\d)"), "实施"),
    (re.compile(r"^(?=(?:专题|工作|专题工作)会议?\s?\d)"), "召开"),
    (re.compile(r"^(?=(?:应急)?演练\s?\d)"), "组织"),
    (re.compile(r"^(?=(?:执法|监督|安全|专项)?检查(?:企业|单位|场所)?\s?\d)"), "累计"),
    (re.compile(r"^(?=(?:隐患)?(?:排查|整改)(?:隐患)?\s?\d)"), "累计"),
)


def _clause(text: str) -> str:
    plain = unfinished(formal(text))
    for pattern, verb in _BARE:
        plain = pattern.sub(verb, plain, count=1)
    return plain


_ACTS = re.compile(
    r"^(?:对|与|向|为|在|从|围绕|通过|依法|联合|会同|全面|深入|集中|持续|积极|认真|共|累计|先后|召开|组织|开展|举办|举行|承办|签订|修订|印发|制定|"
    r"出台|完善|建立|健全|完成|新增|新建|建成|培训|推动|推进|发放|投入|查处|排查|整改|检查|抽查|巡查|实施|落实|安排|争取|拨付|成立|设立|选派|"
    r"走访|慰问|接待|受理|办理|办结|发布|推送|编制|邀请|参加|参与|配备|购置|采购|改造|清理|整治|取缔|关停|约谈|督促|指导|协调|化解|调解|征集|"
    r"收集|梳理|更新|升级|接入|储备|处置|救助|资助|招录|引进|引导|支持|帮助|解决|发现|责令|移送|立案|结案|免除|减免|兑现|表彰|评选|命名|验收)"
)


def _join(texts: Sequence[str], length: int) -> str:
    """Clauses joined so that who did what stays plain: 并 between two short acts of the same subject, a semicolon elsewhere.

    A comma where the next act is of the same subject and the sentence is not yet as long as is usual.
    """
    if len(texts) == 2 and all(_simple(text) for text in texts) and _ACTS.match(texts[1]) and _ACTS.match(texts[0]):
        link = "，" if texts[1].startswith(("并", "累计", "共", "先后")) else "，并"
        return texts[0] + link + texts[1]
    joined = texts[0]
    for text in texts[1:]:
        begun = len(re.split("[。；]", joined)[-1])
        if begun + len(text) <= length and "。" not in joined + text and _ACTS.match(text) and _ACTS.match(joined):
            joined += "，" + text
            continue
        joined += (
            "" if joined.endswith(("。", "！", "？")) else "。" if "。" in joined or "。" in text else "；"
        ) + text
    return joined


def _simple(text: str) -> bool:
    return len(text) <= 30 and not re.search("[，；。：]", text)
