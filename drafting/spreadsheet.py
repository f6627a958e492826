"""Briefs from a spreadsheet: one fact a row, one brief for each organ, period, kind and topic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from rapidfuzz import process

from drafting import archive, bounds, profiles, textfile
from drafting.brief import FACT_LIMIT, Identify, Loaded, number
from drafting.complaints import Complaints
from drafting.errors import BriefError, PeriodError, ProfileError
from drafting.facts import Brief, Fact, Section
from drafting.fields import DAY_WANTED, TEXT_LIMIT, day
from drafting.period import Period
from drafting.table import Cell, Row, Table, place, read_csv
from drafting.workbook import read_xlsx

COLUMNS = {
    "organ": ("发文机关", "单位", "单位名称"),
    "period": ("报告期",),
    "kind": ("文种",),
    "topic": ("主题",),
    "issued": ("成文日期",),
    "section": ("章节", "部分"),
    "fact": ("事实",),
    "source": ("来源",),
    "date": ("日期",),
    "recipient": ("主送机关",),
}
NEEDED = ("organ", "period", "kind", "topic", "issued", "section", "fact")
OUTLOOK = ("下一步", "下一步打算", "下一步工作打算", "outlook")

_HEADERS = {name: key for key, aliases in COLUMNS.items() for name in (key, *aliases)}
_IN_EVERY_ROW = ("organ", "period", "kind", "topic", "section", "fact")
_DATES = ("issued", "date")
_TYPO = 80


def load(path: Path, identify: Identify = profiles.identify) -> list[Loaded]:
    """The briefs in the spreadsheet, in the order of their first rows; notes on the reading go with the first.

    Whether it is a workbook or text is told by its content. Rows of one brief and section need not stand together. Raises
    BriefError with every complaint, each with its row, column and cell.
    """
    complaints = Complaints(str(path), BriefError)
    table = _table(path, complaints)
    if not table.rows:
        complaints.stop(1, 1, f"表格是空的；第一行应是表头 {'、'.join(NEEDED)}")
    header, *body = table.rows
    for area in table.merged:
        complaints.add(area.row, area.column, f"{area.name} 是合并单元格，请取消合并，每一格都填上")
    columns = _columns(header, body, complaints)
    if not body:
        complaints.add(header.number, 0, "只有表头，没有一条事实")
    reader = _RowReader(columns, path.parent, identify, complaints)
    for row in body:
        reader.read(row)
    briefs = reader.briefs()
    complaints.settle()
    notes = (*table.notes, *_unused(header, columns))
    return [Loaded(brief, notes if brief is briefs[0] else ()) for brief in briefs]


def _table(path: Path, complaints: Complaints) -> Table:
    with textfile.opened(path, complaints, archive.MAX_FILE) as file:
        start = file.read(8)
    if start == archive.OLE:
        complaints.stop(0, 0, "文件受密码保护或是 .xls 旧格式；请去掉密码，另存为 .xlsx")
    if start.startswith(archive.ZIP):
        return read_xlsx(path, complaints)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".et"):
        complaints.stop(0, 0, "不是 .xlsx 表格（内容对不上）；请用表格软件另存为 .xlsx 或 .csv")
    return read_csv(path, _HEADERS, complaints)


def _columns(header: Row, body: list[Row], complaints: Complaints) -> dict[str, int]:
    """The column of each key, counted from 1."""
    columns: dict[str, int] = {}
    last = max((column for column, cell in enumerate(header.cells, start=1) if not cell.empty), default=0)
    used = max((len(row.cells) for row in body), default=0)
    for column in range(1, max(last, used) + 1):
        at = place(header.number, column)
        text = header.cell(column).text
        key = _HEADERS.get(text.strip().lower())
        if not text:
            if column < last or any(not row.cell(column).empty for row in body):
                complaints.add(header.number, column, f"{at} 表头是空的")
        elif key in columns:
            complaints.add(header.number, column, f"{at} 表头“{text}”与 {place(header.number, columns[key])} 重复")
        elif key:
            columns[key] = column
        else:
            _refuse_typo(text, at, header.number, column, complaints)
    if not columns:
        complaints.stop(
            header.number, 1, f"第 {header.number} 行不是表头；表头应有 {_titles(NEEDED)}，上方不要有标题行"
        )
    missing = [key for key in NEEDED if key not in columns]
    if missing:
        complaints.add(header.number, 0, f"缺少列 {_titles(missing)}")
    return columns


def _refuse_typo(text: str, at: str, row: int, column: int, complaints: Complaints) -> None:
    """A column of the drafter's own is left alone, one that was meant to be ours is not."""
    closest = process.extractOne(text.strip().lower(), _HEADERS.keys(), score_cutoff=_TYPO)
    if closest:
        complaints.add(row, column, f"{at} 表头“{text}”是否应为 {closest[0]}")


def _unused(header: Row, columns: dict[str, int]) -> tuple[str, ...]:
    read = set(columns.values())
    unused = [
        f"{cell.text}（{place(header.number, column)}）"
        for column, cell in enumerate(header.cells, start=1)
        if cell.text and column not in read
    ]
    return (f"没有用到的列：{'、'.join(unused)}",) if unused else ()


def _titles(keys: Iterable[str]) -> str:
    return "、".join(f"{key}（{COLUMNS[key][0]}）" for key in keys)


@dataclass(slots=True)
class _Gathered:
    """A brief whose rows are still coming. `row` is its first."""

    organ: str
    period: Period
    kind: str
    topic: str
    row: int
    once: dict[str, tuple[str, int]] = field(default_factory=dict)
    issued: date | None = None
    sections: dict[str, list[Fact]] = field(default_factory=dict)
    outlook: list[Fact] = field(default_factory=list)


class _RowReader:
    """Reads row by row; a wrong kind or period is complained of where it first stands, not in each row that repeats it."""

    def __init__(self, columns: dict[str, int], base: Path, identify: Identify, complaints: Complaints) -> None:
        self._columns = columns
        self._base = base
        self._identify = identify
        self._complaints = complaints
        self._kinds: dict[str, str] = {}
        self._periods: dict[str, Period | None] = {}
        self._gathered: dict[tuple[str, Period, str, str], _Gathered] = {}

    def read(self, row: Row) -> None:
        cells = {key: row.cell(column) for key, column in self._columns.items()}
        texts = {key: self._text(row, key, cell) for key, cell in cells.items()}
        days = {key: self._day(row, key, cells[key]) for key in _DATES if key in cells}
        kind, period = self._kind(row, texts.get("kind", "")), self._period(row, texts.get("period", ""))
        if not period or not all(texts.get(key) for key in _IN_EVERY_ROW):
            return
        key = (texts["organ"], period, kind, texts["topic"])
        brief = self._gathered.setdefault(key, _Gathered(texts["organ"], period, kind, texts["topic"], row.number))
        self._same_throughout(brief, row, "issued", str(days.get("issued") or ""))
        self._same_throughout(brief, row, "recipient", texts.get("recipient", ""))
        brief.issued = brief.issued or days.get("issued")
        facts = brief.outlook if texts["section"] in OUTLOOK else brief.sections.setdefault(texts["section"], [])
        place_of_fact = (row.number, self._columns["fact"])
        facts.append(Fact("", texts["fact"], texts.get("source", ""), days.get("date"), *place_of_fact))

    def briefs(self) -> list[Brief]:
        """One brief for each group of rows; complains of those that lack what every brief needs."""
        return [self._brief(gathered) for gathered in self._gathered.values()]

    def _brief(self, gathered: _Gathered) -> Brief:
        name = f"{gathered.organ}{gathered.period}{gathered.topic}"
        if not gathered.sections:
            self._complaints.add(gathered.row, 0, f"{name} 只有下一步打算，没有任何一个部分")
        if gathered.issued is None:
            self._complain(gathered.row, "issued", f"{name} 没有成文日期")
        elif gathered.issued < gathered.period.first:
            self._complain(
                gathered.row, "issued", f"成文日期 {gathered.issued} 早于报告期的第一天 {gathered.period.first}"
            )
        facts = number([fact for section in gathered.sections.values() for fact in section] + gathered.outlook)
        waiting = iter(facts)
        brief = Brief(
            kind=gathered.kind,
            organ=gathered.organ,
            topic=gathered.topic,
            period=gathered.period,
            issued=gathered.issued or gathered.period.last,
            sections=tuple(
                Section(heading, tuple(islice(waiting, len(section)))) for heading, section in gathered.sections.items()
            ),
            outlook=tuple(waiting),
            recipient=gathered.once.get("recipient", ("", 0))[0],
            path=self._complaints.path,
        )
        for line, message in bounds.beyond(brief):
            self._complaints.add(line, 0, f"{name}：{message}")
        return brief

    def _complain(self, row: int, key: str, message: str) -> None:
        column = self._columns.get(key, 0)
        self._complaints.add(row, column, f"{place(row, column)} {message}" if column else message)

    def _text(self, row: Row, key: str, cell: Cell) -> str:
        """The cell's text, "" where it cannot be used."""
        limit = FACT_LIMIT if key == "fact" else TEXT_LIMIT
        if cell.fault:
            self._complain(row.number, key, cell.fault)
        elif cell.day and key not in (*_DATES, "period"):
            self._complain(row.number, key, f"被表格软件认成了日期（{cell.text}），请把这一格设为文本后重填")
        elif not cell.text and key in _IN_EVERY_ROW:
            self._complain(row.number, key, f"缺少{COLUMNS[key][0]}")
        elif len(cell.text) > limit:
            self._complain(row.number, key, f"有 {len(cell.text)} 字，超过上限 {limit} 字")
        else:
            return cell.text
        return ""

    def _day(self, row: Row, key: str, cell: Cell) -> date | None:
        found = cell.day or day(cell.text)
        if not found and not cell.empty and not cell.fault:
            self._complain(row.number, key, f"“{cell.text}”{DAY_WANTED}")
        return found

    def _kind(self, row: Row, text: str) -> str:
        if text and text not in self._kinds:
            try:
                self._kinds[text] = self._identify(text, self._base)
            except ProfileError as error:
                self._complain(row.number, "kind", error.complaints[0].message)
                self._kinds[text] = text
        return self._kinds.get(text, "")

    def _period(self, row: Row, text: str) -> Period | None:
        if text and text not in self._periods:
            try:
                self._periods[text] = Period.parse(text)
            except PeriodError as error:
                self._complain(row.number, "period", error.complaints[0].message)
                self._periods[text] = None
        return self._periods.get(text)

    def _same_throughout(self, brief: _Gathered, row: Row, key: str, value: str) -> None:
        if not value:
            return
        first, at = brief.once.setdefault(key, (value, row.number))
        if first != value:
            where = place(at, self._columns[key])
            self._complain(row.number, key, f"{COLUMNS[key][0]} {value} 与同一份报告的 {where}（{first}）不一致")
