"""The timeline: read fast, and the YAML that it says it is."""

from datetime import date
from importlib.resources import files

from ruamel.yaml import YAML

from evals.timeline import of_kind, timeline


def entry(term: str):  # type: ignore[no-untyped-def]
    return next(entry for entry in timeline() if term in entry.names)


def test_a_yaml_parser_reads_the_same() -> None:
    text = files("evals").joinpath("timeline.yaml").read_text(encoding="utf-8")
    rows = YAML(typ="safe", pure=True).load(text)
    assert [(row["term"], str(row["first"])) for row in rows] == [(entry.term, entry.since) for entry in timeline()]


def test_days_months_and_years_become_first_and_last() -> None:
    assert entry("建国").first == date(1949, 10, 1)
    assert entry("长征出发").first == date(1934, 10, 1)
    assert entry("“三严三实”专题教育").last == date(2015, 12, 31)
    assert entry("二十一大").first == date(2027, 1, 1)
    assert entry("高质量发展").last is None


def test_a_name_stands_for_one_founding() -> None:
    names = [name for entry in of_kind("founding") for name in entry.names]
    assert len(names) == len(set(names))


def test_every_entry_says_how_sure_it_is_and_how_it_is_known() -> None:
    assert len(timeline()) > 150
    for entry in timeline():
        assert entry.source
        assert entry.note
