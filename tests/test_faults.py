"""Seeded faults: every clean report is clean, every mark is where it says, and the generators say what they do."""

import pytest

from drafting.report import Block
from evals.checking import examine
from evals.faults import FAULTS, LOOK_ALIKES, Clean, clean_reports
from evals.faults.fault import unmarked
from evals.rule import REGISTRY

CLEAN = clean_reports()


@pytest.mark.parametrize("clean", CLEAN, ids=lambda clean: clean.name)
def test_a_clean_report_draws_nothing(clean: Clean) -> None:
    assert not [one for one in examine(clean.report, profile=clean.profile) if one.severity != "info"]


def test_a_mark_is_taken_out_and_its_place_kept() -> None:
    clean = CLEAN[0]
    report, block, start, end = unmarked(clean.append("今年是中华人民共和国成立⟦70周年⟧。", "middle"))
    assert report.blocks[block].text[start:end] == "70周年"
    assert "⟦" not in report.text
    assert "⟧" not in report.text
    assert report.blocks[block].points[:-1] == clean.blocks[block].points


def test_a_mark_that_does_not_close_is_refused() -> None:
    with pytest.raises(ValueError, match="标记须成对"):
        unmarked(CLEAN[0].with_blocks([Block("paragraph", "召开会议⟦5次。")]))


def test_a_table_is_dealt_out_whole_and_no_row_twice() -> None:
    rows = [f"第{number}句" for number in range(3 * len(CLEAN) + 1)]
    dealt = [turn for clean in CLEAN for turn, row in clean.dealt(rows) if rows[turn] == row]
    assert sorted(dealt) == list(range(len(rows)))


@pytest.mark.parametrize("clean", CLEAN, ids=lambda clean: clean.name)
def test_a_report_moved_to_another_year_is_clean_there(clean: Clean) -> None:
    moved = clean.in_year(2019)
    assert moved.period.year == 2019
    assert moved.brief.issued.year - 2019 == clean.brief.issued.year - clean.period.year
    assert str(clean.period.year) + "年" not in moved.report.title
    assert not [one for one in examine(moved.report, profile=moved.profile) if one.severity != "info"]


@pytest.mark.parametrize("clean", CLEAN, ids=lambda clean: clean.name)
def test_a_sentence_is_put_in_all_sections_and_all_manners(clean: Clean) -> None:
    made = [clean.put("召开会议⟦5次⟧。", turn) for turn in range(9)]
    places = {(block, start) for _, block, start, _ in map(unmarked, made)}
    assert len(places) >= 4


@pytest.mark.parametrize("generators", [FAULTS, LOOK_ALIKES], ids=["faults", "look-alikes"])
def test_every_sample_differs_from_every_other_of_its_rule(generators: list) -> None:  # type: ignore[type-arg]
    seen: set[tuple[str, str]] = set()
    for generator in generators:
        assert generator.code in REGISTRY
        for sample in generator.samples(CLEAN):
            key = (sample.code, sample.report.text + repr(sample.brief))
            assert key not in seen, sample.label
            seen.add(key)
