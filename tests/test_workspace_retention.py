"""Which backups are kept: never all gone, never the newest, and from further back what was asked for."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import InputError
from drafting.workspace.retention import Retention

FIRST = datetime(2023, 12, 20, tzinfo=UTC)
TIMES = st.sets(
    st.integers(0, 80 * 86_400).map(lambda seconds: FIRST + timedelta(seconds=seconds)), min_size=1, max_size=60
)
RETENTIONS = st.builds(Retention, *[st.integers(0, 5)] * 5)


@given(TIMES, RETENTIONS)
def test_the_newest_is_kept_whatever_is_asked_for_and_nothing_is_made_up(times: set[datetime], keep: Retention) -> None:
    kept = keep.kept(times)
    assert max(times) in kept
    assert kept <= times
    assert len(kept) <= max(1, keep.newest) + keep.days + keep.weeks + keep.months + keep.years
    assert set(sorted(times)[-keep.newest :] if keep.newest else ()) <= kept


@given(TIMES, RETENTIONS)
def test_thinned_twice_is_thinned_once(times: set[datetime], keep: Retention) -> None:
    once = keep.kept(times)
    assert keep.kept(once) == once


@given(TIMES, st.integers(1, 9))
def test_of_each_of_the_last_days_that_have_one_the_newest_is_kept(times: set[datetime], days: int) -> None:
    by_day: dict[str, list[datetime]] = defaultdict(list)
    for at in times:
        by_day[f"{at:%Y-%m-%d}"].append(at)
    last = sorted(by_day)[-days:]
    assert Retention(newest=0, days=days).kept(times) == {max(by_day[day]) for day in last}


@given(TIMES, RETENTIONS, RETENTIONS)
def test_who_asks_for_more_keeps_no_less(times: set[datetime], one: Retention, other: Retention) -> None:
    more = Retention(
        *(max(getattr(one, name), getattr(other, name)) for name in ("newest", "days", "weeks", "months", "years"))
    )
    assert one.kept(times) | other.kept(times) <= more.kept(times)


@given(RETENTIONS)
def test_a_nightly_backup_thinned_every_night_reaches_as_far_back_as_asked(keep: Retention) -> None:
    """What a night takes away is not wanted by a later night."""
    nights = [datetime(2023, 11, 1, 18, tzinfo=UTC) + timedelta(days=number) for number in range(150)]
    there: set[datetime] = set()
    for night in nights:
        there = keep.kept({*there, night})
    assert there == keep.kept(nights)


def test_a_week_begins_on_monday_and_a_year_end_parts_no_week() -> None:
    # 2024-12-30 is the Monday of the week that holds New Year's Day of 2025.
    days = [datetime(2024, 12, 29, tzinfo=UTC), datetime(2024, 12, 30, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)]
    assert Retention(newest=0, weeks=2).kept(days) == {days[0], days[2]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", Retention(3)),
        ("3,7d,4w,12m", Retention(3, 7, 4, 12)),
        ("2D，1y", Retention(0, 2, 0, 0, 1)),
        (" 14d , 1 ", Retention(1, 14)),
    ],
)
def test_it_is_read_as_it_is_typed(text: str, expected: Retention) -> None:
    assert Retention.parse(text) == expected


@pytest.mark.parametrize("text", ["", "x", "3x", "3,3", "7d,8d", "-1", "３", "1.5", "3;7d", "99999", "每天"])
def test_what_is_not_understood_is_told_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match="看不懂，应如 3,7d,4w,12m"):
        Retention.parse(text)


@pytest.mark.parametrize("text", ["0", "0,0d"])
def test_keeping_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="至少要留 1 份"):
        Retention.parse(text)
