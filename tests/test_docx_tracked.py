"""Tracked changes and comments of Word files: both views of a text, whose each change is, and where each comment stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.comments import Comment, Hand
from drafting.documents import evidence
from drafting.documents.tracked import Role, Side, Tracked, revisions
from drafting.errors import DocumentError
from drafting.profile import Layout
from drafting.report import Report
from tests.reports_for_documents import any_report, report
from tests.test_docx_reader import CHINESE
from tests.tracked_files import HANDS, office, tracked
from tests.wordfiles import docx, number, p, r, root, saved, style

TITLE = p("市应急管理局关于2024年上半年安全生产工作的专题报告")
REVIEWER = 'w:id="1" w:author="张三" w:date="2024-07-01T09:00:00Z"'
CHIEF = 'w:id="2" w:author="李四" w:date="2024-07-02T09:00:00Z"'
ZHANG = Hand("张三", datetime(2024, 7, 1, 9, tzinfo=UTC))
LI = Hand("李四", datetime(2024, 7, 2, 9, tzinfo=UTC))
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def ins(*runs: str, by: str = REVIEWER) -> str:
    return f"<w:ins {by}>{''.join(runs)}</w:ins>"


def gone(text: str, by: str = CHIEF) -> str:
    return f'<w:del {by}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def mark(change: str, by: str = REVIEWER) -> str:
    return f"<w:rPr><w:{change} {by}/></w:rPr>"


def begin(key: int = 0) -> str:
    return f'<w:commentRangeStart w:id="{key}"/>'


def end(key: int = 0) -> str:
    return f'<w:commentRangeEnd w:id="{key}"/>{sign(key)}'


def sign(key: int = 0) -> str:
    return f'<w:r><w:commentReference w:id="{key}"/></w:r>'


def comment(text: str = "请核实", key: int = 0, told: str = 'w:author="张三" w:date="2024-07-01T09:00:00Z"') -> str:
    return f'<w:comment w:id="{key}" {told}>{p(text)}</w:comment>'


def lines(side: Side) -> list[str]:
    """The texts behind the title."""
    return [block.text for block in side.blocks][1:]


def found(*body: str, **parts: str | bytes) -> Tracked:
    return revisions(docx(TITLE, *body, **parts), "修改稿.docx")


def both(*body: str, **parts: str | bytes) -> tuple[list[str], list[str]]:
    read = found(*body, **parts)
    return lines(read.accepted), lines(read.rejected)


def quoted(side: Side) -> list[str]:
    """The words that each comment stands on."""
    return [side.blocks[each.block].text[each.start : each.end] for each in side.comments]


# --- both views


@pytest.mark.parametrize(
    ("runs", "accepted", "rejected"),
    [
        (r("检查") + gone("十二") + ins(r("126")) + r("家次。"), "检查126家次。", "检查十二家次。"),
        (r("检查") + ins(gone("企业"), r("学校")) + r("6所。"), "检查学校6所。", "检查6所。"),
        (r("检查") + f"<w:del {CHIEF}>{ins(r('企业'))}</w:del>" + r("6家。"), "检查6家。", "检查6家。"),
        (
            f"<w:moveFrom {CHIEF}>{r('上半年，')}</w:moveFrom>{r('我局')}<w:moveTo {CHIEF}>{r('上半年')}</w:moveTo>{r('检查6家。')}",
            "我局上半年检查6家。",
            "上半年，我局检查6家。",
        ),
        (r("检查") + ins("<w:hyperlink>" + r("126") + "</w:hyperlink>") + r("家。"), "检查126家。", "检查家。"),
        (r("培训") + gone("𠮷林") + ins(r("吉林")) + r("籍学员。"), "培训吉林籍学员。", "培训𠮷林籍学员。"),
        (r("检查") + ins("<w:r><w:br/></w:r>") + r("6家。"), "检查\n6家。", "检查6家。"),
    ],
)
def test_runs(runs: str, accepted: str, rejected: str) -> None:
    assert both(p(inner=runs)) == ([accepted], [rejected])


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        ([p("检查6家。", mark("ins")), p("培训3期。")], ["检查6家。", "培训3期。"], ["检查6家。培训3期。"]),
        ([p("检查6家。", mark("del")), p("培训3期。")], ["检查6家。培训3期。"], ["检查6家。", "培训3期。"]),
        ([p(inner=gone("略。"), properties=mark("del")), p("培训3期。")], ["培训3期。"], ["略。", "培训3期。"]),
        ([p(inner=ins(r("略。")), properties=mark("ins")), p("培训3期。")], ["略。", "培训3期。"], ["培训3期。"]),
        ([p("甲。", mark("moveFrom")), p("乙。")], ["甲。乙。"], ["甲。", "乙。"]),
        ([p("甲。", mark("moveTo")), p("乙。")], ["甲。", "乙。"], ["甲。乙。"]),
        (
            [p("甲。", f"<w:rPr><w:ins {REVIEWER}/><w:del {CHIEF}/></w:rPr>"), p("乙。")],
            ["甲。乙。"],
            ["甲。乙。"],
        ),
        ([p("甲。", mark("del")), p("乙。", mark("del")), p("丙。")], ["甲。乙。丙。"], ["甲。", "乙。", "丙。"]),
    ],
)
def test_paragraph_marks(body: list[str], accepted: list[str], rejected: list[str]) -> None:
    assert both(*body) == (accepted, rejected)


@pytest.mark.parametrize("change", ["del", "ins"])
def test_a_mark_that_went_before_a_table_or_at_an_end_loses_no_words(change: str) -> None:
    cell = f"<w:tbl><w:tr><w:tc>{p('表内。', mark(change))}</w:tc></w:tr></w:tbl>"
    read = found(p("表前。", mark(change)), cell, p("表后。", mark(change)))
    assert lines(read.accepted) == lines(read.rejected) == ["表前。", "表内。", "表后。"]


def test_automatic_numbers_count_what_each_view_holds() -> None:
    body = [
        p(inner=gone("强化组织领导"), properties=number(1) + mark("del")),
        p("深化排查整治", number(1)),
        p(inner=ins(r("抓好教育培训")), properties=number(1) + mark("ins")),
        p("严格值班值守", number(1)),
    ]
    assert both(*body, numbering=CHINESE) == (
        ["一、深化排查整治", "二、抓好教育培训", "三、严格值班值守"],
        ["一、强化组织领导", "二、深化排查整治", "三、严格值班值守"],
    )


def test_a_number_that_was_switched_on() -> None:
    numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins {REVIEWER}/></w:numPr>'
    assert both(p("深化排查整治", numbered), numbering=CHINESE) == (["一、深化排查整治"], ["深化排查整治"])


def test_a_style_that_was_changed_is_told_with_its_hand() -> None:
    names = (("1", "heading 1"), ("2", "heading 2"))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in names
    )
    changed = f"{style('2')}<w:pPrChange {CHIEF}><w:pPr>{style('1')}</w:pPr></w:pPrChange>"
    read = found(p("深化排查整治", changed), p("检查6家。"), styles=root("styles", styles))
    assert (read.accepted.roles[1], read.rejected.roles[1]) == (Role("heading", 2), Role("heading", 1))
    assert read.accepted.roles[2] == Role(None)
    assert read.accepted.formats == {1: LI}


def test_words_that_were_hidden_with_tracking_on() -> None:
    hidden = f"<w:rPr><w:vanish/><w:rPrChange {CHIEF}><w:rPr/></w:rPrChange></w:rPr>"
    assert both(p(inner=f"<w:r>{hidden}<w:t>内部掌握，</w:t></w:r>" + r("检查6家。"))) == (
        ["检查6家。"],
        ["内部掌握，检查6家。"],
    )


def test_rows_and_cells_of_a_table() -> None:
    def row(change: str, *cells: str) -> str:
        return f"<w:tr><w:trPr>{change}</w:trPr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    table = (
        row("", p("单位"), p("家次"))
        + row(f"<w:ins {REVIEWER}/>", p("甲县"))
        + row(f"<w:del {CHIEF}/>", p("乙县"))
        + row(
            "",
            f"<w:tcPr><w:cellIns {REVIEWER}/></w:tcPr>{p('新列')}",
            f"<w:tcPr><w:cellDel {CHIEF}/></w:tcPr>{p('旧列')}",
        )
    )
    read = found(f"<w:tbl>{table}</w:tbl>")
    assert lines(read.accepted) == ["单位", "家次", "甲县", "新列"]
    assert lines(read.rejected) == ["单位", "家次", "乙县", "旧列"]
    assert [(each.block, each.hand) for each in read.accepted.stretches] == [(3, ZHANG)]
    assert "有 1 个表格，按单元格逐段读入" in read.notes


def test_whose_each_stretch_is() -> None:
    read = found(
        p(inner=r("检查") + gone("十二") + ins(r("126")) + r("家次。"), properties=mark("ins")),
        p(inner=ins(r("　培训3期。"), by=CHIEF)),
        p("值守", mark("del", CHIEF)),
        p("到位。"),
    )
    assert lines(read.accepted) == ["检查126家次。", "培训3期。", "值守到位。"]
    assert [(each.block, each.start, each.end, each.hand) for each in read.accepted.stretches] == [
        (1, 2, 5, ZHANG),
        (1, 8, 9, ZHANG),
        (2, 0, 5, LI),
    ]
    assert lines(read.rejected) == ["检查十二家次。", "值守", "到位。"]
    assert [(each.block, each.start, each.end, each.hand) for each in read.rejected.stretches] == [
        (1, 2, 4, LI),
        (2, 2, 3, LI),
    ]
    assert (read.count, read.authors) == (5, ("张三", "李四"))


@pytest.mark.parametrize(
    ("told", "hand"),
    [
        ("", Hand("未署名")),
        ('w:author="  " w:date="昨天"', Hand("未署名")),
        ('w:author="张三" w:date="0000-00-00T00:00:00Z"', Hand("张三")),
        ('w:author="张三" w:date="2024-07-01T09:00:00"', ZHANG),
        ('w:author="张三" w:date="2024-07-01T17:00:00+08:00"', ZHANG),
        ('w:author="张三" w:date="0001-01-01T00:00:00+14:00"', Hand("张三")),
    ],
)
def test_authors_and_dates_that_are_missing_or_odd(told: str, hand: Hand) -> None:
    read = found(p(inner=r("检查") + ins(r("126"), by=told) + r("家次。")))
    assert read.accepted.stretches[0].hand == hand


def test_a_file_without_changes_has_one_side() -> None:
    read = found(p("检查6家。"))
    assert read.count == 0
    assert read.accepted is read.rejected


def test_all_of_it_taken_out() -> None:
    taken = p(inner=gone("安全生产工作总结")) + p(inner=gone("检查6家。"))
    read = revisions(docx(taken))
    assert read.accepted.blocks == ()
    assert [block.text for block in read.rejected.blocks] == ["安全生产工作总结", "检查6家。"]


@pytest.mark.parametrize("data", [b"", b"# \xe6\x8a\xa5\xe5\x91\x8a", docx(p("")), b"PK\x03\x04"])
def test_what_is_no_word_file_is_named(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^修改稿\.docx: "):
        revisions(data, "修改稿.docx")


@settings(max_examples=60, deadline=None)
@given(old=any_report(), new=any_report())
def test_both_versions_are_in_the_file(old: Report, new: Report) -> None:
    read = revisions(tracked(old, new))
    assert [block.text for block in read.accepted.blocks] == [block.text for block in new.blocks]
    assert [block.text for block in read.rejected.blocks] == [block.text for block in old.blocks]


@settings(max_examples=60, deadline=None)
@given(old=any_report(), new=any_report())
def test_what_is_no_stretch_stands_in_both_views(old: Report, new: Report) -> None:
    read = revisions(tracked(old, new))

    def untouched(side: Side) -> str:
        kept = [list(block.text) for block in side.blocks]
        for stretch in side.stretches:
            for at in range(stretch.start, min(stretch.end, len(kept[stretch.block]))):
                kept[stretch.block][at] = ""
        return "".join("".join(chars) for chars in kept).replace("\n", "")

    assert untouched(read.accepted) == untouched(read.rejected)


# --- comments


def test_comments_stand_on_their_words() -> None:
    body = p(
        inner=r("检查")
        + begin()
        + ins(r("126"))
        + r("家次")
        + end()
        + r("，")
        + begin(1)
        + gone("全部")
        + end(1)
        + r("整改。")
    )
    read = found(body, comments=root("comments", comment() + comment("为何删去", 1)))
    assert read.comments == (
        Comment("请核实", ZHANG, 1, 2, 7),
        Comment("为何删去", ZHANG, 1, 8, 8),
    )
    assert quoted(read.accepted) == ["126家次", ""]
    assert quoted(read.rejected) == ["家次", "全部"]


def test_a_comment_inside_an_insertion() -> None:
    body = p(inner=r("检查") + ins(begin(), r("126"), r("家次"), end()) + r("。"))
    read = found(body, comments=root("comments", comment()))
    assert (quoted(read.accepted), quoted(read.rejected)) == (["126家次"], [""])
    assert read.rejected.comments[0].start == 2


def test_a_comment_over_paragraphs_stands_in_the_first_and_says_so() -> None:
    read = found(
        p(inner=r("检查") + begin() + r("6家。")),
        p(inner=r("培训3期") + end() + r("。")),
        comments=root("comments", comment()),
    )
    assert quoted(read.accepted) == ["6家。"]
    assert "批注“请核实”跨 2 段，只标在第一段" in read.notes


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (r("检查") + begin() + r("6家次，") + sign() + r("培训3期。"), "6家次，"),
        (r("检查") + begin() + r("6家次。"), "6家次。"),
        (r("检查") + r("6家次") + end() + r("。"), ""),
        (r("检查") + sign() + r("6家次。"), ""),
        (end() + r("检查") + begin() + r("6家次。"), ""),
        (begin() + r("检查") + end() + begin() + r("6家次。") + end(), "检查"),
    ],
)
def test_ranges_that_are_not_whole(marks: str, words: str) -> None:
    read = found(p(inner=marks), p("此后另起。"), comments=root("comments", comment()))
    assert quoted(read.accepted) == [words]
    assert read.comments[0].block == 1


def test_a_comment_at_the_head_of_a_paragraph_belongs_to_it() -> None:
    read = found(p("检查6家。"), p(inner=sign() + r("培训3期。")), comments=root("comments", comment()))
    assert (read.comments[0].block, read.comments[0].start) == (2, 0)


def test_a_comment_between_paragraphs_and_one_on_an_empty_line() -> None:
    notes = root("comments", comment() + comment("补一段", 1))
    read = found(p("检查6家。"), begin(), p("培训3期。"), end(), p(inner=sign(1)), comments=notes)
    assert quoted(read.accepted) == ["培训3期。", ""]
    assert read.comments[1].block == 2


def test_a_comment_without_a_place_is_on_the_whole_and_says_so() -> None:
    read = found(p("检查6家。"), comments=root("comments", comment("请分管领导先行审阅后再报")))
    assert read.comments == (Comment("请分管领导先行审阅后再报", ZHANG),)
    assert read.notes == ("批注“请分管领导先行审阅后再报”在正文里没有位置，作为对全文的批注",)


def test_ids_that_stand_twice() -> None:
    read = found(
        p(inner=begin() + r("检查") + end() + r("6家。")), comments=root("comments", comment("甲") + comment("乙"))
    )
    assert [(each.text, each.start, each.end) for each in read.comments] == [("甲", 0, 2), ("乙", 0, 2)]


def test_answers_stand_behind_what_they_answer_and_what_is_resolved_is_told() -> None:
    def said(text: str, key: int, paragraph: str) -> str:
        inner = f'<w:p w14:paraId="{paragraph}">{r(text)}</w:p>'
        return f'<w:comment w:id="{key}" w:author="张三" w:date="2024-07-01T09:00:00Z">{inner}</w:comment>'

    comments = root("comments", said("数字不对", 0, "A1") + said("请补来源", 1, "B1") + said("已改", 2, "A2")).replace(
        "<w:comments ", f'<w:comments xmlns:w14="{W14}" ', 1
    )
    extended = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="A1" w15:done="1"/><w15:commentEx w15:paraId="B1" w15:done="0"/>'
        '<w15:commentEx w15:paraId="A2" w15:paraIdParent="A1" w15:done="0"/></w15:commentsEx>'
    )
    body = p(inner=begin() + begin(2) + r("检查") + end() + end(2) + r("6家。"))
    read = found(body, comments=comments, commentsExtended=extended)
    assert [each.text for each in read.comments] == ["数字不对", "已改", "请补来源"]
    assert (read.answers, read.resolved) == ({1: 0}, frozenset({0}))
    damaged = found(body, comments=comments, commentsExtended="<w15:commentsEx")
    assert [each.text for each in damaged.comments] == ["数字不对", "请补来源", "已改"]
    assert "批注部分（commentsExtended.xml）已损坏，答复关系未读入" in damaged.notes


def test_comments_that_are_damaged_do_not_take_the_text_with_them() -> None:
    read = found(p(inner=begin() + r("检查6家。") + end()), comments="<w:comments><w:comment")
    assert lines(read.accepted) == ["检查6家。"]
    assert read.notes == ("批注部分（comments.xml）已损坏，批注未读入",)


def test_a_comment_of_several_paragraphs_and_one_of_none() -> None:
    several = f'<w:comment w:id="0" w:author="张三">{p("请核实")}{p(inner=gone("旧稿") + ins(r("台账")))}</w:comment>'
    picture = f'<w:comment w:id="1" w:author="李四">{p(inner="<w:r><w:drawing/></w:r>")}</w:comment>'
    read = found(p(inner=sign() + sign(1) + r("检查6家。")), comments=root("comments", several + picture))
    assert [(each.text, each.by) for each in read.comments] == [("请核实\n台账", Hand("张三")), ("", Hand("李四"))]
    assert "有 1 条批注没有文字（图片或墨迹），只读入位置和作者" in read.notes


def test_a_comment_in_what_is_not_read_stays_at_its_place() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p(inner=sign())}</w:txbxContent></w:pict></w:r>"
    read = found(p(inner=r("检查") + box + r("6家。")), comments=root("comments", comment()))
    assert (read.comments[0].block, read.comments[0].start) == (1, 2)


def test_comments_of_the_evidence_copy_were_said_by_nobody() -> None:
    read = revisions(evidence(report(), Layout()))
    assert read.comments == ()
    assert read.notes == ("留痕批注 2 条是导出时所附，未作为批注读入",)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_comment_stays_on_its_words_whatever_is_tracked_around_it(data: st.DataObject) -> None:
    words, before, behind = (
        "完成整改",
        *data.draw(st.tuples(*(st.lists(st.sampled_from("检查6家。　"), max_size=4),) * 2)),
    )

    def run(char: str) -> str:
        return data.draw(st.sampled_from([r(char), ins(r(char)), gone(char)]))

    marked = begin() + r("完成") + data.draw(st.sampled_from(["", gone("了"), ins(r(" "))])) + r("整改") + end()
    body = p(inner="".join(map(run, before)) + marked + "".join(map(run, behind)))
    read = found(body, comments=root("comments", comment()))
    assert quoted(read.accepted)[0].replace(" ", "") == words
    assert quoted(read.rejected)[0].replace("了", "") == words


def test_many_hands_are_told_apart() -> None:
    old = report()
    new = report(day="2024年7月8日", organ="市应急管理局办公室")
    read = revisions(tracked(old, new, HANDS[:2]))
    assert {each.hand.name for each in read.accepted.stretches} == {"张三", "李四"}


def test_changes_are_counted_as_people_see_them() -> None:
    """Programs cut one change into runs, by script or by spelling mark."""
    pieces = ins(r("检查"), by=REVIEWER) + ins(r("126"), by=REVIEWER.replace('"1"', '"9"')) + ins(r("家次"))
    assert found(p(inner=pieces + r("，") + gone("全部") + gone("完成"))).count == 2
    assert found(p(inner=pieces, properties=mark("ins")), p(inner=ins(r("培训3期。")))).count == 1
    assert found(p(inner=r("检查") + ins(gone("企业"))), p("6家。")).count == 2


# --- files that LibreOffice made

OPEN_DOCUMENT = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)


def region(key: str, kind: str, who: str, day: str, inner: str = "") -> str:
    told = f"<office:change-info><dc:creator>{who}</dc:creator><dc:date>{day}T09:00:00</dc:date></office:change-info>"
    return f'<text:changed-region text:id="{key}"><text:{kind}>{told}{inner}</text:{kind}></text:changed-region>'


def put(key: str, words: str) -> str:
    return f'<text:change-start text:change-id="{key}"/>{words}<text:change-end text:change-id="{key}"/>'


def taken(key: str) -> str:
    return f'<text:change text:change-id="{key}"/>'


@pytest.mark.office
def test_changes_that_libreoffice_tracked(tmp_path: Path) -> None:
    regions = (
        region("c1", "insertion", "张三", "2024-07-01")
        + region("c2", "deletion", "李四", "2024-07-02", "<text:p>十二</text:p>")
        + region("c3", "insertion", "张三", "2024-07-01")
        + region("c4", "deletion", "李四", "2024-07-02", "<text:p/><text:p/>")
    )
    told = "<dc:creator>王五</dc:creator><dc:date>2024-07-05T10:00:00</dc:date><text:p>请核实</text:p>"
    said = f'<office:annotation office:name="n1" loext:resolved="true">{told}</office:annotation>'
    paragraphs = (
        "安全生产工作总结",
        f'检查{taken("c2")}{put("c1", "126")}{said}家次<office:annotation-end office:name="n1"/>。',
        f"培训3期。{put('c3', '</text:p><text:p>另开展演练5场。')}",
        f"值守{taken('c4')}到位。",
    )
    body = "".join(f"<text:p>{each}</text:p>" for each in paragraphs)
    text = f"<text:tracked-changes>{regions}</text:tracked-changes>{body}"
    document = f"<office:body><office:text>{text}</office:text></office:body>"
    kind = 'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"'
    whole = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {OPEN_DOCUMENT} {kind}>{document}</office:document>'
    )
    written = saved(tmp_path, "tracked.fodt", whole)
    (data,) = office(tmp_path, written)
    read = revisions(data)
    assert lines(read.accepted) == ["检查126家次。", "培训3期。", "另开展演练5场。", "值守到位。"]
    assert lines(read.rejected) == ["检查十二家次。", "培训3期。", "值守", "到位。"]
    assert quoted(read.accepted) == quoted(read.rejected) == ["家次"]
    assert (read.comments[0].by.name, read.resolved, set(read.authors)) == ("王五", frozenset({0}), {"张三", "李四"})
    assert {(each.block, each.hand) for each in read.rejected.stretches} == {(1, LI), (3, LI)}
