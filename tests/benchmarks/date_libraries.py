"""Dates beside JioNLP and Recognizers-Text on the test data of both, at day precision.

    python -m tests.benchmarks.date_libraries FOLDER [--jionlp PYTHON] [--recognizers PYTHON] [--misses]

FOLDER holds their files (see `foreign_dates`), PYTHON is an interpreter that has the library; each runs in its own process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from drafting import dates
from tests.benchmarks.foreign_dates import Bound, Case, Days, Dropped, Source, cases

SOURCES: tuple[Source, ...] = ("JioNLP", "Recognizers-Text")


@dataclass(frozen=True, slots=True)
class Answer:
    """One mention that a library gives: its span and the readings that it offers; none where it gives no days."""

    start: int
    end: int
    readings: tuple[Days, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How a library did on one case; `days` is None where the data tells none, or there is no mention to resolve."""

    found: bool
    exact: bool
    days: bool | None


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.benchmarks.date_libraries")
    words.add_argument("folder", type=Path)
    words.add_argument("--jionlp", metavar="PYTHON")
    words.add_argument("--recognizers", metavar="PYTHON")
    words.add_argument("--misses", action="store_true", help="print every case that chengwen misses")
    given = words.parse_args()
    read = list(cases(given.folder))
    kept = [case for case in read if isinstance(case, Case)]
    scores = {"chengwen": _scores(kept, [_ours(case) for case in kept])}
    for name, python in (("JioNLP", given.jionlp), ("Recognizers-Text", given.recognizers)):
        if python:
            scores[name] = _scores(kept, _theirs(python, name, kept))
    console = Console(width=120)
    for source in SOURCES:
        console.print(_table(source, kept, scores))
    console.print(_dropped([case for case in read if isinstance(case, Dropped)], len(read)))
    if given.misses:
        for case, score, answers in zip(kept, scores["chengwen"], map(_ours, kept), strict=True):
            if not score.found or score.days is False:
                console.print(
                    case.source, case.text, case.reference, _said(case.answers), "|", *map(_answered, answers)
                )


def _ours(case: Case) -> list[Answer]:
    return [
        Answer(mention.start, mention.end, ((mention.first or "open", mention.last or "open"),))
        if mention.first or mention.last
        else Answer(mention.start, mention.end, ())
        for mention in dates.find(case.text, case.reference)
    ]


def _theirs(python: str, name: str, kept: Sequence[Case]) -> list[list[Answer]]:
    """The library's answers, from `library_answers.py` run by its own interpreter."""
    script = Path(__file__).with_name("library_answers.py")
    asked = json.dumps([[c.text, c.reference.isoformat(), (c.start, c.end) == (0, len(c.text))] for c in kept])
    environ = os.environ | {"TZ": "Asia/Shanghai", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [python, str(script), name], input=asked, capture_output=True, text=True, check=True, env=environ
    )
    # JioNLP greets on standard output: the answers are the last line.
    return [
        [
            Answer(start, end, tuple((_bound(first), _bound(last)) for first, last in readings))
            for start, end, readings in answers
        ]
        for answers in json.loads(done.stdout.splitlines()[-1])
    ]


def _bound(written: str | None) -> Bound:
    return date.fromisoformat(written) if written else "open"


def _scores(kept: Sequence[Case], answers: Sequence[list[Answer]]) -> list[Score]:
    return [_score(case, given) for case, given in zip(kept, answers, strict=True)]


def _score(case: Case, given: list[Answer]) -> Score:
    if case.start == case.end:  # a text without a date
        return Score(not given, not given, None)
    met = [answer for answer in given if answer.start < case.end and case.start < answer.end]
    exact = any((answer.start, answer.end) == (case.start, case.end) for answer in met)
    if not case.days_known:
        return Score(bool(met), exact, None)
    if not case.answers:
        return Score(bool(met), exact, bool(met) and not any(answer.readings for answer in met))
    best = max(met, key=lambda answer: min(answer.end, case.end) - max(answer.start, case.start), default=None)
    right = best is not None and any(
        _same(reading, expected, case) for reading in best.readings for expected in case.answers
    )
    return Score(bool(met), exact, right)


def _same(reading: Days, expected: Days, case: Case) -> bool:
    return all(_agree(one, other, case) for one, other in zip(reading, expected, strict=True))


def _agree(given: Bound, expected: Bound, case: Case) -> bool:
    """An open end may be given as today: JioNLP ends 以来 there."""
    if expected == "any":
        return True
    if isinstance(given, date) and isinstance(expected, date):
        return abs(given - expected) <= timedelta(days=case.slack)
    if given == expected:
        return True
    day = given if isinstance(given, date) else expected
    return isinstance(day, date) and abs(day - case.reference) <= timedelta(days=case.slack)


def _table(source: Source, kept: Sequence[Case], scores: dict[str, list[Score]]) -> Table:
    table = Table(
        "on their data", "mentions", "found", "exact span", "with days", "days right", "no date here", "quiet"
    )
    table.title = f"{source}'s own test data"
    for name, given in scores.items():
        of_source = [(case, score) for case, score in zip(kept, given, strict=True) if case.source == source]
        mentions = [score for case, score in of_source if case.start < case.end]
        dated = [score for score in mentions if score.days is not None]
        quiet = [score for case, score in of_source if case.start == case.end]
        table.add_row(
            name,
            str(len(mentions)),
            _share(sum(score.found for score in mentions), len(mentions)),
            _share(sum(score.exact for score in mentions), len(mentions)),
            str(len(dated)),
            _share(sum(bool(score.days) for score in dated), len(dated)),
            str(len(quiet)),
            _share(sum(score.found for score in quiet), len(quiet)),
        )
    return table


def _share(right: int, of: int) -> str:
    return f"{right} ({right / of:.1%})" if of else "0"


def _dropped(dropped: Sequence[Dropped], read: int) -> Table:
    table = Table("dropped because of", *SOURCES, title=f"{len(dropped)} of {read} expected mentions are not compared")
    counted = Counter((case.reason, case.source) for case in dropped)
    for reason in sorted({case.reason for case in dropped}, key=lambda name: -sum(counted[name, s] for s in SOURCES)):
        table.add_row(reason, *(str(counted[reason, source]) for source in SOURCES))
    return table


def _said(answers: Sequence[Days]) -> str:
    return " or ".join(f"{first}..{last}" for first, last in answers) or "no days"


def _answered(answer: Answer) -> str:
    return f"[{answer.start}:{answer.end}] {_said(answer.readings)}".replace("[", r"\[")


if __name__ == "__main__":
    main()
