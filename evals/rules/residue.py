"""Residue: a place of somewhere else, or a word for oneself that the reporting organ cannot use (R601)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from drafting.report import BlockType
from evals import divisions
from evals.divisions import Division
from evals.examined import Examined
from evals.finding import Finding
from evals.nearby import ends_at
from evals.rule import rule

Level = Literal["省", "市", "县", "区", "镇", "村"]

_RANK: dict[Level, int] = {"省": 0, "市": 1, "县": 2, "区": 2, "镇": 3, "村": 4}
_ALL_TYPES: tuple[BlockType, ...] = ("title", "recipient", "lead", "heading", "paragraph", "outlook", "signature")
_SELF_TYPES: tuple[BlockType, ...] = ("title", "signature")

_LEVEL_WORD = re.compile(
    r"(?P<level>自治区|自治县|省|直辖市|市|县|旗|区|街道|[镇乡]|村)(?=[〇一-鿿]*(?:局|厅|委|办|政府|院|中心|校|会|处|中学|小学|大学|学院|大队|支队|公司|党组|党委|$))"
)
_LEVEL_OF: dict[str, Level] = {
    "自治区": "省", "省": "省", "直辖市": "市", "市": "市", "县": "县", "自治县": "县", "旗": "县", "区": "区",
    "街道": "镇", "镇": "镇", "乡": "镇", "村": "村",
}  # fmt: skip
_COMMON = re.compile(r"市场|城市|园区|社区|市政|区域|村镇|农村|乡村|城乡")
_OWN_PLACE = re.compile(r"(?<![自由你他她忘大真唯])我(?P<level>省|市|县|区|镇|乡|村)(?![场政民值容道])")
_WHOLE_COUNTY = re.compile(r"(?<![健完安齐保])全县(?!域)")
_OWN_UNIT = re.compile(r"(?<![自由你他她忘大真唯])我(?P<unit>局|厅|校|院|公司)(?![长子])")
_UNNAMED = re.compile("[XxＸｘ×✕]{2,}|[○〇]{2,}|_{2,}|某")
_QUOTED = re.compile(r"“[^”]{0,300}”|《[^》]{0,300}》|‘[^’]{0,300}’")

_UNITS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"(?:局|厅|局党组|厅党组)$"), frozenset(("校", "院", "公司"))),
    (re.compile(r"(?:大学|中学|小学|学校|职校|幼儿园)(?:党委|党组)?$"), frozenset(("局", "厅", "公司"))),
    (re.compile(r"(?:公司|集团)(?:党委|党组)?$"), frozenset(("局", "厅", "校"))),
    (re.compile(r"(?:医院|法院|检察院|学院|研究院)(?:党委|党组)?$"), frozenset(("局", "厅", "公司"))),
)

# Why a report names places elsewhere; in the clause of the name, or, for a whole town or village, only the first of the two.
_TRAVELS = re.compile(
    r"赴|对口|支援|援[建助疆藏]|距|毗邻|交界|接壤|协作|考察|学习|交流|参观|取经|调研|事故|火灾|爆炸|地震|灾|疫情|(?<![档方预议提备])案|教训|通报|等地"
)
_RELATES = re.compile(
    r"帮扶|扶贫|引进|来自|招商|签约|合作|对接|协同|一体化|跨|异地|举办|举行|召开|参加[^〇]*〇|承办|会议|大会|论坛|展[会览]|博览|赛|"
    r"铁路|高[速铁]|航线|公路|航班|至|到|籍|总部|公司|集团|大学|经验|做法|模式|先进|对标|标兵|客商|销[往售]|发往|运往|输|调|"
    r"人(?=[，。])|与|和|同|及|、|邀请|口岸|迁|流域|上游|下游"
)
_CLAUSE = re.compile(r"[^，。；！？\n]*$")
_CLAUSE_END = re.compile(r"[，。；！？\n]|$")
_REACH = 300


@dataclass(frozen=True, slots=True)
class _Self:
    """Who reports: the organ's name, the codes of the place in it, and its level."""

    organ: str
    codes: tuple[str, ...]
    level: Level | None


@rule(
    code="R601",
    name="外地外单位残留",
    name_en="a place or unit of somewhere else",
    severity="error",
    basis="practice",
    needs=("organ",),
)
def foreign(document: Examined) -> Iterator[Finding]:
    """An error where the document speaks of itself (我县 for a city, another city in title or signature), elsewhere a warning.

    Places are judged only where the organ's own is known, by the prefecture that both lie in. Provinces are never told, nor a place
    that the report went to, learned from or works with.
    """
    own = _self(document)
    for index, _ in document.of_type(*_ALL_TYPES):
        text = document.texts[index]
        yield from _places(document, index, own)
        if "我" in text or "全县" in text:
            yield from _selves(document, index, own)


def _self(document: Examined) -> _Self:
    """The report's organ, else what its title and signature name; of the place, the first of organ, recipient and signature to tell it."""
    organ = re.sub(r"\s", "", document.organ)
    signed = "".join(block.text for _, block in document.of_type("signature"))
    level = _level(organ)
    # 市应急管理局 leaves its city to whom it writes to; a ministry that writes to a province is not in it.
    recipients = [block.text for _, block in document.of_type("recipient")] if level else []
    codes = next((found for source in (organ, *recipients, signed) if (found := _codes(source))), ())
    return _Self(organ, codes, level)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for division in divisions.find(text) for code in division.codes)


def _level(organ: str) -> Level | None:
    """That of the last level word before the organ's own noun: 新乡市卫辉市教育局 is a city's, 区教育局 a district's."""
    words = [match["level"] for match in _LEVEL_WORD.finditer(_COMMON.sub("〇〇", organ))]
    return _LEVEL_OF[words[-1]] if words else None


def _places(document: Examined, index: int, own: _Self) -> Iterator[Finding]:
    text = document.texts[index]
    if not own.codes:
        if _UNNAMED.search(own.organ):
            yield from _places_beside_a_blank(document, index, own)
        return
    speaks_of_itself = document.blocks[index].type in _SELF_TYPES
    for place in divisions.find(text):
        if any(divisions.same_area(code, home) for code in place.codes for home in own.codes):
            continue
        if all(map(divisions.is_province, place.codes)) and not place.below and not speaks_of_itself:
            continue
        if not speaks_of_itself and _has_reason(text, place):
            continue
        yield foreign.finding(
            document,
            index,
            place.start,
            place.end,
            f"“{place.name}”不在本单位（{own.organ}）所在的地方，疑是别的单位的材料",
            f"{place.name} is not where {own.organ} is",
            severity="error" if speaks_of_itself else "warning",
        )


def _places_beside_a_blank(document: Examined, index: int, own: _Self) -> Iterator[Finding]:
    """Where the organ is still 市XX局 the text was not written for it: a village that is named belongs to whoever it was written for."""
    text = document.texts[index]
    for place in divisions.find(text):
        if place.below and not _has_reason(text, place):
            yield foreign.finding(
                document,
                index,
                place.start,
                place.end,
                f"本单位还写作“{own.organ}”，却有具体地名“{place.name}”，疑是别的单位的材料",
                f"{place.name} is named while the organ itself is still a blank",
                severity="warning",
            )


def _has_reason(text: str, place: Division) -> bool:
    before = ends_at(_CLAUSE, text, place.start, _REACH)
    after = _CLAUSE_END.search(text, place.end)
    start = before.start() if before else place.start
    around = text[start : place.start] + "〇" + text[place.end : after.start() if after else len(text)]
    if any(
        match.start() < place.start < match.end()
        for match in _QUOTED.finditer(text, max(0, place.start - _REACH), place.end + _REACH)
    ):
        return True
    return bool(_TRAVELS.search(around) or (not place.below and _RELATES.search(around)))


def _selves(document: Examined, index: int, own: _Self) -> Iterator[Finding]:
    text = _QUOTED.sub(lambda match: "〇" * len(match.group()), document.texts[index])
    for match in _OWN_PLACE.finditer(text):
        if _cannot_be(match["level"], own):
            yield _own_word(document, index, match, own, "error")
    for match in _OWN_UNIT.finditer(text):
        if _other_unit(match["unit"], own.organ):
            yield _own_word(document, index, match, own, "error")
    if own.level == "市":
        for match in _WHOLE_COUNTY.finditer(text):
            if not re.search(r"[^全我各区市]县", text[: match.start()]):
                yield _own_word(document, index, match, own, "warning")


def _cannot_be(word: str, own: _Self) -> bool:
    """A city is no county and no town; a county may speak of its city and province as 我市, 我省. 我区 may be an autonomous region."""
    level = _LEVEL_OF[word]
    return own.level is not None and level not in ("区", own.level) and _RANK[level] >= _RANK[own.level]


def _other_unit(unit: str, organ: str) -> bool:
    return next((unit in others for form, others in _UNITS if form.search(organ)), False)


def _own_word(
    document: Examined, index: int, match: re.Match[str], own: _Self, severity: Literal["error", "warning"]
) -> Finding:
    return foreign.finding(
        document,
        index,
        match.start(),
        match.end(),
        f"“{match.group()}”不是本单位（{own.organ}）的自称，疑是别的单位的材料",
        f"{own.organ} does not call itself so",
        severity=severity,
    )
