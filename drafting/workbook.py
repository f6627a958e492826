"""A workbook (.xlsx) as a table: the values that a person sees in its first sheet, and what must not be guessed."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

import openpyxl
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.exceptions import InvalidFileException

from drafting import archive
from drafting.complaints import Complaints
from drafting.fields import one_line
from drafting.table import EMPTY, MAX_COLUMNS, MAX_ROWS, Area, Cell, Row, Table
from drafting.textfile import forbidden_character

_UNREADABLE = (
    *archive.DAMAGED,
    InvalidFileException,
    ParseError,
    expat.ExpatError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_xlsx(path: Path, complaints: Complaints) -> Table:
    """The first sheet that holds anything, visible sheets before hidden ones. Hostile and damaged packages are refused."""
    archive.refuse_hostile(path, complaints)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations that it drops; no value depends on them.
            warnings.simplefilter("ignore", UserWarning)
            # A stream, because openpyxl would refuse a name that is not .xlsx.
            with path.open("rb") as file:
                return _read(file, complaints)
    except _UNREADABLE:
        complaints.stop(0, 0, "表格损坏，读不出来，请用表格软件打开后另存为 .xlsx")


def _read(file: BinaryIO, complaints: Complaints) -> Table:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
        surveyed = [(sheet, _Survey(file, sheet._worksheet_path)) for sheet in sheets]
        filled = [(sheet, survey) for sheet, survey in surveyed if survey.last_row]
        if not filled:
            return Table(())
        sheet, survey = filled[0]
        if survey.last_row > MAX_ROWS:
            complaints.stop(survey.last_row, 0, f"表格超过 {MAX_ROWS} 行，请分成几个文件")
        rows = tuple(row for row in _rows(sheet, survey) if not row.empty)
    finally:
        book.close()
    others = len(filled) - 1
    note = f"只读了工作表“{sheet.title}”，另有 {others} 个有内容的工作表没有读"
    return Table(rows, tuple(survey.merged), (note,) if others else ())


def _rows(sheet: Any, survey: _Survey) -> Iterator[Row]:
    # The file's own statement of its size may be missing, or a lie.
    sheet.reset_dimensions()
    cells = sheet.iter_rows(max_row=survey.last_row, max_col=min(survey.last_column, MAX_COLUMNS))
    for number, row in enumerate(cells, start=1):
        read = [_cell(cell) for cell in row]
        for column in range(1, len(read) + 1):
            if (number, column) in survey.uncomputed:
                read[column - 1] = Cell(fault="公式还没有算出结果，请在表格软件里打开并保存一次，或改为数值")
        yield Row(number, tuple(read))


def _cell(cell: Any) -> Cell:
    """What the cell shows. Excel keeps 15 digits of a number, and shows 12 for 12.0."""
    value = cell.value
    match value:
        case None:
            return EMPTY
        case bool():
            return Cell("TRUE" if value else "FALSE")
        case int() | float():
            return _number(value, cell.number_format or "")
        case datetime() | date():
            return _day(value, cell.number_format or "")
        case time() | timedelta():
            return Cell(str(value), fault=f"被表格软件认成了时间（{value}），请把这一格设为文本后重填")
    text = one_line(str(value))
    if cell.data_type == "e" or text in ERROR_CODES:
        return Cell(text, fault=f"是错误值 {text}")
    code = forbidden_character(text)
    return Cell(text, fault=f"含有控制字符 {code}") if code else Cell(text)


def _number(value: float, number_format: str) -> Cell:
    percent = "%" in number_format
    digits = format(value * 100 if percent else value, ".15g")
    if "e" in digits:
        return Cell(digits, fault=f"数字 {digits} 超过表格软件的 15 位精度，请把这一格设为文本后重填")
    return Cell(f"{digits}%" if percent else digits)


def _day(value: date, number_format: str) -> Cell:
    """A date as it is shown: 2024年6月 where the format has no day, because a spreadsheet turns a month that is typed into its first."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    if "d" not in shown and "m" in shown and "y" in shown:
        return Cell(f"{value.year}年{value.month}月")
    return Cell(f"{value.year}年{value.month}月{value.day}日", date(value.year, value.month, value.day))


class _Survey:
    """What openpyxl's read-only mode does not tell of a sheet: how far it is filled, its merged areas, formulas never computed.

    A computed formula keeps its value in <v>; an empty one is a result only where the cell is declared text (t="str").
    """

    def __init__(self, file: BinaryIO, part: str) -> None:
        self.last_row = self.last_column = 0
        self.merged: list[Area] = []
        self.uncomputed: set[tuple[int, int]] = set()
        self._row = self._column = 0
        self._formula = self._computed = self._in_value = False
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        with zipfile.ZipFile(file) as package, package.open(part) as stream:
            parser.ParseFile(stream)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                # A place need not be written where it follows from the one before.
                self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            case "c":
                self._column = _row_and_column(attributes["r"])[1] if "r" in attributes else self._column + 1
                self._formula, self._computed = False, attributes.get("t") == "str"
            case "f":
                self._formula = True
                self._fill()
            case "v" | "t":
                self._in_value = True
            case "mergeCell":
                name = attributes.get("ref", "")
                self.merged.append(Area(name, *_row_and_column(name)))

    def _text(self, text: str) -> None:
        if self._in_value:
            self._computed = True
            self._fill()

    def _fill(self) -> None:
        self.last_row = max(self.last_row, self._row)
        self.last_column = max(self.last_column, self._column)

    def _end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v" | "t":
                self._in_value = False
            case "c" if self._formula and not self._computed:
                self.uncomputed.add((self._row, self._column))


def _row_and_column(reference: str) -> tuple[int, int]:
    match = _REFERENCE.match(reference)
    if not match:
        raise ValueError(f"单元格位置“{reference}”不成立")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
