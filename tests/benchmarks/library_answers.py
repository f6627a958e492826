"""Run by the interpreter of another library: [text, reference day, is the text one expression] on standard input.

Its answers are the last line of output: for each text a list of [start, end, [[first, last], …]] with days in ISO form and
None for an open end. With `rate` behind the name it reads a list of paragraphs, and prints the characters a second of CPU that
the library's extraction of dates reads. This file knows nothing of the project: it runs where only the library is installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from time import process_time
from typing import Any

Answer = tuple[int, int, list[tuple[str | None, str | None]]]


def jionlp(text: str, day: date, expression: bool) -> list[Answer]:
    """A text that is one expression goes to its parser, as in its own test; any other, and what the parser refuses, to its extraction."""
    import jionlp  # type: ignore[import-not-found]

    base = datetime.combine(day, time(0, 0))
    try:
        whole = jionlp.parse_time(text, time_base=base) if expression else None
    except ValueError:
        whole = None
    if whole and whole["type"] in ("time_point", "time_span"):
        return [(0, len(text), [_jionlp_days(whole, base)])]
    found = jionlp.ner.extract_time(text, time_base=base, with_parsing=True)
    return [
        (*mention["offset"], [_jionlp_days(mention["detail"], base)])
        for mention in found
        if mention["type"] in ("time_point", "time_span")
    ]


def _jionlp_days(detail: dict[str, Any], base: datetime) -> tuple[str | None, str | None]:
    first, last = detail["time"]
    if last == base.isoformat(" "):
        last = "inf"
    return _iso(first), _iso(last)


def _iso(moment: str) -> str | None:
    return None if "inf" in moment else moment.split()[0].rjust(len("2024-06-30"), "0")


def recognizers(text: str, day: date, _: bool) -> list[Answer]:
    from recognizers_date_time import Culture, recognize_datetime  # type: ignore[import-not-found]

    found = recognize_datetime(text, Culture.Chinese, reference=datetime.combine(day, time(0, 0)))
    return [
        (mention.start, mention.end + 1, _recognizers_days(mention.resolution, text[mention.start : mention.end + 1]))
        for mention in found
        if mention.type_name in ("datetimeV2.date", "datetimeV2.daterange")
    ]


def _recognizers_days(resolution: dict[str, Any], span: str) -> list[tuple[str | None, str | None]]:
    readings = []
    for value in resolution["values"]:
        if value.get("value") == "not resolved":
            continue
        first, last = value.get("start", value.get("value")), value.get("end", value.get("value"))
        if value["type"] == "daterange" and first and last:
            last = _last_day(span, value["timex"], date.fromisoformat(last)).isoformat()
        elif value.get("Mod") in ("before", "since", "after"):
            first, last = (None, last) if value["Mod"] == "before" else (first, None)
        readings.append((first, last))
    return readings


def _last_day(span: str, timex: str, end: date) -> date:
    """Spans end on the first day behind them, ranges of years or months on the first day of the last one."""
    if not (timex.startswith("(") and any(joint in span for joint in "到至和与–-")):
        return end - timedelta(days=1)
    if timex.endswith("D)"):
        return end
    behind = end.replace(year=end.year + 1) if timex.endswith("Y)") else (end + timedelta(days=31)).replace(day=1)
    return behind - timedelta(days=1)


def rate(paragraphs: list[str]) -> float:
    """Characters a second of CPU; the first paragraph is read once before, so that nothing is loaded while the clock runs."""
    import jionlp

    base = datetime(2024, 7, 5)  # noqa: DTZ001 — the library takes no time zones
    jionlp.ner.extract_time(paragraphs[0], time_base=base, with_parsing=False)
    started = process_time()
    for paragraph in paragraphs:
        jionlp.ner.extract_time(paragraph, time_base=base, with_parsing=False)
    return sum(map(len, paragraphs)) / (process_time() - started)


def main() -> None:
    if sys.argv[2:] == ["rate"]:
        print(f"\n{rate(json.load(sys.stdin))}")  # noqa: T201
        return
    read: Callable[[str, date, bool], list[Answer]] = {"JioNLP": jionlp, "Recognizers-Text": recognizers}[sys.argv[1]]
    answers: list[list[Answer]] = []
    failed = 0
    for text, day, expression in json.load(sys.stdin):
        try:
            answers.append(read(text, date.fromisoformat(day), expression))
        except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError):
            failed += 1  # the library's own error on this text: nothing found
            answers.append([])
    print(f"{failed} texts raised", file=sys.stderr)  # noqa: T201
    print("\n" + json.dumps(answers))  # noqa: T201


if __name__ == "__main__":
    main()
