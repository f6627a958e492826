"""Requests: what only a 请示 may ask, asked in a report (S117)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.examined import Examined, Sentence
from evals.finding import Finding
from evals.nearby import ends_at
from evals.rule import rule

_REPORT = re.compile(r"报告(?:[（(][^（）()]{1,20}[）)])?$")
_KIN = re.compile(r"(?:总结|汇报|小结)(?:[（(][^（）()]{1,20}[）)])?$")
_ABOVE = (
    r"(?:贵|省|市|县|区|州|镇|上级|国家|国务院|党中央|中央|领导|各级|有关|相关|财政|主管|你|"
    r"[一-鿿]{0,6}(?:政府|党委|委|局|厅|部|办))"
)
_GRANT = (
    r"拨[付给款]?|划拨|追加|增拨|安排|解决|批准|批复|审批|核准|批示|支持|帮助|给予|予以|协调|明确|同意|增加|"
    r"核[定增拨]|调整|减免|指示|答复|授权|下达|纳入|配[备齐]"
)
_HEAD = r"(?:^|[，；。：\s])"
_BEG = "恳请|敬请|恳望|恳求"
# An organ above, named in full: 请各单位抓好落实 asks nothing of one's superiors.
_SUPERIOR = r"(?:上级|贵|(?:省|市|县|区|州)[一-鿿]{0,8}?(?:政府|党委|委|局|厅|办))"
_MEANS = r"(?:资金|经费|编制|指标|预算|用地)"
_REQUEST = re.compile(
    r"(?:妥|当|可|是)否(?:妥当|可行|同意)?[，,]?(?:请|敬请|恳请|望|盼)[^。；]{0,6}(?:批示|批复|审批|指示|批准|复示|函复|示|复)"
    rf"|(?:{_HEAD}|特|现|为此|故|谨|兹|并)(?:特|谨|现)?(?:恳请|敬请|恳望|请求|盼){_ABOVE}[^，。；]{{0,24}}(?:{_GRANT})"
    rf"|(?:{_BEG}|(?:{_HEAD}|特|谨|现|为此)(?:特|谨|现)?请求|请(?=予)|盼(?=予))(?:予以?|给予)?(?:协调)?(?:{_GRANT})"
    rf"|(?:{_HEAD}|现|特|为此)[请望盼]{_SUPERIOR}[^，。；]{{0,16}}"
    rf"(?:批准|批复|审批|核准|拨[付给款]|划拨|追加|增拨|解决|同意|(?:给予|予以)[^，。；]{{0,6}}(?:支持|补助|倾斜)|安排[^，。；]{{0,8}}{_MEANS})"
    rf"|(?:{_HEAD}|如无不[妥当]，?|无不妥)(?:敬|恳|特|呈|并|即)?请(?:予以?|给予|尽快|尽早|及时)?"
    r"(?:批准|批复|批示|审批|核批|核准|拨付|批转)(?!后|的)"
    rf"|(?:{_HEAD}|特|现)(?:特此|专此|谨此|特|现)(?:请示|申请)(?![人单书])"
    r"|(?:^|[，；。：])(?:敬|恳|盼|请|望)?(?:请|望|盼|祈)(?:复示|批复为[盼荷]|函复|予批复|示复)"
)
# Told of others, or told as done, it is no request of this report: 群众请求帮助, 报请市政府批准, 经请示同意.
_TOLD = re.compile(
    r"(?:群众|企业|居民|村民|职工|当事人|申请人|申请单位|业主|代表|委员|家长|学生|干部|部门|单位|乡镇)[^，。；]{0,10}$"
    r"|(?:已|已经|曾|及时|多次|先后|主动|经(?![费济营])|后|会同|统一|依法|按程序|按规定)[^，。；]{0,4}$"
)
_DONE = re.compile(r"^[^。；]{0,24}(?:后[，,]|已(?:批准|批复|获)|获(?:得)?批|得到(?:批准|支持)|，(?:已|并已)|了)")
_QUOTES = re.compile(r"“[^”]{0,300}”|《[^》]{0,300}》|‘[^’]{0,300}’")


@rule(code="S117", name="报告夹带请示", name_en="a request inside a report", severity="error", basis="regulation")
def request(document: Examined) -> Iterator[Finding]:
    """党政机关公文处理工作条例，第十五条（四）: 不得在报告等非请示性公文中夹带请示事项. 特此报告 and 请审阅 request nothing.

    The regulation speaks of reports; in a 总结 or 汇报, which it does not know, a request is unusual only.
    """
    title = re.sub(r"\s", "", document.report.title)
    report = bool(_REPORT.search(title)) and "请示" not in title
    if not report and not _KIN.search(title):
        return
    for index, _ in document.of_type("lead", "paragraph", "outlook", "heading"):
        for sentence in document.sentences(index):
            yield from _requests(document, sentence, regulated=report)


def _requests(document: Examined, sentence: Sentence, *, regulated: bool) -> Iterator[Finding]:
    if "请" not in sentence.text and "盼" not in sentence.text and "望" not in sentence.text:
        return
    bare = _QUOTES.sub(lambda match: "〇" * len(match.group()), sentence.text)
    for match in _REQUEST.finditer(bare):
        start = match.start() + len(match.group()) - len(match.group().lstrip("，；。：, 　"))
        if ends_at(_TOLD, bare, start, 24) or _DONE.match(bare, match.end()):
            continue
        if regulated:
            message = "报告里不能请示：公文处理工作条例第十五条规定，不得在报告等非请示性公文中夹带请示事项"
        else:
            message = "汇报、总结通常不夹带请示事项，需要批准的另行请示"
        yield request.finding(
            document,
            sentence.block,
            sentence.start + start,
            sentence.start + match.end(),
            message,
            "a report may not carry a request",
            severity="error" if regulated else "warning",
        )
