"""Briefs from spreadsheets: what a row means, what is wrong with one, and files that mean harm."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drafting import archive, spreadsheet
from drafting.errors import BriefError
from drafting.facts import Brief, Fact
from drafting.period import Period
from drafting.table import place

HEADER = ("organ", "period", "kind", "topic", "issued", "section", "fact", "source", "date")
CHINESE = ("单位", "报告期", "文种", "主题", "成文日期", "章节", "事实", "来源", "日期")


def row(**changed: Any) -> list[Any]:
    """One row under HEADER with some of its cells changed."""
    usual = dict.fromkeys(HEADER) | {
        "organ": "市应急管理局",
        "period": "2024年上半年",
        "kind": "special-report",
        "topic": "安全生产工作",
        "issued": "2024-07-05",
        "section": "强化检查",
        "fact": "检查126家次",
    }
    return list((usual | changed).values())


def workbook(path: Path, rows: list[list[Any]], mend: Callable[[Any], None] = lambda sheet: None) -> Path:
    book = openpyxl.Workbook()
    for values in rows:
        book.active.append(values)
    mend(book.active)
    book.save(path)
    return path


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Path]:
    """A workbook of the usual header and the given rows."""
    return lambda *rows, mend=lambda sheet: None: workbook(tmp_path / "报告.xlsx", [list(HEADER), *rows], mend)


@pytest.fixture
def text(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "报告.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def briefs(path: Path) -> list[Brief]:
    return [loaded.brief for loaded in spreadsheet.load(path)]


def only(path: Path) -> Brief:
    (brief,) = briefs(path)
    return brief


def complaints(path: Path) -> list[str]:
    with pytest.raises(BriefError) as caught:
        spreadsheet.load(path)
    return [str(complaint).removeprefix(f"{path}:").strip() for complaint in caught.value.complaints]


Xlsx = Callable[..., Path]
Text = Callable[..., Path]


def test_one_brief_for_each_organ_period_kind_and_topic(xlsx: Xlsx) -> None:
    path = xlsx(
        row(),
        row(organ="县教育局", fact="授课5场"),
        row(section="下一步打算", fact="开展“回头看”"),
        row(section="加强宣传", fact="发放资料5,000余份", source="宣教科", date="2024年6月16日"),
        row(period="2024-01-01..2024-06-30", kind="专题报告", fact="约谈3家"),
        row(topic="消防工作", fact="演练17场"),
    )
    safety, school, fire = briefs(path)
    assert (safety.organ, safety.kind, safety.topic, safety.issued) == (
        "市应急管理局",
        "special-report",
        "安全生产工作",
        date(2024, 7, 5),
    )
    assert [section.heading for section in safety.sections] == ["强化检查", "加强宣传"]
    assert list(safety.facts()) == [
        Fact("F1", "检查126家次"),
        Fact("F2", "约谈3家"),
        Fact("F3", "发放资料5,000余份", "宣教科", date(2024, 6, 16)),
        Fact("F4", "开展“回头看”"),
    ]
    assert [fact.line for fact in safety.facts()] == [2, 6, 5, 4]
    assert [fact.text for fact in safety.outlook] == ["开展“回头看”"]
    assert (school.organ, fire.topic) == ("县教育局", "消防工作")
    assert safety.path == str(path)


def test_chinese_headers_in_any_order_with_columns_of_ones_own(tmp_path: Path) -> None:
    header = ["序号", *reversed(CHINESE), "主送机关"]
    path = workbook(tmp_path / "报告.xlsx", [header, [1, *reversed(row()), "市人民政府"]])
    (loaded,) = spreadsheet.load(path)
    assert loaded.brief.recipient == "市人民政府"
    assert loaded.brief.sections[0].facts == (Fact("F1", "检查126家次"),)
    assert loaded.notes == ("没有用到的列：序号（A1）",)


def test_cells_are_read_as_they_are_shown(xlsx: Xlsx) -> None:
    def mend(sheet: Any) -> None:
        sheet["G4"].number_format = "0.0%"
        sheet["B5"].number_format = 'yyyy"年"m"月"'

    path = xlsx(
        row(issued=datetime(2024, 7, 5), fact=12.0, date=date(2024, 6, 30)),  # noqa: DTZ001
        row(fact=0.1 + 0.2),
        row(fact=0.085),
        row(period=date(2024, 6, 1), fact=True),
        mend=mend,
    )
    half, month = briefs(path)
    assert [fact.text for fact in half.facts()] == ["12", "0.3", "8.5%"]
    assert half.sections[0].facts[0].date == date(2024, 6, 30)
    assert half.issued == date(2024, 7, 5)
    assert month.period == Period.parse("2024年6月")


def test_empty_rows_are_skipped_and_lines_still_right(xlsx: Xlsx) -> None:
    brief = only(xlsx([None] * 9, row(), [" "] * 9, row(fact="约谈3家")))
    assert [fact.line for fact in brief.facts()] == [3, 5]


def test_the_first_sheet_that_holds_anything_is_read_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "空"
    for title in ("上半年", "备查"):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(row(organ=title))
    book.save(tmp_path / "报告.xlsx")
    (loaded,) = spreadsheet.load(tmp_path / "报告.xlsx")
    assert loaded.brief.organ == "上半年"
    assert loaded.notes == ("只读了工作表“上半年”，另有 1 个有内容的工作表没有读",)


def test_notes_go_with_the_first_brief_alone(text: Text) -> None:
    content = "\n".join(
        ",".join(map(str, values))
        for values in (HEADER, row(source="", date=""), row(organ="县局", source="", date=""))
    )
    first, second = spreadsheet.load(text(content.encode("gb18030")))
    assert first.notes == ("不是 UTF-8，按 GB18030 读入",)
    assert second.notes == ()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_as_programs_save_it(text: Text, delimiter: str, encoding: str) -> None:
    values = [*row()[:6], '"检查126家次,发现隐患312处;\n整改308处"', "", ""]
    content = "\r\n".join(delimiter.join(line) for line in (CHINESE, values))
    assert only(text(content.encode(encoding))).sections[0].facts[0].text == "检查126家次,发现隐患312处;整改308处"


def test_content_tells_the_format_not_the_name(xlsx: Xlsx, tmp_path: Path) -> None:
    renamed = xlsx(row()).rename(tmp_path / "报告.csv")
    assert only(renamed).organ == "市应急管理局"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"organ": None}, "2:1: A2 缺少发文机关"),
        ({"fact": "  "}, "2:7: G2 缺少事实"),
        ({"period": "去年"}, "2:2: B2 读不懂报告期“去年”"),
        ({"period": "2024年第五季度"}, "2:2: B2 读不懂报告期"),
        ({"kind": "通知"}, "2:3: C2 没有文种“通知”"),
        ({"issued": "2024-06-31"}, "2:5: E2 “2024-06-31”应是存在的日期"),
        ({"issued": None}, "2:5: E2 市应急管理局2024年上半年安全生产工作 没有成文日期"),
        ({"issued": "2023-12-31"}, "2:5: E2 成文日期 2023-12-31 早于报告期的第一天 2024-01-01"),
        ({"date": "六月"}, "2:9: I2 “六月”应是存在的日期"),
        ({"fact": date(2024, 1, 6)}, "2:7: G2 被表格软件认成了日期（2024年1月6日）"),
        ({"fact": time(1, 30)}, "2:7: G2 被表格软件认成了时间（01:30:00）"),
        ({"fact": "=SUM(A1:A9)"}, "2:7: G2 公式还没有算出结果"),
        ({"source": "#REF!"}, "2:8: H2 是错误值 #REF!"),
        ({"fact": 1.5e20}, "2:7: G2 数字 1.5e+20 超过表格软件的 15 位精度"),
        ({"fact": "检" * 20_001}, "2:7: G2 有 20001 字，超过上限 20000 字"),
        ({"section": "下一步"}, "只有下一步打算，没有任何一个部分"),
    ],
)
def test_says_what_is_wrong_and_where(xlsx: Xlsx, changed: dict[str, Any], expected: str) -> None:
    assert [complaint for complaint in complaints(xlsx(row(**changed))) if expected in complaint]


def test_every_complaint_at_once(xlsx: Xlsx) -> None:
    found = complaints(
        xlsx(row(organ=""), row(period="去年", fact=""), row(kind="通知"), row(), row(issued="2024-07-06"))
    )
    assert [complaint.split()[1] for complaint in found] == ["A2", "B3", "G3", "C4", "E6"]
    assert "成文日期 2024-07-06 与同一份报告的 E5（2024-07-05）不一致" in found[-1]


def test_a_wrong_period_is_told_once_not_in_every_row(xlsx: Xlsx) -> None:
    assert len(complaints(xlsx(*[row(period="去年")] * 500))) == 1


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (HEADER[:6], "缺少列 fact（事实）"),
        (
            ("organ", "fact"),
            "缺少列 period（报告期）、kind（文种）、topic（主题）、issued（成文日期）、section（章节）",
        ),
        ((*HEADER, "单位"), "1:10: J1 表头“单位”与 A1 重复"),
        ((*HEADER[:7], None, *HEADER[7:]), "1:8: H1 表头是空的"),
        ((*HEADER[:7], "souce", "date"), "1:8: H1 表头“souce”是否应为 source"),
        (("2024年上半年事实汇总",), "第 1 行不是表头"),
    ],
)
def test_the_header_is_checked(tmp_path: Path, header: tuple[str | None, ...], expected: str) -> None:
    path = workbook(tmp_path / "报告.xlsx", [list(header), row()])
    assert any(expected in complaint for complaint in complaints(path)), complaints(path)


def test_data_under_an_empty_header(xlsx: Xlsx) -> None:
    assert complaints(xlsx([*row(), "备注"])) == ["1:10: J1 表头是空的"]


@pytest.mark.parametrize(("area", "at"), [("A2:A3", "2:1"), ("A1:B1", "1:1")])
def test_merged_cells(xlsx: Xlsx, area: str, at: str) -> None:
    found = complaints(xlsx(row(), row(), mend=lambda sheet: sheet.merge_cells(area)))
    assert any(f"{at}: {area} 是合并单元格，请取消合并" in complaint for complaint in found)


def test_nothing_to_read(tmp_path: Path, xlsx: Xlsx, text: Text) -> None:
    assert "表格是空的" in complaints(workbook(tmp_path / "空.xlsx", []))[0]
    assert "表格是空的" in complaints(text(""))[0]
    assert "只有表头" in complaints(xlsx())[0]
    assert "没有这个文件" in complaints(tmp_path / "无.xlsx")[0]


def test_a_csv_with_an_open_quote(text: Text) -> None:
    assert "引号不成对" in complaints(text(",".join(HEADER) + '\n"市局,2024年\n县局,2024年\n'))[0]


def test_a_csv_with_control_characters(text: Text) -> None:
    assert complaints(text(",".join(HEADER) + "\n市\x00局\n")) == ["2:2: 含有控制字符 U+0000，文本文件里不应有"]


def test_old_and_foreign_formats(text: Text) -> None:
    assert "受密码保护或是 .xls 旧格式" in complaints(text(archive.OLE + b"\0" * 600, "报告.xls"))[0]
    assert "不是 .xlsx 表格" in complaints(text("<html>表格</html>", "报告.xls"))[0]
    assert "不是 .xlsx 表格" in complaints(text("单位,报告期", "报告.xlsx"))[0]
    assert "损坏" in complaints(text(archive.ZIP + b"\0" * 600, "报告.xlsx"))[0]


def repacked(
    path: Path, edit: Callable[[bytes], bytes] = lambda data: data, part: str = "", more: dict[str, bytes] | None = None
) -> Path:
    """The package with one part edited and others added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == part else old.read(name))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    path.write_bytes(packed.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize(
    "doctype",
    [b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b'<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd">'],
    ids=["entity", "outside"],
)
def test_external_entities_are_refused(xlsx: Xlsx, part: str, doctype: bytes) -> None:
    def edit(data: bytes) -> bytes:
        return data.replace(b"?>", b"?>" + doctype, 1) if data.startswith(b"<?xml") else doctype + data

    assert f"{part} 里有 DOCTYPE 声明" in complaints(repacked(xlsx(row()), edit, part))[0]


def test_a_doctype_in_another_encoding_is_refused(xlsx: Xlsx) -> None:
    hidden = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")
    assert "DOCTYPE" in complaints(repacked(xlsx(row()), more={"xl/more.xml": hidden}))[0]


def test_zip_bombs_are_refused_unopened(xlsx: Xlsx) -> None:
    assert "压缩炸弹" in complaints(repacked(xlsx(row()), more={"xl/bomb.xml": b" " * (64 << 20)}))[0]
    many = {f"xl/{n}.xml": b"" for n in range(archive.MAX_ENTRIES)}
    assert "个文件，超过上限" in complaints(repacked(xlsx(row()), more=many))[0]


@pytest.mark.parametrize(
    ("part", "edit", "expected"),
    [
        ("xl/workbook.xml", lambda data: b"<<" + data, "不是完好的 XML"),
        (SHEET, lambda data: data[:-30], "损坏"),
        (SHEET, lambda data: re.sub(rb'<c r="A2".*?</c>', b'<c r="A2" t="s"><v>99</v></c>', data), "损坏"),
        (SHEET, lambda data: data.replace(b'<row r="2"', b'<row r="99999999999"'), "超过 200000 行"),
        ("xl/_rels/workbook.xml.rels", lambda data: data.replace(b"worksheets/sheet1", b"worksheets/none"), "表格"),
    ],
)
def test_damaged_packages_are_refused(xlsx: Xlsx, part: str, edit: Callable[[bytes], bytes], expected: str) -> None:
    assert expected in complaints(repacked(xlsx(row()), edit, part))[0]


def test_a_password_is_told(xlsx: Xlsx) -> None:
    path = xlsx(row())
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "密码" in complaints(path)[0]


def test_a_formula_with_its_value_is_read(xlsx: Xlsx) -> None:
    def computed(data: bytes) -> bytes:
        assert b"<f>1+1</f><v" in data
        return data.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"
        )

    brief = only(repacked(xlsx(row(fact="=1+1")), computed, SHEET))
    assert brief.sections[0].facts[0].text == "2"


@pytest.mark.parametrize(("column", "name"), [(1, "A7"), (26, "Z7"), (27, "AA7"), (702, "ZZ7"), (703, "AAA7")])
def test_places(column: int, name: str) -> None:
    assert place(7, column) == name
