"""What `chengwen dates` does: read the text, find its date mentions, print them."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from datetime import date
from pathlib import Path

from drafting import textfile
from drafting.complaints import Complaints
from drafting.dates import Mention, find
from drafting.errors import DocumentError, InputError
from drafting.period import Period

_LIMIT = 16 << 20
"""Bytes of a text, from a file or from standard input."""

_KIND_NAMES = {
    "day": "日",
    "range": "起止",
    "period": "时段",
    "open-start": "截止",
    "open-end": "起始",
    "plan": "规划期",
    "relative": "相对",
    "impossible": "不存在",
    "ambiguous": "不定",
}


def run(file: Path, reference: str, period: str | None, output: str) -> None:
    """Prints the mentions; offsets, lines and columns are those of the text as read. Raises InputError."""
    if output not in ("text", "json"):
        raise InputError(f"--output 只能是 text 或 json，不能是 {output}")
    today = _day(reference)
    covered = Period.parse(period) if period else None
    text = _read(file)
    mentions = find(text, today, covered)
    if output == "json":
        listed = {"version": 1, "mentions": [mention.as_dict() for mention in mentions]}
        print(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    starts = [0, *(index + 1 for index, character in enumerate(text) if character == "\n")]
    name = "" if str(file) == "-" else f"{file}:"
    for mention in mentions:
        line = bisect_right(starts, mention.start)
        column = mention.start - starts[line - 1] + 1
        print(f"{name}{line}:{column}: {_described(mention)}")


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputError(f"--reference 须写成 2024-07-05，不能是 {written}") from error


def _read(file: Path) -> str:
    """The text of a plain file as it stands; of a .docx or a report, its paragraphs one a line."""
    if file.suffix.lower() in (".docx", ".json"):
        from drafting.documents import read

        reading = read(file)
        notes, text = reading.notes, reading.report.text
    else:
        source = _standard_input() if str(file) == "-" else textfile.read(file, _complaints(file), _LIMIT)
        notes, text = source.notes, source.text
    for note in notes:
        print(f"{file}: {note}", file=sys.stderr)
    return text


def _standard_input() -> textfile.SourceText:
    complaints = Complaints("标准输入", DocumentError)
    data = sys.stdin.buffer.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        complaints.stop(0, 0, f"超过上限 {_LIMIT >> 20} MB，未读完")
    return textfile.decode(data, complaints)


def _complaints(file: Path) -> Complaints:
    return Complaints(str(file), DocumentError)


def _described(mention: Mention) -> str:
    days = [str(mention.first or ""), str(mention.last or "")]
    span = "" if not any(days) else days[0] if days[0] == days[1] else "..".join(days)
    words = (_KIND_NAMES[mention.kind], span, "比较" if mention.comparison else "", mention.note)
    return f"{' '.join(mention.text.split())}  " + " ".join(word for word in words if word)
