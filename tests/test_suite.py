"""The suite: every rule holds its threshold on seeded faults, and the figures are what they say they are."""

from functools import cache
from pathlib import Path

import pytest

from drafting.errors import InputError
from evals import suite
from evals.checking import select_rules
from evals.faults import Change, Clean, clean_reports
from evals.faults.clean import CASES
from evals.faults.fault import Generator, Sample
from evals.rule import REGISTRY
from evals.scoring import Tally, tally, try_fault, try_look_alike
from evals.thresholds import Threshold, own_rows, threshold

CODES = [rule.code for rule in REGISTRY]
USUAL = Threshold(recall=0.95, alarms_per_100k=0)


@cache
def whole() -> suite.Suite:
    return suite.run(CASES)


def figures(code: str) -> suite.RuleFigures:
    return next(one for one in whole().rules if one.rule.code == code)


def counted(seeded: int, found: int, alarms: int = 0) -> Tally:
    return Tally("P201", seeded, found, spared=12, alarms=alarms, characters=50_000)


def sample(code: str, change: Change) -> Sample:
    (made,) = Generator(code, "一处改动", lambda _: iter([change])).samples(clean_reports()[:1])
    return made


@pytest.mark.parametrize("code", CODES)
def test_a_rule_holds_its_threshold(code: str) -> None:
    one = figures(code)
    assert one.state in ("ok", "few"), (one.state, one.tally.missed, one.tally.alarmed)
    assert one.tally.spared >= 10


@pytest.mark.parametrize("code", [rule.code for rule in REGISTRY if rule.severity == "error"])
def test_an_error_rule_is_measured_on_thirty_faults(code: str) -> None:
    assert figures(code).state == "ok"


def test_every_case_is_clean() -> None:
    assert len(whole().cases) >= 8
    assert [case.name for case in whole().cases if not case.is_clean] == []


def test_with_all_rules_off_nothing_is_found() -> None:
    assert whole().off.seeded == sum(one.tally.seeded for one in whole().rules) > 1000
    assert whole().off.found == 0


@pytest.mark.parametrize("code", ["D305", "S104", "P201", "G401", "Y701"])
def test_a_rule_that_is_switched_off_fails_its_threshold(code: str) -> None:
    (off,) = suite.run_rules([REGISTRY[code]], off=[code])
    assert (off.state, off.tally.found) == ("below", 0)
    assert len(off.tally.missed) == off.tally.seeded
    assert not off.held


def test_a_rule_alone_is_reckoned_as_among_all_the_others() -> None:
    """All of them are shared out over two processes."""
    assert suite.run_rules(select_rules(["S103"]), processes=1) == (figures("S103"),)


# --- states


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (counted(40, 38), "ok"),
        (counted(40, 37), "below"),
        (counted(29, 29), "few"),
        (counted(29, 27), "below"),
        (counted(40, 40, alarms=1), "below"),
        (counted(0, 0), "not measured"),
        (counted(0, 0, alarms=1), "below"),
    ],
)
def test_a_state_tells_few_and_unmeasured_from_held(one: Tally, state: str) -> None:
    assert USUAL.state(one) == state


def test_nothing_seeded_is_no_recall_and_no_pass() -> None:
    unmeasured = suite.RuleFigures(REGISTRY["P201"], counted(0, 0), USUAL)
    assert unmeasured.tally.recall is None
    assert unmeasured.as_dict()["recall"] is None
    assert not unmeasured.held


def test_a_rate_of_alarms_is_per_hundred_thousand_characters() -> None:
    assert counted(40, 40, alarms=2).alarms_per_100k == 4.0


def test_thresholds_name_rules_that_there_are() -> None:
    assert own_rows() <= set(CODES)
    assert threshold("P201") == USUAL


# --- trials


def broken(clean: Clean) -> Change:
    return Change(clean.append("拟请⟦XX局⟧牵头落实。", "last"))


def test_a_fault_counts_only_where_the_span_is_right() -> None:
    clean = clean_reports()[0]
    right = sample("P201", broken(clean))
    assert try_fault(right, REGISTRY["P201"], "docx").right
    beside = sample("P201", Change(clean.append("拟请XX局⟦牵头⟧落实。", "last")))
    trial = try_fault(beside, REGISTRY["P201"])
    assert trial.findings
    assert not trial.right
    assert tally("P201", [trial], []).missed == (beside.label,)


def test_a_look_alike_on_which_the_rule_could_not_run_is_not_counted() -> None:
    clean = clean_reports()[0]
    spared = sample("G401", Change(clean.report))
    untold = sample("G401", Change(clean.report, told=False))
    trials = [try_look_alike(each, REGISTRY["G401"]) for each in (spared, untold)]
    assert [trial.ran for trial in trials] == [True, False]
    assert tally("G401", [], trials).spared == 1


def test_an_alarm_is_listed_with_its_quote() -> None:
    clean = clean_reports()[0]
    false = try_look_alike(sample("P201", Change(clean.append("拟请XX局牵头落实。", "last"))), REGISTRY["P201"])
    (alarm,) = tally("P201", [], [false]).alarmed
    assert (alarm.label, alarm.quote) == (false.sample.label, "XX局")


# --- cases


def test_a_case_with_a_fault_is_not_clean(tmp_path: Path) -> None:
    brief = (CASES / "clinic-2024q3.brief.yaml").read_text(encoding="utf-8")
    first = next(line for line in brief.splitlines() if line.strip().startswith("- ") and "heading" not in line)
    (tmp_path / "甲.brief.yaml").write_text(brief.replace(first, f"{first}，由XX局落实", 1), encoding="utf-8")
    (case,) = suite.run_cases(tmp_path)
    assert not case.is_clean
    assert "P201" in {finding.code for finding in case.findings}


def test_faults_are_seeded_in_the_shipped_cases_whatever_the_folder(tmp_path: Path) -> None:
    (tmp_path / "甲.brief.yaml").write_bytes((CASES / "clinic-2024q3.brief.yaml").read_bytes())
    here = suite.run(tmp_path, ["S101"])
    assert [case.name for case in here.cases] == ["甲"]
    assert here.rules[0].tally == figures("S101").tally


def test_a_folder_without_briefs_and_an_unknown_code_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有 \*\.brief\.yaml"):
        suite.run_cases(tmp_path)
    with pytest.raises(InputError, match="没有文件夹"):
        suite.run_cases(tmp_path / "无")
    with pytest.raises(InputError, match="没有代码以“X9”开头"):
        suite.run(CASES, ["X9"])
