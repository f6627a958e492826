"""Real documents read: headings and their levels against the key in tests/data/headings.tsv."""

import pytest

from tests.benchmarks.reading import Score, documents, scores

LEAST = 0.98

measured = dict(scores())
there = pytest.mark.skipif(len(measured) < 15, reason="没有随附的公开文件语料，标题无从对照")


def test_the_key_holds_line_numbers_and_no_text() -> None:
    key = documents()
    assert len(key) >= 16
    assert all(len(each.sha256) == 64 and min(each.roles) >= 1 for each in key)


@there
def test_headings_are_found_with_their_levels() -> None:
    total = sum(measured.values(), Score())
    amiss = "\n".join(f"{name} {line}" for name, each in measured.items() for line in each.amiss)
    assert total.recall >= LEAST, amiss
    assert total.precision >= LEAST, amiss
    assert total.level_share >= LEAST, amiss


@there
def test_titles_recipients_leads_and_closings_are_found() -> None:
    total = sum(measured.values(), Score())
    assert total.roles_right / total.roles >= LEAST
