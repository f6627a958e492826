"""The cases of data/grounding.tsv: facts, a sentence, and every code that it draws against them, in either direction."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from drafting import grounding, profiles
from drafting.facts import Fact
from drafting.grounding import Gap, Ground
from drafting.period import Period

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "grounding.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def _ground(facts: str) -> Ground:
    held = tuple(Fact(f"F{number}", text) for number, text in enumerate(facts.split("|"), start=1))
    return Ground(
        held, date(2024, 7, 5), Period.parse("2024年上半年"), set_phrases=profiles.load("special-report").set_phrases
    )


def _gaps(sentence: str, ground: Ground) -> Iterator[Gap]:
    yield from grounding.examine(sentence, ground)
    yield from grounding.missing(sentence, ground)


def _drawn(sentence: str, facts: str) -> str:
    """The codes as the table writes them: G401i for a number that follows from others."""
    found = {gap.code + ("i" if gap.weight == "info" else "") for gap in _gaps(sentence, _ground(facts))}
    return " ".join(sorted(found)) or "clean"


def test_the_table_is_large_even_and_without_repetition() -> None:
    harmless = sum(expected in ("clean", "G401i") for _, _, expected, _ in CASES)
    assert len(CASES) >= 200
    assert 0.4 <= harmless / len(CASES) <= 0.6
    assert len({(facts, sentence) for facts, sentence, _, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("facts", "sentence", "expected"),
    [pytest.param(*case[:3], id=f"{case[1][:24]}-{case[3]}") for case in CASES],
)
def test_a_sentence_draws_what_it_should_and_nothing_else(facts: str, sentence: str, expected: str) -> None:
    assert _drawn(sentence, facts) == expected


@pytest.mark.parametrize("facts", sorted({case[0] for case in CASES}))
def test_a_fact_in_its_own_words_draws_nothing(facts: str) -> None:
    assert _drawn("。".join(facts.split("|")) + "。", facts) == "clean"


@pytest.mark.parametrize(
    "unit",
    [
        "检查企业126家次，",
        "十",
        "9,",
        "1-",
        "1.5",
        "百分之",
        "没有发生",
        "全面整改",
        "市公安局",
        "由1到",
        "拟建成",
        "〔2024〕",
        "“",
        "得到",
    ],
)
def test_a_sentence_of_20_000_characters_is_read_in_linear_time(unit: str) -> None:
    """Not timed: an expression that backtracks would not come to an end here."""
    sentence, fact = (unit * 20_000)[:20_000], (unit * 5_000)[:5_000]
    assert all(gap.end <= len(sentence) for gap in _gaps(sentence, _ground(fact)))
