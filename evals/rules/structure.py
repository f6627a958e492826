"""What a report is made of: title, sections, lead, outlook, signature and date (S101–S103, S108–S111)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.profile import Profile, SectionRule
from drafting.report import Block
from evals.examined import Examined, SectionView
from evals.finding import Finding
from evals.rule import rule

_SELF_TIME = re.compile(r"今年|本年|年初|年以来|上半年|下半年|全年|季度|\d{4}年|本月|当月|[本一]年来|\d月份?|近期|期间")
_SELF_NAME = re.compile(
    r"[我本][局委办厅部处院校市县区省镇乡村街会司厂站所]|我公司|本公司|我单位|本单位|我们|我代表|受[^，。]{2,12}委托|[市县区省](?:局|委|政府|院)"
)
_REPORT_TITLE = re.compile(r"(?:报告|总结|汇报|小结|述职)[）)]?$")
_ITEM_END = re.compile(r"[；;：:，,]\s*$")
_SHORT = 20
"""Characters. A numbered line without a comma up to this length is a heading though it ends with 。"""
_SENTENCE_END = re.compile(r"[。！？]\s*$")


@rule(code="S101", name="缺标题", name_en="no title", severity="error", basis="practice")
def no_title(document: Examined) -> Iterator[Finding]:
    """党政机关公文处理工作条例，第九条（八）: a title names organ, subject and kind; a document 一般 has one."""
    if not document.report.title.strip():
        yield no_title.of_document("没有标题：公文标题通常由发文机关、事由和文种组成", "no title")


@rule(
    code="S102",
    name="缺必备章节",
    name_en="a required section is missing",
    severity="error",
    basis="practice",
    needs=("profile",),
)
def missing_section(document: Examined) -> Iterator[Finding]:
    profile = document.profile
    assert profile is not None  # noqa: S101 — the rule needs it
    headings = [document.texts[index] for index, _ in _section_headings(document)]
    for section in profile.sections:
        if section.required and not any(_belongs(heading, section) for heading in headings):
            yield missing_section.of_document(
                f"缺“{section.name}”一节：{profile.name}须有此节（标题含{'、'.join(section.keywords)}之一）",
                f"the section {section.name} is missing, which the profile {profile.kind} requires",
                expected=section.name,
            )


@rule(
    code="S103",
    name="章节次序不合",
    name_en="sections out of order",
    severity="warning",
    basis="practice",
    needs=("profile",),
)
def section_order(document: Examined) -> Iterator[Finding]:
    """Sections that the profile knows, against its order; free sections may stand anywhere."""
    profile = document.profile
    assert profile is not None  # noqa: S101 — the rule needs it
    furthest = -1
    for index, _ in _section_headings(document):
        rank = _rank(document.texts[index], profile)
        if rank is None:
            continue
        if rank < furthest:
            before, after = profile.sections[rank].name, profile.sections[furthest].name
            yield section_order.finding(
                document,
                index,
                0,
                len(document.texts[index]),
                f"“{before}”通常排在“{after}”之前",
                f"{before} usually comes before {after}",
                expected=f"移至“{after}”之前",
            )
        furthest = max(furthest, rank)


def _section_headings(document: Examined) -> Iterator[tuple[int, Block]]:
    """Headings of the first level, run-in ones too."""
    return ((index, block) for index, block in enumerate(document.blocks) if block.level == 1)


def _belongs(heading: str, section: SectionRule) -> bool:
    return any(keyword in heading for keyword in section.keywords)


def _rank(heading: str, profile: Profile) -> int | None:
    return next((rank for rank, section in enumerate(profile.sections) if _belongs(heading, section)), None)


@rule(code="S108", name="标题下无内容", name_en="a heading with nothing under it", severity="error", basis="practice")
def empty_heading(document: Examined) -> Iterator[Finding]:
    """Lists of short numbered lines look like headings: one whose neighbours are empty as well is taken for an item."""
    for place, section in enumerate(document.sections):
        text = section.heading.text
        if _has_content(document, section) or _ITEM_END.search(text):
            continue
        if document.report.brief is None and not _sure_to_be_a_heading(document, place):
            continue
        yield empty_heading.finding(
            document,
            section.index,
            0,
            len(text),
            f"标题“{text}”下没有内容",
            "nothing stands under this heading",
        )


def _sure_to_be_a_heading(document: Examined, place: int) -> bool:
    """No neighbour on its level is empty; one that ends like a sentence has neighbours, and is short or of the first level."""
    heading = document.sections[place].heading
    beside = [_has_content(document, other) for other in _siblings(document.sections, place)]
    if not _SENTENCE_END.search(heading.text):
        return all(beside)
    short = len(heading.words) <= _SHORT and "，" not in heading.words
    return bool(beside) and all(beside) and (short or heading.level == 1)


def _has_content(document: Examined, section: SectionView) -> bool:
    """Where the brief is known, the outlook that follows the last section is not what stands under its heading."""
    apart = document.brief is not None and section.index not in document.ahead
    written = (index for index in section.body if document.texts[index].strip())
    return any(not (apart and document.blocks[index].type == "outlook") for index in written)


def _siblings(sections: tuple[SectionView, ...], place: int) -> Iterator[SectionView]:
    """The headings next to this one on its level, without leaving the section that holds them."""
    level = sections[place].heading.level
    for way in (range(place - 1, -1, -1), range(place + 1, len(sections))):
        for other in way:
            if sections[other].heading.level < level:
                break
            if sections[other].heading.level == level:
                yield sections[other]
                break


@rule(
    code="S109",
    name="导语缺失或不明",
    name_en="no lead, or one without organ and period",
    severity="warning",
    basis="practice",
)
def poor_lead(document: Examined) -> Iterator[Finding]:
    """Asked of reports only: opinions, notices and bulletins have no such lead."""
    if document.profile is None and not _REPORT_TITLE.search(document.report.title):
        return
    leads = [index for index, block in document.of_type("lead") if block.text.strip()]
    if not leads:
        yield poor_lead.of_document(
            "没有导语：通常先用一段话交代什么单位、什么时期、做了什么", "no lead: who reports, on which period"
        )
        return
    text = "".join(document.texts[index] for index in leads)
    organ = document.report.organ
    if (organ and organ in text) or _SELF_NAME.search(text) or _SELF_TIME.search(text):
        return
    last = leads[-1]
    yield poor_lead.finding(
        document,
        last,
        0,
        len(document.texts[last]),
        "导语既没有单位也没有时期：通常两者都要交代",
        "the lead names neither organ nor period",
        expected="，".join(str(part) for part in (document.period, organ) if part),
    )


@rule(code="S110", name="缺下一步打算", name_en="no outlook", severity="error", basis="practice", needs=("profile",))
def no_outlook(document: Examined) -> Iterator[Finding]:
    """In a document from outside, what a heading or an opening in its second half calls the next step is its outlook."""
    profile = document.profile
    if profile is None or "outlook" not in profile.requires:
        return
    if any(block.text.strip() for _, block in document.of_type("outlook")):
        return
    if any(index >= len(document.blocks) // 2 and document.texts[index].strip() for index in document.ahead):
        return
    yield no_outlook.of_document(
        f"没有下一步打算：{profile.name}须有此部分", f"no outlook, which {profile.kind} requires"
    )


@rule(
    code="S111",
    name="缺署名或成文日期",
    name_en="no signature or date",
    severity="error",
    basis="practice",
    needs=("profile",),
)
def unsigned(document: Examined) -> Iterator[Finding]:
    """党政机关公文处理工作条例，第九条（十二）（十三） name both among what a document 一般 has; the profile requires them."""
    profile = document.profile
    if profile is None:
        return
    if "signature" in profile.requires and not any(block.text.strip() for _, block in document.of_type("signature")):
        yield unsigned.of_document(
            f"没有发文机关署名：{profile.name}须署发文机关全称或者规范化简称",
            "no signature",
            expected=document.report.organ,
        )
    if "date" in profile.requires and not any(block.text.strip() for _, block in document.of_type("date")):
        day = document.issued
        yield unsigned.of_document(
            f"没有成文日期：{profile.name}须署会议通过或者负责人签发的日期",
            "no date of issue",
            expected=f"{day.year}年{day.month}月{day.day}日" if day else "",
        )
