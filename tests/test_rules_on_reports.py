"""The rules on real published documents, where an error is presumed false; and on an exemplar whose faults are known."""

from functools import cache
from pathlib import Path

import pytest

from drafting.documents import read
from evals.checking import examine
from evals.finding import Finding

DATA = Path(__file__).parents[1].parent / "shared" / "data"
REPORTS = sorted((DATA / "reports").glob("*.txt"))

pytestmark = pytest.mark.skipif(not REPORTS, reason="没有随附的公开文件语料")


@cache
def found(path: Path) -> tuple[int, tuple[Finding, ...]]:
    """The length of a document and what the rules find in it."""
    reading = read(path)
    return len(reading.report.text), tuple(examine(reading.report, places=reading.places))


def errors(path: Path) -> list[str]:
    return [f"{path.name}:{one.line}: {one.code} {one.quote}" for one in found(path)[1] if one.severity == "error"]


def test_published_documents_get_at_most_one_error_in_100_000_characters() -> None:
    characters = sum(found(path)[0] for path in REPORTS)
    false = [error for path in REPORTS for error in errors(path)]
    assert len(false) <= characters / 100_000, "\n".join(false)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("gwr_state_council_2023.txt", "D305"),
        ("gwr_state_council_1981.txt", "S104"),
        ("daqing_stats_bulletin_2012.txt", "S104"),
        ("gov_doc_023.txt", "S104"),
    ],
)
def test_known_traps_stay_silent(name: str, code: str) -> None:
    assert not [one for one in found(DATA / "reports" / name)[1] if one.code == code]


def test_a_heading_that_was_lost_in_a_copy_is_found() -> None:
    breaks = [one for one in found(DATA / "reports" / "gwr_state_council_2007.txt")[1] if one.code == "S104"]
    assert [(one.quote, one.expected) for one in breaks] == [("（四）", "（三）")]


def test_the_exemplar_s_known_faults_are_named() -> None:
    (path,) = (DATA / "exemplar").glob("*.txt")
    named = {(one.code, one.quote) for one in found(path)[1]}
    assert {("D305", "建国70周年"), ("P201", "XX局"), ("P201", "XXX同志")} <= named
    assert {"D306", "R601", "S107", "S115", "S116"} <= {code for code, _ in named}
    (wrong,) = (one for one in found(path)[1] if one.code == "D305")
    assert wrong.expected == "建国75周年"
