"""Date mentions: report-style sentences, one case each, from tests/data/dates.tsv."""

from datetime import date
from pathlib import Path

import pytest

from drafting.dates import Mention, find
from drafting.period import Period

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "dates.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def written(mention: Mention) -> str:
    words = [
        f"{mention.text}={mention.first or ''}..{mention.last or ''}",
        mention.kind,
        "year" if mention.explicit_year else "",
        "comparison" if mention.comparison else "",
        f"weekday{mention.weekday}" if mention.weekday else "",
        mention.note,
    ]
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(("text", "reference", "period", "expected"), CASES)
def test_sentence(text: str, reference: str, period: str, expected: str) -> None:
    mentions = find(text, date.fromisoformat(reference), None if period == "-" else Period.parse(period))
    assert (" ; ".join(map(written, mentions)) or "-") == expected
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text


def test_there_are_enough_cases_and_each_stands_once() -> None:
    assert len(CASES) >= 200
    assert len({tuple(case[:3]) for case in CASES}) == len(CASES)


def test_every_kind_is_met() -> None:
    kinds = {word for case in CASES for word in case[3].split()}
    assert kinds >= {
        "day", "range", "period", "open-start", "open-end", "plan", "relative", "impossible", "ambiguous",
    }  # fmt: skip
