"""Word edits come back: what was not touched is the version itself, what was keeps its points on their facts, and nothing is lost."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from drafting import profiles
from drafting.changes import compare, reworded
from drafting.comments import Hand
from drafting.documents import read, render
from drafting.documents.incoming import incoming
from drafting.documents.redline import redline_bytes
from drafting.documents.tracked import revisions, untracked
from drafting.errors import DocumentError
from drafting.profile import Layout
from drafting.report import Block, Point, Report
from evals.checking import examine
from evals.gate import may_export
from tests.campus import CAMPUS, CASES, LAYOUTS, SHARED, back, drafted, edits_of, exported, facts, same_but, typed
from tests.reports_for_documents import any_report, report
from tests.tracked_files import printed, rebuilt, retyped, tracked
from tests.wordfiles import W, p, saved, zipped
from ui.marks import draft_mark

# --- what nobody touched


@pytest.mark.parametrize("layout", LAYOUTS, ids=["plain", "red header"])
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_an_untouched_export_is_the_version_itself(case: Path, layout: Layout) -> None:
    base = drafted(case)
    for how in ("accepted", "rejected", "proposed"):
        assert back(base, exported(base, layout), how).report is base


def test_the_mark_of_a_copy_for_review_is_no_text() -> None:
    data = render(CAMPUS, "docx", Layout(), draft_mark(CAMPUS.version, errors=2))
    made = back(CAMPUS, data)
    assert (made.report, made.notes) == (CAMPUS, ())


def without_stamp(data: bytes) -> bytes:
    """As a program saves it that drops custom properties."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = {name: archive.read(name).decode() for name in archive.namelist() if name != "docProps/custom.xml"}
    return zipped(
        {name: re.sub(r"<(?:Override|Relationship)[^>]*custom[^>]*/>", "", text) for name, text in kept.items()}
    )


@pytest.mark.parametrize("drop", [False, True])
def test_a_file_that_was_made_from_another_version_says_so(drop: bool) -> None:
    data = render(CAMPUS, "docx", Layout(), draft_mark(CAMPUS.version, errors=2))
    source = revisions(without_stamp(data) if drop else data)
    other = replace(CAMPUS, topic="校车安全工作")
    with pytest.raises(DocumentError, match=f"从版本 {CAMPUS.version[:12]} 导出的，不是 {other.version[:12]}.*--onto"):
        incoming(other, source, "accepted")
    assert incoming(other, source, "accepted", force=True).report == other


def test_a_redline_belongs_to_both_of_its_versions() -> None:
    later = replace(CAMPUS, topic="校车安全工作")
    source = revisions(redline_bytes(compare(CAMPUS, later), Layout(), by=lambda _: Hand("张三")))
    assert set(source.versions) == {CAMPUS.version, later.version}
    for base in (CAMPUS, later):
        assert incoming(base, source, "accepted").report == base


@settings(max_examples=100, deadline=None)
@given(base=any_report())
def test_any_untouched_report(base: Report) -> None:
    assert back(base, exported(base)).report is base


_SPACED = st.text(st.sampled_from("检查企业6家。一、（1）.\n\t　 \x07\r\u200b附件：1"), max_size=12)
_TYPES = st.sampled_from(["title", "lead", "paragraph", "outlook", "attachment", "signature", "date"])
_NUMBERS = st.sampled_from(["", "一、", "（一）", "1. "])
_ODD = st.one_of(
    st.builds(Block, _TYPES, _SPACED),
    st.builds(Block, st.just("heading"), _SPACED, st.integers(0, 7), _NUMBERS),
    st.builds(
        Block, st.just("paragraph"), st.just(""), st.integers(0, 4), _NUMBERS, st.tuples(st.builds(Point, _SPACED))
    ),
)


@settings(max_examples=400, deadline=None)
@given(blocks=st.lists(_ODD, max_size=7))
def test_whatever_the_layout_loses_is_no_edit(blocks: list[Block]) -> None:
    base = report(*blocks)
    assert back(base, exported(base)).report.version == base.version


def test_waivers_stay_where_nothing_was_edited() -> None:
    base = CAMPUS.waive("B101", "例外经分管领导同意")
    assert back(base, exported(base)).report.waivers == base.waivers
    assert back(base, retyped(exported(base), ("5次", "6次"))).report.waivers == ()


@pytest.mark.parametrize("form", ["md", "txt"])
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_formats_of_plain_text_come_back_too(tmp_path: Path, case: Path, form: str) -> None:
    base = drafted(case)
    data = render(base, form, Layout())  # type: ignore[arg-type]
    assert incoming(base, untracked(read(saved(tmp_path, f"报告.{form}", data))), "accepted").report is base
    typed_over = data.decode().replace("2024年上半年", "2024年上半年里", 1).encode()
    if typed_over != data:
        made = incoming(base, untracked(read(saved(tmp_path, f"改.{form}", typed_over))), "accepted").report
        assert {point.facts for point in made.points()} == {point.facts for point in base.points()}


def test_published_documents_come_back_as_they_were() -> None:
    if not SHARED.exists():
        pytest.skip("公开文件样本不在")
    for path in sorted(SHARED.glob("*.txt"))[::5]:
        base = read(path).report
        assert back(base, exported(base)).report is base, path.name


# --- what was edited


def test_an_edited_number_keeps_its_fact_and_draws_the_finding() -> None:
    made = typed(("专题会议5次", "专题会议9次")).report
    assert same_but(made, CAMPUS, 4)
    edited, *others = made.blocks[4].points
    assert (edited.body, edited.facts, edited.gist) == (
        "1至6月召开校园安全专题会议9次，分析研判重点事项23项。",
        ("F1",),
        "加强组织领导",
    )
    assert edited.provenance.origin == "imported"
    assert others == list(CAMPUS.blocks[4].points[1:])
    assert {(finding.code, finding.block) for finding in examine(made, select=["G4"])} == {("G405", 4)}
    verdict = may_export(made, profiles.load(CAMPUS.kind))
    assert {(error.code, error.block) for error in verdict.open} == {("G405", 4)}


def test_what_the_report_says_of_itself_stays() -> None:
    made = typed(("县教育局关于", "教育局关于")).report
    assert made.title == "教育局关于2024年上半年校园安全工作的专题报告"
    assert replace(made, blocks=()) == replace(CAMPUS, blocks=())


def test_a_split_point_shares_its_facts_by_what_it_words() -> None:
    def split(paragraphs: list[etree._Element]) -> list[etree._Element]:
        at = next(index for index, each in enumerate(paragraphs) if "并对4所" in printed(each))
        other = copy.deepcopy(paragraphs[at])
        cut = "，并对4所"
        for half, keep in ((paragraphs[at], 0), (other, 1)):
            met = False
            for text in half.iter(f"{{{W}}}t"):
                parts = (text.text or "").partition(cut)
                holds = bool(parts[1])
                text.text = (
                    (parts[0] if keep == 0 else parts[1] + parts[2])
                    if holds
                    else (text.text if met == bool(keep) else "")
                )
                met = met or holds
        return [*paragraphs[: at + 1], other, *paragraphs[at + 1 :]]

    made = back(CAMPUS, rebuilt(exported(CAMPUS), split)).report
    assert facts(made.blocks[4]) == [("F1",), ("F2",)]
    assert facts(made.blocks[5]) == [("F3",), ("F4",), ("F5",)]
    assert made.blocks[5].text.startswith("，并对4所")
    assert made.blocks[4].points[0] is CAMPUS.blocks[4].points[0]
    assert [each.code for each in examine(made, select=["G4"])] == []


def test_joined_paragraphs_keep_all_their_points() -> None:
    base = report(
        Block("paragraph", points=(Point("开展应急演练12场。", ("F9",)),)),
        Block("paragraph", points=(Point("发放宣传材料3万份。", ("F8",)),)),
    )

    def join(paragraphs: list[etree._Element]) -> list[etree._Element]:
        at = next(index for index, each in enumerate(paragraphs) if "演练12场" in printed(each))
        paragraphs[at].extend(list(paragraphs[at + 1].iter(f"{{{W}}}r")))
        return [*paragraphs[: at + 1], *paragraphs[at + 2 :]]

    made = back(base, rebuilt(exported(base), join)).report
    assert [block.points for block in made.blocks if block.points[-1:] and "演练" in block.text] == [
        (*base.blocks[5].points, *base.blocks[6].points)
    ]


def test_a_sentence_moved_to_another_section_takes_its_fact_along() -> None:
    sentence = "清理校园周边流动摊点37处。"
    made = typed((f"五是{sentence}", ""), ("持证上岗率达到100%。", f"持证上岗率达到100%。五是{sentence}")).report
    assert facts(made.blocks[4])[-1] == ("F10",)
    assert made.blocks[4].points[-1] == CAMPUS.blocks[6].points[-1]
    assert facts(made.blocks[6]) == [("F6",), ("F7",), ("F8",), ("F9",)]
    inside = typed((f"五是{sentence}", ""), ("签订安全责任书，", f"签订安全责任书。{sentence}")).report
    assert facts(inside.blocks[4]) == [("F1",), ("F2",), ("F10",), ("F3",), ("F4",), ("F5",)]


def test_a_section_moved_as_a_whole_is_the_same_blocks() -> None:
    def move(paragraphs: list[etree._Element]) -> list[etree._Element]:
        return [*paragraphs[:3], *paragraphs[5:7], *paragraphs[3:5], *paragraphs[7:]]

    made = back(CAMPUS, rebuilt(exported(CAMPUS), move)).report
    blocks = CAMPUS.blocks
    assert all(
        one is other
        for one, other in zip(made.blocks, (*blocks[:3], *blocks[5:7], *blocks[3:5], *blocks[7:]), strict=True)
    )


def test_a_deleted_section_is_gone_and_its_facts_are_named() -> None:
    made = back(CAMPUS, rebuilt(exported(CAMPUS), lambda paragraphs: [*paragraphs[:7], *paragraphs[9:]]))
    assert made.report.blocks == (*CAMPUS.blocks[:7], *CAMPUS.blocks[9:])
    assert "事实 F11、F12、F13、F14、F15 不再有要点写到" in made.notes
    assert {"G404"} <= {finding.code for finding in examine(made.report, select=["G4"])}


def test_new_paragraphs_and_new_points_stand_on_no_fact_and_are_named() -> None:
    def add(paragraphs: list[etree._Element]) -> list[etree._Element]:
        new = copy.deepcopy(paragraphs[2])
        for index, text in enumerate(new.iter(f"{{{W}}}t")):
            text.text = "" if index else "上半年还接待来访家长500人次，全部办结。"
        return [*paragraphs[:7], new, *paragraphs[7:]]

    data = rebuilt(retyped(exported(CAMPUS), ("流动摊点37处。", "流动摊点37处。六是查处无证小卖部12家。")), add)
    made = back(CAMPUS, data)
    assert made.report.blocks[7].text == "上半年还接待来访家长500人次，全部办结。"
    assert facts(made.report.blocks[6])[-2:] == [("F10",), ()]
    assert "新增的 1 段没有对应的事实：“上半年还接待来访家长500人次，…”" in made.notes
    assert "有 1 个要点没有对应的事实：“六是查处无证小卖部12家。”" in made.notes
    assert {(each.block, each.quote) for each in examine(made.report, select=["G401"])} == {(6, "12家"), (7, "500人次")}


def test_a_heading_that_changed() -> None:
    made = typed(("突出重点环节，排查整治隐患", "紧盯重点环节，彻底整治隐患"), ("三、加强教育", "四、加强教育")).report
    assert made.blocks[5] == Block("heading", "紧盯重点环节，彻底整治隐患", 1, "二、")
    assert made.blocks[7] == Block("heading", "加强教育演练，提高防范能力", 1, "四、")
    assert same_but(made, CAMPUS, 5, 7)


@pytest.mark.parametrize(
    ("paragraph", "name", "expected"),
    [
        (5, "Heading2", Block("heading", "突出重点环节，排查整治隐患", 2, "二、")),
        (11, "Lead", replace(CAMPUS.blocks[11], type="lead")),
        (11, None, CAMPUS.blocks[11]),
    ],
)
def test_a_style_that_changed_is_taken(paragraph: int, name: str | None, expected: Block) -> None:
    def restyle(paragraphs: list[etree._Element]) -> list[etree._Element]:
        style = paragraphs[paragraph].find(f"{{{W}}}pPr/{{{W}}}pStyle")
        assert style is not None
        if name:
            style.set(f"{{{W}}}val", name)
        else:
            paragraphs[paragraph][0].remove(style)
        return paragraphs

    made = back(CAMPUS, rebuilt(exported(CAMPUS), restyle)).report
    assert made.blocks[paragraph] == expected
    assert same_but(made, CAMPUS, paragraph)


def test_a_heading_made_body_text_is_a_paragraph() -> None:
    base = report(Block("heading", "健全机制"), Block("paragraph", "建立台账3本。"))

    def demote(paragraphs: list[etree._Element]) -> list[etree._Element]:
        at = next(index for index, each in enumerate(paragraphs) if printed(each) == "健全机制")
        paragraphs[at][0].remove(paragraphs[at][0][0])
        return paragraphs

    made = back(base, rebuilt(exported(base), demote)).report
    assert made.blocks[5] == Block("paragraph", "健全机制")
    assert same_but(made, base, 5)


def test_a_word_file_without_any_styles_keeps_the_types() -> None:
    def bare(paragraphs: list[etree._Element]) -> list[etree._Element]:
        for each in paragraphs:
            each.remove(each[0])
        return paragraphs

    made = back(CAMPUS, rebuilt(exported(CAMPUS), bare)).report
    assert made is CAMPUS


def test_pasted_markdown_is_text_and_is_told() -> None:
    made = typed(("清理校园周边", "**清理**校园周边"), ("现将有关情况报告如下：", "# 情况"))
    assert "**清理**校园周边流动摊点37处。" in made.report.text
    assert made.notes == ("有 1 段带 Markdown 记号，按文字读入：“一是抓好隐患整改。开展春季、汛前…”",)
    lines = [p(line) for line in ("## 存在问题", "- 学校安防力量不足", "- 资金缺口大")]

    def paste(paragraphs: list[etree._Element]) -> list[etree._Element]:
        pasted = [etree.fromstring(line.replace("<w:p>", f'<w:p xmlns:w="{W}">')) for line in lines]
        return [*paragraphs[:11], *pasted, *paragraphs[11:]]

    pasted = back(CAMPUS, rebuilt(exported(CAMPUS), paste))
    assert [block.text for block in pasted.report.blocks[11:14]] == [
        "## 存在问题",
        "- 学校安防力量不足",
        "- 资金缺口大",
    ]
    assert "有 3 段带 Markdown 记号，按文字读入：“## 存在问题”、“- 学校安防力量不足”、“- 资金缺口大”" in pasted.notes


def test_what_could_not_be_read_is_told() -> None:
    def add(paragraphs: list[etree._Element]) -> list[etree._Element]:
        table = f'<w:tbl xmlns:w="{W}"><w:tr><w:tc>{p("单位")}</w:tc></w:tr></w:tbl>'
        box = f'<w:p xmlns:w="{W}"><w:r><w:pict><w:txbxContent>{p("旁注")}</w:txbxContent></w:pict></w:r></w:p>'
        return [*paragraphs[:7], etree.fromstring(table), etree.fromstring(box), *paragraphs[7:]]

    made = back(CAMPUS, rebuilt(exported(CAMPUS), add))
    assert made.notes[:2] == ("有 1 个表格，按单元格逐段读入", "文本框中的文字未读入")
    assert made.report.blocks[7].text == "单位"


# --- a file that belongs to another report


def _pairs() -> Iterator[tuple[Report, Report]]:
    return permutations(map(drafted, CASES), 2)


def test_a_file_of_another_report_is_refused_in_one_line() -> None:
    for base, other in _pairs():
        with pytest.raises(DocumentError) as caught:
            back(base, exported(other))
        assert "几乎没有相同的文字" in str(caught.value)
        assert "请加 --force" in str(caught.value)
        assert "\n" not in str(caught.value)
    forced = back(CAMPUS, exported(drafted(CASES[1])), force=True).report
    assert forced.text == drafted(CASES[1]).text


def test_published_documents_are_told_apart() -> None:
    if not SHARED.exists():
        pytest.skip("公开文件样本不在")
    reports = [read(path).report for path in sorted(SHARED.glob("gov_doc_*.txt"))[::3]]
    for base, other in permutations(reports, 2):
        with pytest.raises(DocumentError, match="几乎没有相同的文字"):
            back(base, exported(other))


def test_a_hard_edit_is_no_other_report() -> None:
    """Half of every paragraph written anew, and two sections out."""
    blocks = [
        reworded(
            block, block.text[: len(block.text) // 2] + "其余内容由有关科室另行整理后补报。" * (len(block.text) // 40)
        )
        if block.type == "paragraph"
        else block
        for block in (*CAMPUS.blocks[:5], *CAMPUS.blocks[9:])
    ]
    data = without_stamp(exported(replace(CAMPUS, blocks=tuple(blocks))))
    assert back(CAMPUS, data).report.text == "\n".join(each.text for each in blocks)


def test_a_text_written_anew_with_every_change_tracked_is_its_own_edit() -> None:
    other = drafted(CASES[1])
    data = tracked(CAMPUS, other)
    assert back(CAMPUS, data, "accepted").report.text == other.text
    assert back(CAMPUS, data, "rejected").report is CAMPUS


@pytest.mark.parametrize("cut", range(1, 8))
def test_a_paragraph_cut_within_a_gist_leaves_the_fact_with_its_words(cut: int) -> None:
    """And the paragraph before it joined to it, which is what keeps the point from being found by its place."""
    told = (("检查", "一是", "从严检查"), ("约谈", "二是", ""))
    points = [
        Point(f"{verb}学校{number}所，共{number * 7}次。", (f"F{number}",), enumerator, gist)
        for number, (verb, enumerator, gist) in enumerate(told, 3)
    ]
    base = report(
        Block("paragraph", points=tuple(points)), Block("paragraph", points=(Point("走访学校6所。", ("F6",)),))
    )
    [at] = [at for at, block in enumerate(base.blocks) if block.points and block.points[0] == points[0]]
    text = base.blocks[at].text + base.blocks[at + 1].text
    parts = (Block("paragraph", text[:cut]), Block("paragraph", text[cut:]))
    new = replace(base, blocks=(*base.blocks[:at], *parts, *base.blocks[at + 2 :]))
    made = back(base, tracked(base, new), "accepted", force=True).report
    assert any("检查学校3所，共21次。" in point.text for point in made.points() if "F3" in point.facts)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_fact_is_lost_whose_words_still_stand(data: st.DataObject) -> None:
    told = (("检查", "一是", "从严检查"), ("约谈", "二是", ""), ("表扬", "三是", "树立典型"), ("走访", "", ""))
    points = [
        Point(f"{verb}学校{number}所，共{number * 7}次。", (f"F{number}",), enumerator, gist)
        for number, (verb, enumerator, gist) in enumerate(told, 3)
    ]
    base = report(Block("paragraph", points=tuple(points[:2])), Block("paragraph", points=tuple(points[2:])))
    new = data.draw(edits_of(base))
    made = back(base, tracked(base, new), "accepted", force=True).report
    held = {fact_id for point in made.points() for fact_id in point.facts}
    for point in points:
        if any(point.body in block.text for block in new.blocks):
            assert set(point.facts) <= held
