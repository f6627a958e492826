"""Pasting: lines of a list, or cells of a spreadsheet, become facts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from drafting.errors import InputError

_BULLET = re.compile(
    r"\s*(?:[-*•·●○▪■◆★]\s*|[一二三四五六七八九十]{1,3}[、．]\s*|（[一二三四五六七八九十\d]{1,3}）\s*|\(\d{1,3}\)\s*|\d{1,3}[、．)）]\s*|\d{1,3}\.(?!\d)\s*|[①-⑳]\s*)"
)
_COLUMNS = {"事实": "text", "内容": "text", "来源": "source", "日期": "date", "时间": "date"}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One fact, not yet numbered."""

    text: str
    source: str = ""
    date: date | None = None


def pasted(text: str) -> list[Pasted]:
    """The facts in a pasted text. Raises InputError where there are none.

    With tabs it is a table: a first row with 事实 in it names the columns; without one they are text, source, date.
    """
    found = list(_table(text)) if "\t" in text else [Pasted(line) for line in map(_bare, text.splitlines()) if line]
    if not found:
        raise InputError("粘贴的内容里没有文字")
    return found


def _bare(line: str) -> str:
    return _BULLET.sub("", line, count=1).strip()


def _table(text: str) -> Iterator[Pasted]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text), dialect="excel-tab") if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError("粘贴的表格读不出，请从表格软件里重新复制") from error
    names = _names(rows[0]) if rows else None
    for row in rows[1:] if names else rows:
        cells = dict(zip(names or ("text", "source", "date"), (" ".join(cell.split()) for cell in row), strict=False))
        told, source, day = _bare(cells.get("text", "")), cells.get("source", ""), _day(cells.get("date", ""))
        if told:
            yield Pasted(told, source, day)


def _names(row: Sequence[str]) -> list[str] | None:
    names = [_COLUMNS.get(cell.strip(), "") for cell in row]
    return names if "text" in names else None


def _day(cell: str) -> date | None:
    match = _DAY.fullmatch(cell.strip())
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
