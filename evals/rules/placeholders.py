"""What was left in by mistake: placeholders (P201), notes to oneself (P202), a model's residue (P203)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evals.by_block import by_block
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import Rule, rule

_WHAT = (
    "同志|先生|女士|书记|局长|市长|县长|区长|主任|科长|工作领导小组|工作|单位|公司|企业|集团|医院|学校|中学|小学|大学|学院|"
    "局|委|办|厅|部|处|科|市|县|区|省|镇|乡|村|街道|社区|年|月|日|万元|亿元|元|次|家|人|名|个|项|起|场|%|％"
)
_COUNTED = "[万亿千百]?(?:平方米|公里|个百分点|家次|人次|件|份|户|场|处|吨|期|批|条|次|家|人|名|个|项|元|%|％)"
_CROSS = "[XxＸｘ×✕╳]"
_BLANK = re.compile(
    # A date that is open in whole or in part: 20XX年X月, XX年XX月XX日, 6月X日.
    rf"(?:(?:(?:19|20)(?:[XxＸ×]{{2}}|\d[XxＸ×])|(?<![A-Za-z0-9ＸｘxX×]){_CROSS}{{1,4}})年|(?<![A-Za-z0-9ＸｘxX×]))"
    rf"{_CROSS}{{1,2}}月(?:[XＸ×\d]{{1,2}}日)?"
    rf"|(?<![A-Za-z0-9ＸxＸ×✕╳])(?:[XxＸｘ]{{2,}}|[×✕╳]{{2,}})(?:{_COUNTED}|{_WHAT}|(?![A-Za-z_]|-\d))"
    rf"|某某+(?:{_WHAT})?"
    r"|(?:19|20)(?:[XxＸ×]{2}|\d[XxＸ×])年"
    r"|(?<![A-Za-z0-9])[XＸ×]年|\d{1,2}月[XＸ×]{1,2}日"
    r"|(?<![A-Za-z0-9])[XＸ](?=[市县区省镇乡村局])"
    rf"|(?<=[一-鿿]){_CROSS}{_COUNTED}"
    r"|(?<![A-Za-z0-9_])[_＿]{2,}(?![A-Za-z0-9_])"
    rf"|(?<=[一-鿿])[*＊]{{2,}}(?={_COUNTED})(?!.*?[*＊]{{2}})"
    r"|(?<![一二三四五六七八九十〇○◯])[○◯]{2,}(?![一二三四五六七八九十〇○◯])|[△□]{2,}"
    r"|(?<![ 　])[ 　]{2,}年[ 　]{2,}月(?:[ 　]{2,}日)?|[（(][ 　]+[）)]"
)
_TRACE = re.compile(r"[XxＸｘ×✕╳_＿*＊○◯△□ 　]|某某")
"""What every placeholder holds: most paragraphs hold none of it."""
_SOMEONE = re.compile(r"(?<!某)某(?!某)(?:局|市|县|区|省|镇|乡|村|单位|公司|集团|医院|学校|部|处|科|街道|社区)")
_PENDING = "待(?:补[充齐]?|核[实对查]?|定|填写?|确[认定]|完善|更新|查|续|统计|汇总)"
_WHICH = (
    "(?:此处|这里|该处|本[节段处])?[，,：:]?(?:具体|相关|有关|详细)?"
    "(?:数据|数字|内容|时间|日期|地点|人数|次数|金额|比例|名单|案例|材料|情况|做法)?"
)
_OPEN, _CLOSE, _INSIDE = r"[（(〔［\[【〈＜{｛]", r"[）)〕］\]】〉＞}｝]", r"[^（）()〔〕［］\[\]【】〈〉＜＞{}｛｝\n]"
_ASKED = "(?:请|需要?)(?:在此|予以)?(?:补充|填写|填入|插入|核实|完善|确认)"
_BY_OTHERS = f"待{_INSIDE}{{1,12}}?(?:提供|补充|核[实对]|确认|填报)"
_NOTE = re.compile(
    # （待核实12条） counts what is still being looked into.
    rf"{_OPEN}\s*{_WHICH}(?:{_PENDING}(?![一-鿿]{{0,6}}\d)|{_ASKED}){_INSIDE}{{0,20}}{_CLOSE}"
    rf"|[〔［\[【]\s*{_WHICH}{_BY_OTHERS}\s*[〕］\]】]|[（(]\s*(?:数据|数字|人数|金额){_BY_OTHERS}\s*[）)]|{_OPEN}后补{_CLOSE}"
    rf"|【[^【】]{{0,30}}?(?:{_PENDING}|请填|填写|插入|补充|占位)[^【】]{{0,30}}】"
    rf"|{_OPEN}\s*(?:此处|请在此|在此)(?:插入|填写|补充|添加|填入){_INSIDE}{{0,30}}{_CLOSE}"
    r"|\{\{[^{}]*\}\}|\$\{[^{}]*\}|<%[^%]*%>"
    r"|(?<![A-Za-z])(?:TODO|TBD|FIXME|TBC)(?![A-Za-z])"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A pattern of residue and what it is; `opening` where it counts at the head of a block only."""

    pattern: re.Pattern[str]
    what: str
    what_en: str


_YOURS = r"为您|为你|根据(?:您|你)|按照(?:您|你)|修改后|润色后|优化后|改写后|生成"
# 我局 and 我单位 are a person's; 我 alone, in a report, is not.
_ME = "我(?![局委办厅部处科室院校省市县区州镇乡村站所队单公司们])"
_MAKER = "(?:AI|人工智能|大?语言模型|大模型|智能助手|ChatGPT|DeepSeek|文心一言|通义千问|豆包)"
_PRODUCT = "报告|总结|正文|草稿|初稿|文本|内容|版本|文稿|段落|改写|要点"
_TAGS = "p|br|div|span|b|i|strong|em|ul|ol|li|h[1-6]|table|tr|td"


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms))


_RESIDUE = (
    _Mark(
        _any(r"<\|[^|<>\n]{1,40}\|>", r"</?(?:think|s|unk|bos|eos|pad)>", r"\[/?INST\]", r"<</?SYS>>"),
        "模型的特殊标记",
        "a special token",
    ),
    _Mark(
        _any(
            r"^[ 　]*#{1,6}[ 　]+(?=\S)",
            r"```+\w*|~~~+",
            r"^[ 　]*(?:[*+][ 　]+|-[ ]+)(?=\S)",
            r"^[ 　]*>[ ]+(?=\S)",
            r"\*\*[^*\n]{1,80}?\*\*|__[^_\n]{1,80}?__",
            r"(?<!`)`[^`\n]{1,60}`(?!`)",
            r"!?\[[^\]\n]{1,60}\]\([^)\s]+\)",
            r"^\|.*\|[ ]*$",
            r"^[ ]*(?:-{3,}|\*{3,}|={3,})[ ]*$",
        ),
        " Markdown 标记",
        "Markdown",
    ),
    _Mark(
        _any(rf"</?(?:{_TAGS})\b[^<>]{{0,60}}/?>", r"&(?:nbsp|lt|gt|amp|quot|#\d+);"),
        " HTML 标记",
        "HTML",
    ),
    _Mark(
        _any(
            r"作为(?:一[个名款位])?(?:AI|人工智能|大?语言模型|大模型|智能助手)(?:语言)?(?:模型|助手|助理)?[，,、]",
            rf"(?:很?抱歉[，,]|对不起[，,])?{_ME}(?:无法|不能|没有能力)(?:实时|直接)?(?:访问|获取|提供|核实|确认|验证|联网|浏览)",
            rf"(?:以上|本)(?:内容|文本|报告|文稿|文章)?由{_MAKER}(?:自动|辅助)?(?:生成|撰写|整理)",
            r"我(?:是|只是)一?[个名款]?(?:AI|人工智能|语言模型|智能助手)(?:助手|模型)?",
            r"(?i:\bas an ai\b|\bhere(?:'s| is| are) (?:the|your)\b|\bcertainly!)",
        ),
        "模型的自述",
        "a model about itself",
    ),
    _Mark(
        _any(
            r"^[ 　]*(?:好的|当然可以|没问题|可以的|收到)[，,。！!]",
            rf"^[ 　]*(?:以下|下面)(?:是|为)(?:{_YOURS}|一[份篇段个]|完整的?|我)?[^。\n]{{0,40}}?(?:{_PRODUCT})[：:，,。]?\s*$",
            rf"(?:^|(?<=[。；！？]))[ 　]*(?:以下|下面)(?:(?:是|为)(?:{_YOURS})|为[您你])",
            r"希望(?:以上|这份|这篇|本)[^。\n]{0,20}(?:对您|对你|有所帮助|能够?帮)",
            rf"(?:如需|如果您?需要|若需|如有)[^。\n]{{0,24}}(?:请(?:随时)?(?:告诉|告知|联系){_ME}|{_ME}可以)",
            r"(?:请|可)(?:您)?根据(?:您|贵?单位)?的?实际情况(?:进行|予以|自行)?(?:修改|调整|补充|填写|完善)[^。\n]{0,6}[。）)]?$",
            r"根据(?:您|你)(?:所)?提供的(?:信息|要点|资料|材料|内容|要求|数据|素材)",
            r"[（(](?:全文|正文|总?字数)[约共计：:]{0,3} ?\d[\d,]* ?字(?:左右)?[）)]",
            r"^[ 　]*[（(]?注[：:](?:以上|本)(?:内容|文本|报告|文稿)[^。\n]{0,30}(?:生成|仅供参考|虚构|示例)",
        ),
        "模型的客套话",
        "a model's small talk",
    ),
)


@rule(code="P201", name="占位符未填", name_en="placeholder left in", severity="error", basis="practice")
def placeholder(document: Examined) -> Iterator[Finding]:
    """XX局, 某某, X月X日, ____. 某局 counts only where the document names itself: elsewhere it hides a name on purpose."""
    for index, text in enumerate(document.texts):
        for match in _BLANK.finditer(text) if _TRACE.search(text) else ():
            yield _left_in(document, placeholder, index, match.start(), match.end())
    for index, block in document.of_type("title", "recipient", "lead", "signature"):
        for match in _SOMEONE.finditer(block.text):
            yield _left_in(document, placeholder, index, match.start(), match.end())


def _left_in(document: Examined, whose: Rule, index: int, start: int, end: int) -> Finding:
    quote = document.texts[index][start:end]
    shown = quote if quote.strip() == quote else "年月日空白"
    return whose.finding(
        document, index, start, end, f"占位符“{shown}”没有填写", f"the placeholder {shown} was not filled in"
    )


@rule(code="P202", name="待补内容", name_en="a note to oneself left in", severity="error", basis="practice")
@by_block()
def pending(document: Examined, index: int) -> Iterator[Finding]:
    """Only inside brackets or as a template's slot: 看待补民生短板 contains 待补."""
    for match in _NOTE.finditer(document.texts[index]):
        quote, (start, end) = match.group(), match.span()
        yield pending.finding(
            document, index, start, end, f"“{quote}”尚待补写，应补齐或删去", f"{quote} is still to be written"
        )


@rule(code="P203", name="模型残留", name_en="a model's residue", severity="error", basis="practice")
@by_block()
def residue(document: Examined, index: int) -> Iterator[Finding]:
    for mark in _RESIDUE:
        for match in mark.pattern.finditer(document.texts[index]):
            yield residue.finding(
                document, index, *match.span(), f"正文里留有{mark.what}，应删去", f"{mark.what_en} left in the text"
            )
