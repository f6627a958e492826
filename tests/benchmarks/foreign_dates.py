"""The test data of JioNLP and Recognizers-Text read as cases of calendar days, each in its library's own conventions.

| library | files, as their repositories name them |
| --- | --- |
| JioNLP | `test_time_parser.py`, `test_time_extractor.py` |
| Recognizers-Text | `Specs/DateTime/Chinese/*.json` |

What names no calendar days, or names them by a convention that the libraries do not share, becomes `Dropped` with its reason.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

Open = Literal["open", "any"]
Bound = date | Open
Days = tuple[Bound, Bound]
Source = Literal["JioNLP", "Recognizers-Text"]


@dataclass(frozen=True, slots=True)
class Case:
    """One expected mention. `answers`: every pair of first and last day that counts as right; none where no day may be given.

    A bound is a day, `open` (the span has no such end, or ends today) or `any` (the conventions share only the other end).
    `slack`: by how many days each bound may differ. `days_known` is False where the data gives only the span.
    """

    source: Source
    text: str
    reference: date
    start: int
    end: int
    answers: tuple[Days, ...] = ()
    slack: int = 0
    days_known: bool = True


@dataclass(frozen=True, slots=True)
class Dropped:
    """One expected mention that is not compared. `days`: those that the data expects, where it expects any."""

    source: Source
    text: str
    reason: str


# A reason to drop a case, by the wording that shows it; the first that fits is given.
_CONVENTIONS: tuple[tuple[str, str], ...] = (
    (
        "lunar calendar, solar terms",
        "农历|正月|腊月|闰|廿|初[一二三四五六七八九十8]|大年|[三八]月三十$|大寒|小寒|芒种|月十五$",
    ),
    ("seasons, school holidays", "[春夏秋冬](?:天|季|$)|[暑寒]假"),
    ("reign years", "神龙|康熙|雍正|民国"),
    ("lunar festivals as solar dates", "^(?:中秋|春节|除夕|元宵|端午|重阳)节?$"),
    ("a bare number as a year", r"^(?:= ?)?\d{4}$|^从?\d{4}[到-]\d{4}$"),
    ("day before month or two-figure year", r"^\d{1,2}[-./]\d{1,2}([-./]\d{2,4}.*)?$"),
    (
        "a weekday or a day alone: no week, no month",
        r"^(?:下次的)?\d{1,2}[日号]$|^(?:最后一个的?)?(?:星期|礼拜|周|禮拜|週)[一三日天]$",
    ),
    (
        "a distance from now (3年后, 60日内): counted from an event in reports",
        r"(?:[年月天周期日度]|多)半?(?:之?[前后]|以[前后内来]|内)$|^过|^第[三七][天年]",
    ),
    ("last or next so many (前两周, 上2个月)", r"^[前后上下][两\d](?:个?[周年月天])$"),
    ("weeks counted within a month or a year", "第[一二]周|[前後] ?[2-3] ?[周週]"),
    ("centuries: from 1700 or from 1701", r"^\d+世纪初?$"),
    ("vague: 最近, 全天", "^(?:最近|全天)$"),
    ("a list as one span", "，11号，"),
)
_YEARS_BEFORE = re.compile("[年月](?:之|以)?前$")
_EDGE = re.compile("(?<!代)(?<!纪)(?:年|[0-9十]月|本月|明)[初底末]|年末|伊始")
_TWO_ENDS = re.compile("[到至和与–-]")


def cases(folder: Path) -> Iterator[Case | Dropped]:
    """Every expected mention under the folder, at any depth. Files that are not there are passed over."""
    seen: set[object] = set()
    for path in sorted(folder.rglob("*")):
        for case in _file(path):
            key = (case.source, case.text, case.start, case.end, case.reference) if isinstance(case, Case) else case
            if key not in seen:
                seen.add(key)
                yield case


def _file(path: Path) -> Iterator[Case | Dropped]:
    if path.name == "test_time_parser.py":
        yield from _jionlp_parser(path)
    elif path.name == "test_time_extractor.py":
        yield from _jionlp_extractor(path)
    elif path.suffix == ".json" and path.parent.name == "Chinese":
        for entry in json.loads(path.read_text(encoding="utf-8-sig")):
            yield from _recognizers(entry)


def _convention(text: str) -> str | None:
    return next((reason for reason, wording in _CONVENTIONS if re.search(wording, text)), None)


# JioNLP: [text, time base, {type, definition, time: [first second, last second]}].

_UTC_8 = timedelta(hours=8)
_NOW = datetime(2021, 6, 14, tzinfo=UTC)


def _jionlp_parser(path: Path) -> Iterator[Case | Dropped]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    table = names["time_string_list"]
    assert isinstance(table, ast.List)
    for row in table.elts:
        assert isinstance(row, ast.List)
        text, base, expected = row.elts
        node = names[base.id] if isinstance(base, ast.Name) else base
        yield _jionlp_case(ast.literal_eval(text), _base(node), ast.literal_eval(expected))


def _base(node: ast.expr) -> datetime:
    """The time base: a timestamp of China's clock, a list or a table of year, month, day, or a call of datetime or time."""
    if isinstance(node, ast.Call):
        numbers = [ast.literal_eval(argument) for argument in node.args]
    else:
        value = ast.literal_eval(node)
        if value is None:
            return _NOW
        if isinstance(value, (int, float)):
            return datetime.fromtimestamp(value, UTC) + _UTC_8
        numbers = list(value.values() if isinstance(value, dict) else value)
    if not numbers:
        return _NOW
    year, month, day, hour, minute = (numbers + [1, 1, 0, 0][len(numbers) - 1 :])[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def _jionlp_case(text: str, base: datetime, expected: dict[str, Any]) -> Case | Dropped:
    kind, time = expected["type"], expected["time"]
    reason = {"time_delta": "durations", "time_period": "recurring times"}.get(kind)
    first, last = (None, None) if reason else (_bound(time[0], base, "00:00:00"), _bound(time[1], base, "23:59:59"))
    if not reason and (first is None or last is None):
        reason = "clock times"
    if not reason and "旬" in text and (first, last) != _ten_days(text, first):
        reason = "expected value against the calendar (下旬 from the 11th)"
    reason = reason or _convention_of_jionlp(text)
    if reason or first is None or last is None:
        return Dropped("JioNLP", text, reason or "")
    if text == "今后10年":
        return Dropped("JioNLP", text, "expected value against the calendar (ten years without two days)")
    if _EDGE.search(
        text
    ):  # the conventions share where a beginning begins and where an end ends, not how long they last
        first, last = ("any", last) if re.search("[底末]", text) else (first, "any")
    slack = int(bool(re.match("近|未来|今后|过去", text)))
    return Case("JioNLP", text, base.date(), 0, len(text), ((first, last),), slack)


def _convention_of_jionlp(text: str) -> str | None:
    if re.search("[初].*前$", text):
        return "beginnings and ends of years and months: how long they last"
    if _YEARS_BEFORE.search(text) and "底" not in text and not re.match("[两三一二几]|3年", text):
        return "before a year or month: up to it or with it"
    return _convention(text)


def _bound(written: str, base: datetime, edge: str) -> Bound | None:
    """A day, `open` for now and infinity; None for a time of the clock."""
    if written in ("inf", "-inf"):
        return "open"
    moment = datetime.fromisoformat(written).replace(tzinfo=UTC)
    if abs(moment - base) < timedelta(minutes=1) or (base.hour and moment.date() == base.date() and edge > "1"):
        return "open"
    return moment.date() if written.endswith(edge) else None


def _ten_days(text: str, first: Bound | None) -> tuple[Bound, Bound]:
    assert isinstance(first, date)
    begin = {"上": 1, "中": 11, "下": 21}[text[text.index("旬") - 1]]
    month_end = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=begin), month_end if begin == 21 else first.replace(day=begin + 9)


def _jionlp_extractor(path: Path) -> Iterator[Case | Dropped]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "text_string_list"):
            continue
        for text, spans in ast.literal_eval(node.value):
            for span in spans:
                start, end = span["offset"]
                reason = "clock times" if re.search("[点时刻:]", span["text"]) else _convention(span["text"])
                if reason:
                    yield Dropped("JioNLP", span["text"], reason)
                else:
                    yield Case("JioNLP", text, _NOW.date(), start, end, days_known=False)
            if not spans:
                yield Case("JioNLP", text, _NOW.date(), 0, 0)


# Recognizers-Text: {Input, Context: {ReferenceDateTime}, Results: [{Text, Start, Type or TypeName, Value or Resolution}]}.


def _recognizers(entry: dict[str, Any]) -> Iterator[Case | Dropped]:
    text = entry["Input"]
    written = entry.get("Context", {}).get("ReferenceDateTime", "2017-03-22")
    reference = date.fromisoformat(written[:10])
    if not entry["Results"] and not _convention(text):
        yield Case("Recognizers-Text", text, reference, 0, 0)
    for result in entry["Results"]:
        yield _recognizers_case(text, reference, result)


def _recognizers_case(text: str, reference: date, result: dict[str, Any]) -> Case | Dropped:
    span, start = result["Text"], max(result.get("Start", text.find(result["Text"])), 0)
    kind = str(result.get("TypeName", result.get("Type"))).removeprefix("datetimeV2.")
    reason = {"duration": "durations", "set": "recurring times"}.get(kind)
    if not reason and kind not in ("date", "daterange"):
        reason = "clock times"
    reason = reason or _convention(span)
    if reason:
        return Dropped("Recognizers-Text", span, reason)
    days_known = "Value" in result or "Resolution" in result
    values = _values(result)
    answers = tuple(answer for value in values if (answer := _answer(kind, span, value)))
    if days_known:
        reason = _convention_of_recognizers(text, span, reference, answers, values)
    if reason:
        return Dropped("Recognizers-Text", span, reason)
    end = start + len(span)
    slack = int(bool(re.match("近|未来|过去", span)))
    return Case("Recognizers-Text", text, reference, start, end, answers, slack, days_known)


def _values(result: dict[str, Any]) -> list[dict[str, str]]:
    """The readings that the library offers: one, or that of the past and that of the future."""
    if "Resolution" in result:
        return list(result["Resolution"]["values"])
    value = result.get("Value", {})
    readings = [value.get("PastResolution", {}), value.get("FutureResolution", {})]
    names = {"date": "value", "startDate": "start", "endDate": "end"}
    return [
        {"timex": value.get("Timex", "")} | {names[name]: day for name, day in reading.items()} for reading in readings
    ]


def _answer(kind: str, span: str, value: dict[str, str]) -> Days | None:
    first, last = value.get("start", value.get("value")), value.get("end", value.get("value"))
    if "not resolved" in (first, last) or not (first or last):
        return None
    start = date.fromisoformat(first) if first else None
    end = date.fromisoformat(last) if last else None
    one_day = timedelta(days=1)
    if modifier := value.get("Mod"):
        whole = len(value["timex"]) < len("2024-06-30") and not re.search(r"\d[日号]|\d-\d", span)
        match modifier:
            case "since":
                return (start, "open") if start else None
            case "after":
                return (start if whole else start + one_day, "open") if start else None
            case "before" if end and whole:
                return "open", end - one_day
            case _:
                return ("open", end - one_day if whole else end) if end else None
    if kind == "date" or start is None or end is None:
        return (start, end) if start and end else None
    return start, _last_day(span, value["timex"], end)


def _last_day(span: str, timex: str, end: date) -> date:
    """They end a span on the first day behind it, and a range of years or months on the first day of its last one."""
    if not (timex.startswith("(") and _TWO_ENDS.search(span)):
        return end - timedelta(days=1)
    if timex.endswith("D)"):
        return end
    behind = end.replace(year=end.year + 1) if timex.endswith("Y)") else (end + timedelta(days=31)).replace(day=1)
    return behind - timedelta(days=1)


def _convention_of_recognizers(
    text: str, span: str, reference: date, answers: tuple[Days, ...], values: list[dict[str, str]]
) -> str | None:
    behind = text[text.find(span) + len(span) :]
    if behind.startswith(("以前", "以后")):
        return "a part of what their own date model reads whole (07年 of 07年以后)"
    if span == "今年":
        return "this year cut off at today"
    if span.startswith("截止到"):
        return "before a year or month: up to it or with it"
    if not answers:
        return None if re.search(r"\d日", span) else "no days given"
    yearless = any(value.get("timex", "").startswith(("XXXX", "(XXXX")) for value in values)
    if yearless and len(answers) > 1 and all(getattr(answer[0], "year", 0) != reference.year for answer in answers):
        return "years left unwritten: neither reading is the reference's year"
    return None
