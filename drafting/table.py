"""A table as spreadsheets hold it: rows of cells with their places, whatever file they came from; and CSV in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from drafting import textfile
from drafting.complaints import Complaints
from drafting.fields import one_line

MAX_ROWS = 200_000
MAX_COLUMNS = 64
CSV_LIMIT = 32 << 20

_DELIMITERS = ",\t;"


class Cell(NamedTuple):
    """What a cell shows, as one line of text. `day` where the program holds a whole date; `fault` says why it cannot be used."""

    text: str = ""
    day: date | None = None
    fault: str = ""

    @property
    def empty(self) -> bool:
        return not self.text and not self.fault


EMPTY = Cell()


class Row(NamedTuple):
    """`number` counts from 1 as the spreadsheet program shows it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column counted from 1; an empty one past the row's end."""
        return self.cells[column - 1] if column <= len(self.cells) else EMPTY

    @property
    def empty(self) -> bool:
        return all(cell.empty for cell in self.cells)


class Area(NamedTuple):
    """Merged cells: the range as written (A2:A9) with its first row and column, from 1."""

    name: str
    row: int
    column: int


class Table(NamedTuple):
    """The rows that hold anything, the merged areas, and notes on how it was read."""

    rows: tuple[Row, ...]
    merged: tuple[Area, ...] = ()
    notes: tuple[str, ...] = ()


def place(row: int, column: int) -> str:
    """The cell's name, C7."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_csv(path: Path, headers: Iterable[str], complaints: Complaints) -> Table:
    """The table in a text file whose delimiter is a comma, tab or semicolon: the one that yields most of `headers`."""
    text, notes = textfile.read(path, complaints, CSV_LIMIT)
    textfile.refuse_control_characters(text, complaints)
    records = _records(text, _delimiter(text, set(headers)), complaints)
    return Table(tuple(row for row in records if not row.empty), notes=notes)


def _delimiter(text: str, headers: set[str]) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> int:
        return sum(cell.strip().strip('"').strip().lower() in headers for cell in first.split(delimiter))

    return max(_DELIMITERS, key=known)


def _records(text: str, delimiter: str, complaints: Complaints) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, start=1):
            if number > MAX_ROWS:
                complaints.stop(number, 0, f"表格超过 {MAX_ROWS} 行，请分成几个文件")
            yield Row(number, tuple(Cell(one_line(value)) for value in record[:MAX_COLUMNS]))
    except csv.Error:
        complaints.stop(reader.line_num, 0, f"引号不成对，或一格超过 {csv.field_size_limit()} 字")
