"""Word files as people leave them: automatic numbers, tracked changes, tables, fields, what is said to be unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafting.documents import Reading, read
from drafting.errors import DocumentError
from tests.wordfiles import W, docx, number, p, r, root, saved, style

TITLE = p("市应急管理局关于2024年上半年安全生产工作的专题报告")
DEL = '<w:del w:id="1" w:author="审核人">{}</w:del>'
INS = '<w:ins w:id="2" w:author="审核人">{}</w:ins>'
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
DELETED = "<w:r><w:delText>十二</w:delText></w:r>"


def reading(folder: Path, *body: str, **parts: str | bytes) -> Reading:
    return read(saved(folder, "报告.docx", docx(*body, **parts)))


def texts(found: Reading) -> list[str]:
    return [block.text for block in found.report.blocks]


def level(depth: int, form: str, text: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, overrides: str = "") -> str:
    """Lists 1 and 2, both on the one abstract list; 2 with these overrides."""
    abstract = f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
    base = '<w:abstractNumId w:val="7"/>'
    return root("numbering", f'{abstract}<w:num w:numId="1">{base}</w:num><w:num w:numId="2">{base}{overrides}</w:num>')


CHINESE = lists(level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3."))


def test_automatic_numbers_are_put_back(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        TITLE,
        p("强化组织领导", number(1)),
        p("压实责任", number(1, 1)),
        p("与31家重点单位签订承诺书。", number(1, 2)),
        p("开展约谈3次。", number(1, 2)),
        p("深化排查整治", number(1)),
        p("开展检查", number(1, 1)),
        p("检查126家次。"),
        numbering=CHINESE,
    )
    assert texts(found)[1:] == [
        "一、强化组织领导",
        "（一）压实责任",
        "1.与31家重点单位签订承诺书。",
        "2.开展约谈3次。",
        "二、深化排查整治",
        "（一）开展检查",
        "检查126家次。",
    ]
    headings = [(b.number, b.words, b.level) for b in found.report.blocks if b.type == "heading"]
    assert headings == [
        ("一、", "强化组织领导", 1),
        ("（一）", "压实责任", 2),
        ("二、", "深化排查整治", 1),
        ("（一）", "开展检查", 2),
    ]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimalEnclosedCircle", "%1", "①②"),
        ("decimalFullWidth", "%1．", "１．２．"),
        ("upperLetter", "%1.", "A.B."),
        ("japaneseCounting", "第%1章 ", "第一章第二章"),
        ("bullet", "", ""),
        ("none", "", ""),
    ],
)
def test_number_formats(tmp_path: Path, form: str, text: str, expected: str) -> None:
    items = [p("完成整改。", number(1)), p("完成验收。", number(1))]
    found = reading(tmp_path, TITLE, *items, numbering=lists(level(0, form, text)))
    assert "".join(block.number.strip() for block in found.report.blocks[1:]) == expected
    assert [block.words.lstrip("章 ") for block in found.report.blocks[1:]] == ["完成整改。", "完成验收。"]


def test_lists_of_one_kind_count_on_and_restart_where_told(tmp_path: Path) -> None:
    items = [p("甲。", number(1)), p("乙。", number(2)), p("丙。", number(2))]
    forms = level(0, "decimal", "%1.")
    assert texts(reading(tmp_path, TITLE, *items, numbering=lists(forms)))[1:] == ["1.甲。", "2.乙。", "3.丙。"]
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    restarted = lists(forms, overrides=restart)
    assert texts(reading(tmp_path, TITLE, *items, numbering=restarted))[1:] == ["1.甲。", "1.乙。", "2.丙。"]


def defined(key: str, name: str, properties: str = "", base: str = "") -> str:
    """A paragraph style."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:pPr>{properties}</w:pPr></w:style>'


def test_number_and_level_come_from_the_style_and_its_base(tmp_path: Path) -> None:
    styles = defined("a", "heading 1", number(1)) + defined("b", "我的标题", '<w:outlineLvl w:val="0"/>', base="a")
    body = [TITLE, p("强化领导", style("a")), p("召开会议4次。"), p("深化整治", style("b")), p("检查126家次。")]
    found = reading(tmp_path, *body, numbering=CHINESE, styles=root("styles", styles))
    assert [(b.type, b.text, b.level) for b in found.report.blocks][1:] == [
        ("heading", "一、强化领导", 1),
        ("paragraph", "召开会议4次。", 0),
        ("heading", "二、深化整治", 1),
        ("paragraph", "检查126家次。", 0),
    ]


def test_tracked_changes_read_as_accepted_and_are_told(tmp_path: Path) -> None:
    body = p(inner=r("检查") + DEL.format(DELETED) + INS.format(r("126")) + r("家次。"))
    found = reading(tmp_path, TITLE, body)
    assert texts(found)[1] == "检查126家次。"
    assert found.notes == ("有未处理的修订（插入 1 处、删除 1 处），按全部接受读入",)


def test_a_deleted_paragraph_mark_joins_the_paragraphs(tmp_path: Path) -> None:
    mark = '<w:rPr><w:del w:id="3" w:author="审核人"/></w:rPr>'
    found = reading(tmp_path, TITLE, p("检查企业", mark), p("126家次。"))
    assert texts(found)[1:] == ["检查企业126家次。"]


def test_comments_are_counted(tmp_path: Path) -> None:
    comments = root(
        "comments", "".join(f'<w:comment w:id="{i}" w:author="审">{p("请核实")}</w:comment>' for i in range(3))
    )
    found = reading(tmp_path, TITLE, p("检查126家次。"), comments=comments)
    assert "有 3 条批注未处理，批注内容未读入" in found.notes
    assert "请核实" not in "".join(texts(found))


def test_table_cells_in_order_and_never_headings(tmp_path: Path) -> None:
    def cell(*content: str) -> str:
        return f"<w:tc>{''.join(content)}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(p('内层'))}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr>{cell(p('一、企业'))}{cell(p('数量'), inner)}</w:tr><w:tr>{cell(p('化工'))}{cell(p('41家'))}</w:tr></w:tbl>"
    found = reading(tmp_path, TITLE, p("现将有关情况报告如下："), table, p("以上数据截至6月底。"))
    assert texts(found)[2:] == ["一、企业", "数量", "内层", "化工", "41家", "以上数据截至6月底。"]
    assert not any(block.type == "heading" for block in found.report.blocks)
    assert "有 2 个表格，按单元格逐段读入" in found.notes


def test_soft_line_breaks_stay_and_count_as_lines(tmp_path: Path) -> None:
    broken = p(inner="<w:r><w:t>　　检查企业</w:t><w:br/><w:t>126家次。</w:t></w:r>")
    found = reading(tmp_path, TITLE, broken, p("整改308处。"))
    assert texts(found)[1] == "检查企业\n126家次。"
    assert [(place.line, place.column) for place in found.places] == [(1, 1), (2, 3), (4, 1)]
    at = found.place(1, 5)
    assert (at.line, at.column) == (3, 1)


def test_what_does_not_print_is_not_read(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    hidden = r("隐藏", "<w:vanish/>")
    page = '<w:r><w:br w:type="page"/></w:r>'
    link = f"<w:hyperlink>{r('检查')}</w:hyperlink>"
    simple = f'<w:fldSimple w:instr="NUMWORDS">{r("126")}</w:fldSimple>'
    found = reading(tmp_path, TITLE, p(inner=page + field + hidden + link + simple + r("家次。")))
    assert texts(found)[1] == "检查126家次。"
    assert set(found.notes) == {"隐藏文字未读入"}


def _box(*paragraphs: str) -> str:
    return f"<w:r><w:pict><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></w:pict></w:r>"


def test_text_boxes_are_read_beside_the_text_and_take_no_part_in_its_shape(tmp_path: Path) -> None:
    aside = _box(p("一、框内标题"), p(), p("建国70周年。"))
    new, old = aside.removeprefix("<w:r>").removesuffix("</w:r>"), _box(p("旧程序所见"))
    twice = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    struck = f"<w:del>{_box(p('已删'))}</w:del>"
    found = reading(
        tmp_path,
        p(inner=r("某区水务局关于2024年上半年工作情况的") + _box(p("内部资料"))),
        p("报告"),
        p("区人民政府：", ""),
        p(inner=r("一、强化领导") + twice + struck),
        p("召开会议4次。"),
    )
    assert [(block.type, block.text) for block in found.report.blocks] == [
        ("title", "某区水务局关于2024年上半年工作情况的\n报告"),
        ("paragraph", "内部资料"),
        ("recipient", "区人民政府："),
        ("heading", "一、强化领导"),
        ("paragraph", "一、框内标题"),
        ("paragraph", "建国70周年。"),
        ("paragraph", "召开会议4次。"),
    ]
    assert found.notes == ("有未处理的修订（删除 1 处），按全部接受读入", "有 2 个文本框，其中文字逐段读入，不计入层次")


def test_a_text_that_stands_in_boxes_alone_is_the_text(tmp_path: Path) -> None:
    title = "某区水务局关于2024年上半年工作情况的报告"
    found = reading(tmp_path, p(inner=_box(p(title), p("一、强化领导"), p("召开会议4次。"))))
    assert [block.type for block in found.report.blocks] == ["title", "heading", "paragraph"]


def test_content_controls_are_read_and_a_table_of_contents_is_not(tmp_path: Path) -> None:
    contents = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    control = f"<w:sdt><w:sdtContent>{p('一、强化领导 …… 1', style('TOC1'))}{p('召开会议4次。')}</w:sdtContent></w:sdt>"
    found = reading(tmp_path, TITLE, control, styles=root("styles", contents))
    assert texts(found)[1:] == ["召开会议4次。"]
    assert "目录 1 行未读入" in found.notes


def test_headers_and_footnotes_are_said_to_be_unread(tmp_path: Path) -> None:
    note = '<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="1"><w:p/></w:footnote>'
    found = reading(
        tmp_path,
        TITLE,
        p("检查126家次。"),
        header1=root("hdr", p("市应急管理局文件")),
        footer1=root("ftr", p("— 1 —")),
        footnotes=root("footnotes", note),
    )
    assert found.notes == ("有 1 条脚注未读入", "页眉页脚中的文字未读入")


def test_pictures_are_said_to_be_unread(tmp_path: Path) -> None:
    drawn = (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'
    )
    found = reading(tmp_path, TITLE, p(inner=drawn + drawn + r("检查126家次。")))
    assert texts(found)[1] == "检查126家次。"
    assert found.notes == ("有 2 张图片，图中文字未读入",)


def test_nesting_beyond_measure_is_no_damage(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 200 + p("检查126家次。") + "</w:sdtContent></w:sdt>" * 200
    with pytest.raises(DocumentError, match="嵌套过深"):
        reading(tmp_path, TITLE, deep)


def test_the_strict_variant_of_the_format(tmp_path: Path) -> None:
    strict = root("document", f"<w:body>{TITLE}{p('检查126家次。')}</w:body>").replace(W, STRICT)
    found = read(saved(tmp_path, "严格.docx", docx(document=strict)))
    assert texts(found) == ["市应急管理局关于2024年上半年安全生产工作的专题报告", "检查126家次。"]


def test_heading_styles_make_headings_without_numbers(tmp_path: Path) -> None:
    styles = defined("2", "heading 2") + defined("T", "Title")
    body = [p("安全生产工作总结", style("T")), p("开展情况", style("2")), p("检查126家次。")]
    found = reading(tmp_path, *body, styles=root("styles", styles))
    assert [(b.type, b.level) for b in found.report.blocks] == [("title", 0), ("heading", 2), ("paragraph", 0)]


def test_a_first_heading_without_a_number_is_the_title(tmp_path: Path) -> None:
    styles = defined("1", "heading 1")
    body = [p("安全生产工作总结", style("1")), p("一、开展情况", style("1")), p("检查126家次。")]
    found = reading(tmp_path, *body, styles=root("styles", styles))
    assert [block.type for block in found.report.blocks] == ["title", "heading", "paragraph"]


def test_damaged_comments_do_not_take_the_text_with_them(tmp_path: Path) -> None:
    found = reading(tmp_path, TITLE, p("检查126家次。"), comments="<w:comments><w:comment")
    assert texts(found)[1:] == ["检查126家次。"]
    assert found.notes == ("批注部分（comments.xml）已损坏，批注未读入",)


BOLD = "<w:b/>"
BLACK = '<w:rFonts w:eastAsia="黑体"/>'
RECIPIENT, LEAD = p("市人民政府："), p("上半年，我局认真开展安全生产工作。")
FIRST, SECOND = p("检查企业126家次，整改隐患308处。"), p("组织培训12期，参训860人次。")


def headings(found: Reading) -> list[tuple[str, int]]:
    return [(block.text, block.level) for block in found.report.blocks if block.type == "heading"]


def test_a_paragraph_that_has_a_place_in_the_outline_is_a_heading(tmp_path: Path) -> None:
    """As WPS writes it: no style, the level stands in the paragraph itself; level 10 is text."""
    body = [
        TITLE,
        LEAD,
        p("深化专项整治", '<w:outlineLvl w:val="0"/>'),
        p("突出重点行业", '<w:outlineLvl w:val="1"/>'),
        p("检查企业126家次，整改隐患308处。", '<w:outlineLvl w:val="9"/>'),
    ]
    assert headings(reading(tmp_path, *body)) == [("深化专项整治", 1), ("突出重点行业", 2)]


@pytest.mark.parametrize("look", [BOLD, BLACK, '<w:b w:val="1"/>'])
def test_short_bold_lines_are_the_headings_where_there_are_no_others(tmp_path: Path, look: str) -> None:
    heads = [p(inner=r("深化", look) + r("专项整治", look)), p(inner=r("加强宣传教育", look))]
    found = reading(tmp_path, TITLE, RECIPIENT, LEAD, heads[0], FIRST, heads[1], SECOND)
    assert headings(found) == [("深化专项整治", 1), ("加强宣传教育", 1)]
    assert [block.type for block in found.report.blocks] == [
        "title", "recipient", "lead", "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip


def test_a_style_may_make_the_line_bold_and_a_run_not(tmp_path: Path) -> None:
    styles = root(
        "styles", '<w:style w:type="paragraph" w:styleId="粗"><w:name w:val="小题"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    heads = [p("深化专项整治", style("粗")), p("加强宣传教育", style("粗"))]
    plain = p(inner=r("开展联合执法", '<w:b w:val="0"/>'), properties=style("粗"))
    found = reading(tmp_path, TITLE, LEAD, heads[0], FIRST, heads[1], SECOND, plain, FIRST, styles=styles)
    assert headings(found) == [("深化专项整治", 1), ("加强宣传教育", 1)]


@pytest.mark.parametrize(
    "body",
    [
        [p(inner=r("深化专项整治", BOLD)), FIRST, SECOND],
        [p(inner=r("深化专项整治。", BOLD)), FIRST, p(inner=r("加强宣传教育。", BOLD)), SECOND],
        [p(inner=r("深化专项整治：", BOLD)), FIRST, p(inner=r("加强宣传教育：", BOLD)), SECOND],
        [
            p(inner=r("深化专项整治", BOLD) + r("，检查企业126家次")),
            FIRST,
            p(inner=r("加强宣传教育", BOLD) + r("，培训12期")),
            SECOND,
        ],
        [p(inner=r(text, BOLD)) for text in ("深化专项整治", "检查企业126家次。", "加强宣传教育", "组织培训12期。")],
        [
            p("一、深化专项整治"),
            p(inner=r("联合执法", BOLD)),
            FIRST,
            p("二、加强宣传教育"),
            p(inner=r("走进校园", BOLD)),
            SECOND,
        ],
    ],
    ids=["one alone", "sentences", "items", "in part", "all of the text", "beside numbered ones"],
)
def test_bold_is_no_heading_where_that_would_be_a_guess(tmp_path: Path, body: list[str]) -> None:
    bold = {"深化专项整治", "加强宣传教育", "联合执法", "走进校园", "深化专项整治。", "深化专项整治："}
    found = reading(tmp_path, TITLE, LEAD, *body)
    assert not {text for text, _ in headings(found)} & bold - {"深化专项整治", "加强宣传教育"}
    if "一、" not in "".join(body):
        assert headings(found) == []
