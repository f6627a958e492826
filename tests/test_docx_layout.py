"""The .docx as XML: GB/T 9704-2012 in twips, real styles, nothing of a template, the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace

import docx
import pytest
from lxml import etree

from drafting.documents import render
from drafting.profile import Layout
from drafting.report import Block, Point
from tests.reports_for_documents import BRIEF, TITLE, report
from tests.wordfiles import NS, W, names, part

LAYOUT = Layout()


def written(*extra: Block, layout: Layout = LAYOUT, **more: str) -> bytes:
    return render(report(*extra, **more), "docx", layout)  # type: ignore[arg-type]


def document(*extra: Block, layout: Layout = LAYOUT, **more: str) -> etree._Element:
    return part(written(*extra, layout=layout, **more), "word/document.xml")


def value(element: etree._Element, path: str, attribute: str = "val") -> str | None:
    found = element.find(path, NS)
    return None if found is None else found.get(f"{{{W}}}{attribute}")


def values(element: etree._Element, path: str) -> dict[str, str]:
    found = element.find(path, NS)
    assert found is not None, path
    return {etree.QName(name).localname: str(text) for name, text in found.attrib.items()}


def style(name: str, layout: Layout = LAYOUT) -> etree._Element:
    for element in part(written(layout=layout), "word/styles.xml").iterfind("w:style", NS):
        if value(element, "w:name") == name:
            return element
    raise AssertionError(name)


def paragraphs(root: etree._Element, of_style: str) -> list[etree._Element]:
    return [p for p in root.iterfind("w:body/w:p", NS) if value(p, "w:pPr/w:pStyle") == of_style]


def text(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{{{W}}}t"))


# --- page and styles


def test_page() -> None:
    section = document().find("w:body/w:sectPr", NS)
    assert section is not None
    assert values(section, "w:pgSz") == {"w": "11906", "h": "16838"}
    margins = values(section, "w:pgMar")
    assert (margins["top"], margins["left"], margins["bottom"], margins["right"]) == ("2098", "1588", "1984", "1474")
    assert values(section, "w:docGrid") == {"type": "lines", "linePitch": "579"}


@pytest.mark.parametrize(("pitch", "twips"), [(28.95, "579"), (28.0, "560"), (30.5, "610")])
def test_line_pitch_is_exact_and_a_setting(pitch: float, twips: str) -> None:
    layout = Layout(line_pitch=pitch)
    spacing = values(style("Normal", layout), "w:pPr/w:spacing")
    assert spacing == {"before": "0", "after": "0", "line": twips, "lineRule": "exact"}
    assert value(document(layout=layout), "w:body/w:sectPr/w:docGrid", "linePitch") == twips


def test_body() -> None:
    defaults = part(written(), "word/styles.xml").find("w:docDefaults/w:rPrDefault/w:rPr", NS)
    assert defaults is not None
    assert (value(defaults, "w:sz"), value(defaults, "w:spacing"), value(defaults, "w:lang", "eastAsia")) == (
        "32",
        "-5",
        "zh-CN",
    )
    assert set(values(defaults, "w:rFonts").values()) == {"仿宋_GB2312"}
    assert value(style("Normal"), "w:pPr/w:ind", "firstLine") == "630"
    assert value(style("Normal"), "w:pPr/w:widowControl") == "0"


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("heading 1", "黑体", None),
        ("heading 2", "楷体_GB2312", None),
        ("heading 3", "仿宋_GB2312", None),
        ("heading 4", "仿宋_GB2312", None),
        ("footer", "宋体", "28"),
    ],
)
def test_fonts_are_named_for_every_script_and_never_bold(name: str, font: str, size: str | None) -> None:
    found = style(name)
    fonts = values(found, "w:rPr/w:rFonts")
    assert {fonts["ascii"], fonts["hAnsi"], fonts["eastAsia"]} == {font}
    assert value(found, "w:rPr/w:sz") == size
    assert found.find("w:rPr/w:b", NS) is None


def test_fonts_are_settings_and_no_theme_is_left() -> None:
    data = written(layout=Layout(body_font="仿宋", title_font="方正小标宋_GBK", heading_font="SimHei"))
    styles = etree.tostring(part(data, "word/styles.xml"), encoding="unicode")
    assert "仿宋_GB2312" not in styles
    assert {"方正小标宋_GBK", "SimHei"} <= set(styles.split('"'))
    assert "Theme" not in styles


def test_headings_are_real_ones_with_outline_levels() -> None:
    extra = [
        Block("heading", f"第{level}层", level, number) for level, number in ((2, "（一）"), (3, "1."), (4, "（1）"))
    ]
    root = document(*extra)
    for level in range(1, 5):
        assert value(style(f"heading {level}"), "w:pPr/w:outlineLvl") == str(level - 1)
        assert len(paragraphs(root, f"Heading{level}")) == 1


def test_no_chars_indents_which_libreoffice_misplaces() -> None:
    for name in ("word/document.xml", "word/styles.xml"):
        data = etree.tostring(part(written(Block("attachment", "附件：1.甲\n2.乙")), name), encoding="unicode")
        assert "Chars=" not in data


# --- blocks


def test_title_is_broken_into_lines_in_one_paragraph() -> None:
    (title,) = paragraphs(document(), "Title")
    assert len(title.findall(".//w:br", NS)) == 1
    assert text(title) == TITLE
    assert value(style("Title"), "w:pPr/w:jc") == "center"
    assert value(style("Title"), "w:pPr/w:spacing", "after") == "579"


def test_run_in_headings_are_set_in_the_heading_face() -> None:
    drafted = Block("paragraph", "", 2, "（一）", (Point("检查126家次。", gist="强化检查"),))
    imported = Block("paragraph", "强化检查。检查126家次。", 2, "（一）")
    whole = Block("paragraph", "检查126家次。", 2, "（二）")
    plain = Block("paragraph", "", 2, "（二）", (Point("检查126家次。"),))
    for block, faced in ((drafted, "（一）强化检查。"), (imported, "（一）强化检查。"), (whole, ""), (plain, "")):
        paragraph = paragraphs(document(block), "Point")[1]
        runs = [run for run in paragraph.iterfind("w:r", NS) if value(run, "w:rPr/w:rStyle") == "Heading2Char"]
        assert "".join(map(text, runs)) == faced
        assert text(paragraph) == block.text


def test_attachments_hang_under_their_names() -> None:
    lines = paragraphs(document(Block("attachment", "附件：1.甲\n2.乙")), "Attachment")
    assert [text(line) for line in lines] == ["附件：1.甲", "2.乙"]
    first, second = (values(line, "w:pPr/w:ind") for line in lines)
    assert first["left"] == second["left"] == str(6 * 315)
    assert int(first["left"]) - int(first["hanging"]) == pytest.approx(2 * 315, abs=10)
    assert value(lines[0], "w:pPr/w:spacing", "before") == "579"
    assert value(lines[1], "w:pPr/w:spacing", "before") is None


def test_signature_and_date_stand_one_line_below_on_the_page_of_the_text() -> None:
    root = document(organ="市应急管理局办公室")
    (organ,), (day,) = paragraphs(root, "Organ"), paragraphs(root, "Issued")
    assert (text(organ), text(day)) == ("市应急管理局办公室", "2024年7月5日")
    assert value(organ, "w:pPr/w:spacing", "before") == "579"
    assert value(day, "w:pPr/w:spacing", "before") is None
    left = [int(values(line, "w:pPr/w:ind")["left"]) for line in (organ, day)]
    assert left == [8844 - 2 * 315 - 9 * 315, 8844 - 9 * 315]
    assert paragraphs(root, "Outlook")[0].find("w:pPr/w:keepNext", NS) is not None
    for name in ("署名", "成文日期"):
        assert value(style(name), "w:pPr/w:snapToGrid") == "0"


def test_a_seal_moves_the_signature() -> None:
    lefts = []
    for seal in (False, True):
        (organ,) = paragraphs(document(layout=Layout(seal=seal)), "Organ")
        lefts.append(int(values(organ, "w:pPr/w:ind")["left"]))
    assert lefts[1] < lefts[0]


def test_control_characters_of_an_imported_text_do_not_stop_the_writing() -> None:
    root = document(Block("paragraph", "检查\x0b126\x00家次\ufffe。"))
    assert text(paragraphs(root, "Point")[1]) == "检查126家次。"


# --- page numbers and red header


def test_page_numbers_odd_right_even_left() -> None:
    data = written()
    root = document()
    relations = {each.get("Id"): each.get("Target") for each in part(data, "word/_rels/document.xml.rels")}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    sides = {str(each.get(f"{{{W}}}type")): relations[each.get(key)] for each in root.iter(f"{{{W}}}footerReference")}
    for kind, edge in (("default", "right"), ("even", "left")):
        footer = part(data, f"word/{sides[kind]}")
        assert value(footer, "w:p/w:pPr/w:jc") == edge
        assert values(footer, "w:p/w:pPr/w:ind")[edge] == "280"
        assert text(footer) == "— 1 —"
        assert [each.text for each in footer.iter(f"{{{W}}}instrText")] == ["PAGE"]
    assert part(data, "word/settings.xml").find("w:evenAndOddHeaders", NS) is not None


def test_page_numbers_can_be_left_out() -> None:
    data = written(layout=Layout(page_numbers=False))
    assert not [name for name in names(data) if "footer" in name]


def test_red_header() -> None:
    root = document(layout=Layout(red_header=True))
    (mark,), (number,) = paragraphs(root, "OrganMark"), paragraphs(root, "DocumentNumber")
    assert text(mark) == "市应急管理局文件"
    assert text(number) == "市应急〔2024〕15号签发人：张某某"
    assert value(style("发文机关标志"), "w:rPr/w:color") == "FF0000"
    assert values(style("发文字号"), "w:pPr/w:pBdr/w:bottom")["color"] == "FF0000"


def test_red_header_without_a_signatory_centres_the_number() -> None:
    made = replace(report(), brief=replace(BRIEF, signatory=""))
    root = part(render(made, "docx", Layout(red_header=True)), "word/document.xml")
    (number,) = paragraphs(root, "DocumentNumber")
    assert (text(number), value(number, "w:pPr/w:jc")) == ("市应急〔2024〕15号", "center")


# --- the file


def test_nothing_of_a_template_is_left() -> None:
    data = written()
    assert set(names(data)) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
    }
    assert b"python-docx" not in b"".join(etree.tostring(part(data, name)) for name in names(data))


def test_core_properties_come_from_the_report_alone() -> None:
    properties = docx.Document(io.BytesIO(written())).core_properties
    assert (properties.title, properties.author, properties.language) == (TITLE, "市应急管理局", "zh-CN")
    assert str(properties.created) == str(properties.modified) == "2024-07-05 00:00:00+00:00"
    undated = docx.Document(io.BytesIO(render(replace(report(), issued=None), "docx", LAYOUT))).core_properties
    assert (undated.created, undated.modified) == (None, None)


def test_python_docx_reads_what_was_written() -> None:
    opened = docx.Document(io.BytesIO(written()))
    assert opened.paragraphs[0].style is not None
    assert opened.paragraphs[0].style.name == "Title"
    assert [paragraph.text for paragraph in opened.paragraphs][-1] == "2024年7月5日"


def test_the_same_report_is_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib; from tests.reports_for_documents import report; from drafting.documents import evidence, render;"
        "from drafting.profile import Layout; layout = Layout(red_header=True);"
        "print(hashlib.sha256(render(report(), 'docx', layout) + evidence(report(), layout)).hexdigest())"
    )
    digests = set()
    for seed, zone in (("0", "UTC"), ("1", "Asia/Shanghai"), ("4242", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout.strip())
    assert len(digests) == 1
    assert len(digests.pop()) == len(hashlib.sha256().hexdigest())
