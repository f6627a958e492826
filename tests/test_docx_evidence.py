"""The evidence copy: a comment on every point with its facts and its story, waivers at the title, no clock."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from lxml import etree

from drafting.documents import evidence, read, render
from drafting.documents.evidence_copy import account
from drafting.profile import Layout
from drafting.report import Point, Provenance
from tests.reports_for_documents import BRIEF, report
from tests.wordfiles import W, part, saved

LAYOUT = Layout()
FACTS = {fact.id: fact for fact in BRIEF.facts()}


def comments(data: bytes) -> list[str]:
    return [comment.text for comment in docx.Document(io.BytesIO(data)).comments]


def test_every_point_tells_its_facts_and_how_it_was_worded() -> None:
    assert comments(evidence(report(), LAYOUT)) == [
        "F1 召开安全生产专题会议4次（来源：办公室，2024-06-28）\n写法：模型 openai:模型甲 拟写，一次通过（提示词 ab12ab12ab12）",
        "F2 开展执法检查126家次，发现隐患312处\n写法：模型 openai:模型甲 拟写，第 2 次通过（提示词 ab12ab12ab12）\n曾有问题：多出数字 500",
    ]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (Provenance("composed", "composer"), "写法：按规则拟写"),
        (Provenance("composed", "gguf:小模型", "", 3), "写法：模型 gguf:小模型 询问 3 次未通过，按规则拟写"),
        (Provenance("edited"), "写法：人工修改"),
        (Provenance("imported"), "写法：外来文稿，来历未记"),
    ],
)
def test_origins(how: Provenance, told: str) -> None:
    assert account(Point("检查126家次。", ("F2",), provenance=how), FACTS)[-1] == told


def test_a_point_without_facts_and_a_fact_without_text_are_told() -> None:
    assert account(Point("坚持安全第一。"), FACTS)[0] == "没有对应的事实"
    assert account(Point("检查。", ("F9",)), FACTS)[0] == "F9（事实原文不在报告中）"
    assert account(Point("检查。", ("F1",), locked=True), FACTS)[-1].endswith("；已锁定")


def test_comments_stand_on_their_points() -> None:
    root = part(evidence(report(), LAYOUT), "word/document.xml")
    marked = {}
    for start in root.iter(f"{{{W}}}commentRangeStart"):
        key = start.get(f"{{{W}}}id")
        texts = []
        for after in start.itersiblings():
            if after.tag == f"{{{W}}}commentRangeEnd" and after.get(f"{{{W}}}id") == key:
                break
            texts += [t.text or "" for t in after.iter(f"{{{W}}}t")]
        marked[key] = "".join(texts)
    assert list(marked.values()) == [
        "一是坚持高位推动。召开安全生产专题会议4次。",
        "二是从严执法检查。累计检查126家次，发现隐患312处。",
    ]


def test_waivers_stand_at_the_title() -> None:
    waived = report().waive("P201", "原件如此")
    assert comments(evidence(waived, LAYOUT))[0] == "豁免 P201：原件如此"
    stale = replace(waived, organ="县应急管理局")
    assert not any("豁免" in comment for comment in comments(evidence(stale, LAYOUT)))


def test_comments_are_dated_with_the_day_of_issue_or_not_at_all() -> None:
    dated = part(evidence(report(), LAYOUT), "word/comments.xml")
    assert {each.get(f"{{{W}}}date") for each in dated} == {"2024-07-05T00:00:00Z"}
    assert {each.get(f"{{{W}}}author") for each in dated} == {"成文"}
    undated = part(evidence(replace(report(), issued=None), LAYOUT), "word/comments.xml")
    assert {each.get(f"{{{W}}}date") for each in undated} == {None}


def test_the_text_is_that_of_the_report(tmp_path) -> None:  # type: ignore[no-untyped-def]
    found = read(saved(tmp_path, "依据.docx", evidence(report(), LAYOUT)))
    assert [block.text for block in found.report.blocks] == [block.text for block in report().blocks]
    assert found.notes == ("有 2 条批注未处理，批注内容未读入",)


def test_only_the_comments_differ_from_the_report_itself() -> None:
    plain, marked = (
        part(data, "word/document.xml") for data in (render(report(), "docx", LAYOUT), evidence(report(), LAYOUT))
    )
    for name in ("commentRangeStart", "commentRangeEnd"):
        for element in list(marked.iter(f"{{{W}}}{name}")):
            element.getparent().remove(element)
    for reference in list(marked.iter(f"{{{W}}}commentReference")):
        run = reference.getparent()
        run.getparent().remove(run)
    assert etree.tostring(marked) == etree.tostring(plain)
