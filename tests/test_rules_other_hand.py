"""Sentences by another hand, who had not read the rules: the wrong ones draw their code, the right ones no error."""

from dataclasses import replace
from pathlib import Path

import pytest

from drafting.report import Report
from evals.checking import examine
from evals.faults import clean_reports

DATA = Path(__file__).parent / "data"
WRONG = [
    tuple(line.split("\t")) for line in (DATA / "other_hand.tsv").read_text("utf-8").splitlines() if line[0] != "#"
]
RIGHT = (DATA / "other_hand_right.txt").read_text("utf-8").splitlines()


def with_sentence(sentence: str) -> Report:
    (clean,) = (clean for clean in clean_reports() if clean.name == "campus-2024h1")
    return replace(clean.append(sentence, "middle"), brief=None)


@pytest.mark.parametrize(("code", "sentence"), WRONG)
def test_a_wrong_sentence_draws_its_code(code: str, sentence: str) -> None:
    assert any(one.code == code for one in examine(with_sentence(sentence)))


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_sentence_draws_no_error(sentence: str) -> None:
    assert not [one for one in examine(with_sentence(sentence)) if one.severity == "error"]
