"""Pairs of versions that a redline must hold, by name: what each row of review notes and every trap of Word's paragraph marks asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from drafting.profile import Layout
from drafting.report import Block, Point, Report
from tests.builders import CLEAN, report
from tests.reports_for_documents import report as in_red

CLEAN_REPORT = report(CLEAN)
_B = CLEAN_REPORT.blocks
_PLAIN, _RED = Layout(), Layout(red_header=True)


class Pair(NamedTuple):
    old: Report
    new: Report
    layout: Layout = _PLAIN


def of(*blocks: Block) -> Report:
    return replace(CLEAN_REPORT, blocks=blocks)


def lines(*texts: str) -> Report:
    """Plain paragraphs."""
    return of(*(Block("paragraph", text) for text in texts))


def _edited(old: str, new: str) -> Report:
    assert old in CLEAN
    return report(CLEAN.replace(old, new))


def _with(at: int, **fields: object) -> Report:
    """The clean report with other fields of one block."""
    return of(*_B[:at], replace(_B[at], **fields), *_B[at + 1 :])  # type: ignore[arg-type]


_A, _C = "召开安全工作调度会若干次", "签订安全生产责任书若干份"
_SPLIT = lines("召开安全工作调度会6次。", "与31家重点单位签订安全生产承诺书。", "末段。")
_JOINED = lines("召开安全工作调度会6次。与31家重点单位签订安全生产承诺书。", "末段。")
_NEW_SECTION = (Block("heading", "加强宣传教育", 1, "二、"), Block("paragraph", "开展宣传活动12场。"))
_SECOND_ORGAN = Block("signature", "市公安局交通警察支队")
_ATTACHMENTS = Block("attachment", "附件：1.检查情况统计表\n2.整改台账")
_HEADED = Block("paragraph", "", 2, "（一）", (Point("召开会议5次。", (), "", "加强领导"),))
_ENUMERATED = Block("paragraph", points=(Point("召开会议5次。", (), "一是", "加强领导"),))
_NO_RED = replace(in_red(), brief=None, organ="")

PAIRS: dict[str, Pair] = {
    "no change": Pair(CLEAN_REPORT, CLEAN_REPORT),
    "a number": Pair(CLEAN_REPORT, _edited("6次", "7次")),
    "insert": Pair(CLEAN_REPORT, of(*_B[:5], Block("paragraph", "三是开展演练3场。"), *_B[5:])),
    "delete": Pair(CLEAN_REPORT, of(*_B[:4], *_B[5:])),
    "delete a section": Pair(CLEAN_REPORT, of(*_B[:3], *_B[5:])),
    "split": Pair(_JOINED, _SPLIT),
    "merge": Pair(_SPLIT, _JOINED),
    "append at the end": Pair(of(*_B[:-2]), CLEAN_REPORT),
    "drop the last": Pair(CLEAN_REPORT, of(*_B[:-2])),
    "another end": Pair(of(*_B[:-2], Block("paragraph", "此页无正文。")), CLEAN_REPORT),
    "move a section": Pair(CLEAN_REPORT, of(*_B[:3], *_B[5:7], *_B[3:5], *_B[7:])),
    "first paragraph inserted": Pair(of(*_B[1:]), CLEAN_REPORT),
    "first paragraph deleted": Pair(CLEAN_REPORT, of(*_B[1:])),
    "title": Pair(CLEAN_REPORT, _edited("安全生产工作的", "安全生产和防灾减灾工作进展情况的")),
    "title broken elsewhere": Pair(CLEAN_REPORT, replace(CLEAN_REPORT, topic="2024年上半年安全生产工作")),
    "heading": Pair(CLEAN_REPORT, _with(3, words="加强组织领导，压实安全责任")),
    "level": Pair(CLEAN_REPORT, _with(3, level=2, number="（一）")),
    "heading to paragraph": Pair(CLEAN_REPORT, of(*_B[:3], Block("paragraph", _B[3].text), *_B[4:])),
    "paragraph to heading": Pair(of(*_B[:3], Block("paragraph", _B[3].text), *_B[4:]), CLEAN_REPORT),
    "renumbered": Pair(of(*_B[:5], *_NEW_SECTION, replace(_B[5], number="三、"), *_B[6:]), CLEAN_REPORT),
    "two organs": Pair(CLEAN_REPORT, of(*_B[:-1], _SECOND_ORGAN, _B[-1])),
    "one organ": Pair(of(*_B[:-1], _SECOND_ORGAN, _B[-1]), CLEAN_REPORT),
    "date": Pair(CLEAN_REPORT, _edited("2024年7月5日", "2024年12月15日")),
    "recipient added": Pair(of(_B[0], *_B[2:]), CLEAN_REPORT),
    "recipient gone": Pair(CLEAN_REPORT, of(_B[0], *_B[2:])),
    "attachments": Pair(CLEAN_REPORT, of(*_B[:-2], _ATTACHMENTS, *_B[-2:])),
    "one attachment": Pair(of(_ATTACHMENTS, *_B[-2:]), of(Block("attachment", "附件：检查情况统计表"), *_B[-2:])),
    "red header": Pair(in_red(), replace(in_red(), organ="市公安局"), _RED),
    "red header gone": Pair(in_red(), _NO_RED, _RED),
    "red header came": Pair(_NO_RED, in_red(), _RED),
    "everything else": Pair(lines("旧的第一段。", "旧的第二段。"), CLEAN_REPORT),
    "everything gone": Pair(CLEAN_REPORT, of()),
    "everything new": Pair(of(), CLEAN_REPORT),
    "astral": Pair(lines("培训𠮷林籍学员40人😀。"), lines("培训𠮷林籍和𠀀学员41人🎉😀。")),
    "soft breaks and tabs": Pair(lines("第一行\n第二行\t表\n第三行"), lines("第一行\n新第二行\t\t表格\n  第三行")),
    "spaces at the edges": Pair(lines("  前有空格。", "后 "), lines(" 前有空格。  ", "　后  ")),
    "run-in heading": Pair(of(_ENUMERATED, _B[-1]), of(_HEADED, _B[-1])),
    "run-in heading gone": Pair(of(_HEADED, _B[-1]), of(_ENUMERATED, _B[-1])),
    "words at both sides of a mark": Pair(lines(_A, _C), lines(f"{_A}，部署工作", f"按照要求，{_C}")),
    "a paragraph behind new words": Pair(lines(_A, _C), lines(f"{_A}，部署工作", "此段全新，与别段不同。", _C)),
    "a sentence before a mark": Pair(lines(f"{_A}。", _C), lines(f"{_A}。工作有序推进。", f"经过部署，{_C}")),
    "other words at both sides": Pair(lines(f"{_A}甲甲", _C), lines(f"{_A}乙乙", f"经过部署，{_C}")),
}
