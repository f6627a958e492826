"""Organs: the organ that reports, called by several names (S116)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

_SUFFIX = (
    "人民政府|政府|委员会|管委会|办公室|局|厅|委|办|院|校|公司|集团|中心|大学|学院|医院|[中小]学|幼儿园|街道办事处|街道|镇|乡|"
    "支队|大队"
)
_LETTER = "[一-鿿XxＸ×某]"
# The shortest that can be a name, but 镇 is not all of 镇人民政府, nor 集团 of 集团有限公司.
_NAME = rf"{_LETTER}{{0,20}}?(?:{_SUFFIX})(?!人民政府|政府|有限|股份|办公室)"
_PARTY = re.compile(r"(?:机关)?(?:党组|党委|党总支|党支部)$")
_TITLE = re.compile(rf"^(?P<name>{_NAME}(?:党组|党委)?)(?=关于|\d{{4}}年[^第]*(?:总结|报告|汇报)$)")
_SUMMING_UP = re.compile(rf"现将(?P<name>{_NAME}(?:党组|党委)?)(?=\d{{4}}年|[^，。；\n]{{0,20}}(?:工作|情况))")
_LEAD = re.compile(
    rf"^\s*(?=[\d今年上下前第])[\d今年上下半前第一二三四季度月份日至初以来—-]{{2,20}}，(?P<name>{_NAME}(?:党组|党委)?)"
    r"(?=认真|坚持|紧[紧紧扣]|深入|全面|聚焦|围绕|以|按照|高度|积极|始终|扎实|着力|严格|牢牢|切实|贯彻|落实|立足|突出|在)"
)
_AHEAD = re.compile(
    rf"^\s*(?:下一?步|下一阶段|今后|接下来|\d{{4}}年(?:[上下]半年)?|[上下]半年|明年)，(?P<name>{_NAME}(?:党组|党委)?)(?=将)"
)
_OWN = re.compile(r"^(?:我|本|全|各|该|贵|其|同|县级|市级|机关)")
_LEVEL = re.compile(r"[省市县区州盟旗镇乡]$")
_BARE_BEFORE = r"(?:(?<=[，。；：！？（“\n])|(?<=^)|(?<=[，。；][由经在对]))"
_SHORTEST_BARE = 3
_FORMAL = re.compile(rf"(?P<place>.*?[省市县区州盟旗])(?P<core>{_LETTER}{{2,}}[局委办厅])$")


@dataclass(frozen=True, slots=True)
class _Named:
    """The organ's name at a place where the document speaks of itself; `party` for its party group."""

    block: int
    start: int
    text: str
    formal: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def core(self) -> str:
        return _PARTY.sub("", self.text)


@rule(
    code="S116",
    name="单位名称不一",
    name_en="one organ under several names",
    severity="warning",
    basis="practice",
    needs=("organ",),
)
def several_names(document: Examined) -> Iterator[Finding]:
    """Title, 现将…报告如下, the lead's subject, the outlook's subject and the signature against the name in full; then the body.

    A place in front makes a name fuller, not another (新乡市教育局 for 市教育局), and a declared 简称 may stand. Of the party group only
    title and signature have to agree.
    """
    places = list(_self_references(document))
    due = _due(document, places)
    if not due:
        return
    told: set[str] = set()
    for named in places:
        if _differs(named, due) and named.text not in told and not _declared(document, named.text):
            told.add(named.text)
            yield _finding(document, named.block, named.start, named.end, due)
    for pattern in _shorter_forms(due):
        found = _first_in_body(document, pattern)
        if found is not None and found.text not in told and not _declared(document, found.text):
            yield _finding(document, found.block, found.start, found.end, due)


def _self_references(document: Examined) -> Iterator[_Named]:
    for kind, pattern, formal in (("title", _TITLE, True), ("lead", _LEAD, False), ("lead", _SUMMING_UP, False)):
        for index, block in document.of_type("title", "lead"):
            match = pattern.search(document.texts[index]) if block.type == kind else None
            if match and not _OWN.match(match["name"]):
                yield _Named(index, match.start("name"), match["name"], formal)
    for index, _ in document.of_type("lead", "paragraph", "outlook"):
        match = _AHEAD.match(document.texts[index])
        if match and not _OWN.match(match["name"]):
            yield _Named(index, match.start("name"), match["name"], False)
    signed = [index for index, block in document.of_type("signature") if block.text.strip()]
    if len(signed) == 1:
        text = document.texts[signed[0]]
        if re.fullmatch(rf"{_NAME}(?:党组|党委)?", text):
            yield _Named(signed[0], 0, text, True)


def _due(document: Examined, places: list[_Named]) -> str:
    """The name that the others are held against: the brief's, else the signature's, else the one that names its place or level."""
    if document.brief is not None:
        return document.brief.organ
    names = [named for named in places if not named.text.startswith("某")]
    signed = [named.text for named in names if document.blocks[named.block].type == "signature"]
    if signed:
        return signed[0]
    levelled = [named.core for named in names if _FORMAL.match(named.core)]
    return (levelled or [named.core for named in names] or [""])[0]


def _differs(named: _Named, due: str) -> bool:
    name, wanted = (named.text, due) if named.formal and _PARTY.search(due) else (named.core, _PARTY.sub("", due))
    return not (name == wanted or _fuller(name, wanted) or _fuller(wanted, name))


def _fuller(longer: str, shorter: str) -> bool:
    """新乡市教育局 is 市教育局 in full. 市教育局 is not 教育局 in full: the shorter has lost its level."""
    if not longer.endswith(shorter) or longer == shorter:
        return False
    return not _LEVEL.search(longer[: len(longer) - len(shorter)]) or shorter.startswith(tuple("省市县区州"))


def _declared(document: Examined, name: str) -> bool:
    return re.search(rf"简称[：:]?[“”\"]?{re.escape(name)}", document.text) is not None


def _shorter_forms(due: str) -> Iterator[re.Pattern[str]]:
    """What the name becomes without its level (教育局), and with its core cut short (市应急局 of 市应急管理局)."""
    match = _FORMAL.match(_PARTY.sub("", due))
    if match is None:
        return
    core, level = match["core"], match["place"][-1]
    if len(core) >= _SHORTEST_BARE:
        yield re.compile(rf"{_BARE_BEFORE}(?P<name>{re.escape(core)})(?![、和与及党])", re.MULTILINE)
    middle = core[1:-1]
    if len(middle) > 1:
        cut = rf"{re.escape(core[0])}[{re.escape(middle)}]{{1,{len(middle) - 1}}}{core[-1]}"
        yield re.compile(rf"(?<![一-鿿])(?P<name>{level}{cut})(?![、和与及])")


def _first_in_body(document: Examined, pattern: re.Pattern[str]) -> _Named | None:
    for index, _ in document.of_type("lead", "paragraph", "outlook"):
        match = pattern.search(document.texts[index])
        if match:
            return _Named(index, match.start("name"), match["name"], formal=False)
    return None


def _finding(document: Examined, block: int, start: int, end: int, due: str) -> Finding:
    name = document.texts[block][start:end]
    return several_names.finding(
        document,
        block,
        start,
        end,
        f"同一单位前后名称不一：这里写“{name}”，别处写“{due}”，通常全文用一个名称",
        f"{name} here, {due} elsewhere",
        expected=due,
    )
