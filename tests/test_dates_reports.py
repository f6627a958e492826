"""Date mentions in published reports, read where they lie: what is found, and what is left over."""

import re
from datetime import date
from pathlib import Path

import pytest

from drafting.dates import Mention, find

REPORTS = Path(__file__).parents[1].parent / "shared" / "data" / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the published reports are not beside this checkout")

_WHOLE = re.compile(r"(?:1[89]|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?<![第每\d])\d{1,2}月\d{1,2}日")
_RECURRING = re.compile(r"每年的?$")


@pytest.fixture(scope="module")
def read() -> list[tuple[str, list[Mention]]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(REPORTS.glob("*.txt"))]
    return [(text, find(text, date(2020, 3, 5))) for text in texts]


def test_every_written_year_and_day_is_in_a_mention(read: list[tuple[str, list[Mention]]]) -> None:
    missed = []
    for text, mentions in read:
        covered = bytearray(len(text))
        for mention in mentions:
            covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        for found in _WHOLE.finditer(text):
            recurs = _RECURRING.search(text[max(0, found.start() - 3) : found.start()])
            if not recurs and not all(covered[found.start() : found.end()]):
                missed.append(text[max(0, found.start() - 8) : found.end() + 8])
    assert missed == []


def test_published_reports_hold_no_impossible_dates(read: list[tuple[str, list[Mention]]]) -> None:
    assert [mention.text for _, mentions in read for mention in mentions if mention.kind == "impossible"] == []


def test_published_reports_hold_no_backward_ranges(read: list[tuple[str, list[Mention]]]) -> None:
    backward = [
        mention.text
        for _, mentions in read
        for mention in mentions
        if mention.first and mention.last and mention.first > mention.last
    ]
    assert backward == []


def test_mentions_are_plenty(read: list[tuple[str, list[Mention]]]) -> None:
    assert sum(len(mentions) for _, mentions in read) > 1500
