"""The evidence copy: the same .docx, where a comment on each point shows its facts and how it came to be worded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from docx.oxml.text.run import CT_R
from docx.text.run import Run

from drafting.documents.archive import saved
from drafting.documents.docx_writer import compose
from drafting.facts import Fact
from drafting.profile import Layout
from drafting.report import Point, Provenance, Report

if TYPE_CHECKING:
    from docx.document import Document

AUTHOR = "成文"

_FINGERPRINT_SHOWN = 12


def evidence_bytes(report: Report, layout: Layout, mark: str = "") -> bytes:
    """The evidence copy; the same report, layout and mark give the same bytes."""
    document, settings = compose(report, layout, mark)
    facts = {fact.id: fact for fact in report.brief.facts()} if report.brief else {}
    waivers = [f"豁免 {waiver.code}：{waiver.reason}" for waiver in report.standing_waivers()]
    for setting in settings:
        if waivers:  # on the first block, which is the title
            _comment(document, setting.paragraphs[0].r_lst, waivers, report.issued)
            waivers = []
        for point, runs in setting.points:
            _comment(document, runs, account(point, facts), report.issued)
    return saved(document)


def account(point: Point, facts: Mapping[str, Fact]) -> list[str]:
    """What the comment on a point says, a line each: its facts, then how it was worded, then what was wrong on the way."""
    lines = [_fact_line(fact_id, facts.get(fact_id)) for fact_id in point.facts] or ["没有对应的事实"]
    how = point.provenance
    lines.append(f"写法：{_how(how)}{'；已锁定' if point.locked else ''}")
    lines += [f"曾有问题：{problem}" for problem in how.problems]
    return lines


def _fact_line(fact_id: str, fact: Fact | None) -> str:
    if fact is None:
        return f"{fact_id}（事实原文不在报告中）"
    told = "，".join(filter(None, [fact.source, fact.date.isoformat() if fact.date else ""]))
    return f"{fact.id} {fact.text}" + (f"（来源：{told}）" if told else "")


def _how(how: Provenance) -> str:
    """How the wording came about, and the beginning of the fingerprint of the prompt that was used."""
    told = {
        "worded": f"模型 {how.model} 拟写，一次通过",
        "repaired": f"模型 {how.model} 拟写，第 {how.attempts} 次通过",
        "composed": f"模型 {how.model} 询问 {how.attempts} 次未通过，按规则拟写" if how.attempts else "按规则拟写",
        "edited": "人工修改",
        "imported": "外来文稿，来历未记",
    }[how.origin]
    return f"{told}（提示词 {how.prompt[:_FINGERPRINT_SHOWN]}）" if how.prompt and how.attempts else told


def _comment(document: Document, runs: Sequence[CT_R], lines: Sequence[str], issued: date | None) -> None:
    """Dated with the day of issue, or not at all: python-docx would put the clock's time in."""
    marked = [Run(element, document) for element in runs]
    comment = document.add_comment(marked, "\n".join(lines), author=AUTHOR, initials=AUTHOR)
    element = comment._comment_elm  # the date has no setter
    key = next(name for name in element.attrib if str(name).endswith("}date"))
    if issued:
        element.set(key, f"{issued.isoformat()}T00:00:00Z")
    else:
        del element.attrib[key]
