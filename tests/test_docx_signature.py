"""Signature geometry by GB/T 9704-2012, 7.3.5, in characters of the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.documents.measure import CELL, extent
from drafting.documents.page import TEXT_WIDTH
from drafting.documents.signature import Place, place

LONG, SHORT = "市应急管理局办公室值班室", "市委"
DAY = "2024年7月5日"


def from_right(start: Place, text: str) -> float:
    """How many characters stand between the line's end and the right edge."""
    assert start.alignment == "left"
    return (TEXT_WIDTH - start.indent - extent(text)) / CELL


def test_the_organ_ends_two_characters_from_the_right_and_the_date_begins_two_after_it() -> None:
    found = place([LONG], DAY, TEXT_WIDTH, seal=False)
    assert found.date is not None
    assert from_right(found.organs[0], LONG) == pytest.approx(2, abs=0.01)
    assert (found.date.indent - found.organs[0].indent) / CELL == 2


def test_a_longer_date_ends_two_characters_from_the_right_and_the_organ_moves_left() -> None:
    found = place([SHORT], DAY, TEXT_WIDTH, seal=False)
    assert found.date is not None
    assert from_right(found.date, DAY) == pytest.approx(2, abs=0.01)
    assert (found.date.indent - found.organs[0].indent) / CELL == 2
    moved = 4 + (extent(DAY) - extent(SHORT)) / CELL
    assert from_right(found.organs[0], SHORT) == pytest.approx(moved, abs=0.01)


def test_a_date_as_long_as_the_organ_ends_at_the_right_edge() -> None:
    found = place(["市应急管理局"], DAY, TEXT_WIDTH, seal=False)
    assert found.date is not None
    assert from_right(found.organs[0], "市应急管理局") == pytest.approx(2, abs=0.01)
    # By its end: a reader that spaces digits would push it into the margin.
    assert found.date.alignment == "right"
    assert TEXT_WIDTH - found.date.indent - extent(DAY) == found.organs[0].indent + 2 * CELL


def test_under_a_seal_the_organ_is_centred_on_a_date_four_characters_from_the_right() -> None:
    found = place([SHORT], DAY, TEXT_WIDTH, seal=True)
    assert found.date == found.organs[0]
    assert found.date.alignment == "center"
    middle = (found.date.indent + TEXT_WIDTH) / 2
    assert (TEXT_WIDTH - middle - extent(DAY) / 2) / CELL == pytest.approx(4, abs=0.01)


def test_under_a_seal_a_long_organ_moves_the_middle_left() -> None:
    found = place(["局" * 20], DAY, TEXT_WIDTH, seal=True)
    assert found.organs[0] == found.date
    assert TEXT_WIDTH - found.organs[0].indent >= extent("局" * 20)


def test_several_organs_begin_together() -> None:
    found = place([SHORT, LONG], DAY, TEXT_WIDTH, seal=False)
    assert found.organs[0] == found.organs[1]
    assert from_right(found.organs[1], LONG) == pytest.approx(2, abs=0.01)


DAYS = [DAY, "2024年12月15日", "二〇二四年十二月三十一日", None]


@given(st.lists(st.integers(1, 40).map(lambda count: "局" * count), max_size=3), st.sampled_from(DAYS), st.booleans())
def test_nothing_leaves_the_text_area(organs: list[str], day: str | None, seal: bool) -> None:
    found = place(organs, day, TEXT_WIDTH, seal=seal)
    assert (found.date is None) == (day is None)
    dates = [(found.date, day)] if found.date and day else []
    for start, text in [*zip(found.organs, organs, strict=True), *dates]:
        assert 0 <= start.indent <= TEXT_WIDTH
        assert start.indent + extent(text) <= TEXT_WIDTH or start.indent == 0
