"""B104: arithmetic inside the facts."""

from dataclasses import replace

import pytest

from drafting.facts import Brief
from tests.builders import brief, found_in, found_in_brief


@pytest.mark.parametrize(
    ("fact", "quote"),
    [
        ("发现隐患312处，整改320处", "320处"),
        ("发现隐患312处，整改308处，其余5处限期8月底前完成", "5处"),
        ("召开专题会议4次，其中局长主持6次", "6次"),
        ("检查矿山19座、工地30座，合计48座", "48座"),
        ("发现隐患312处，整改308处，整改率95%", "95%"),
    ],
)
def test_numbers_of_one_fact_that_do_not_fit(fact: str, quote: str) -> None:
    (finding,) = found_in_brief("B104", "召开会议4次", fact)
    assert (finding.quote, finding.severity, finding.code) == (quote, "warning", "B104")
    assert fact[finding.start : finding.end] == quote
    assert finding.message.startswith("F2 ")
    assert finding.evidence


def test_what_adds_up_is_silent() -> None:
    assert not found_in_brief(
        "B104", "发现隐患312处，整改308处，其余4处限期8月底前完成", "检查矿山19座、工地30座，合计49座"
    )


def _grouped(*facts: str) -> Brief:
    told = brief(*facts)
    (section,) = told.sections
    return replace(told, sections=(replace(section, groups=(tuple(fact.id for fact in section.facts),)),))


def test_facts_of_one_point_are_reckoned_together() -> None:
    facts = ("检查企业126家次，发现隐患312处。", "整改320处")
    (finding,) = found_in(_grouped(*facts), "B104")
    assert (finding.quote, finding.start, finding.end) == ("320处", 2, 6)
    assert finding.message.startswith("F2 ")
    assert not found_in_brief("B104", *facts)


def test_what_one_fact_shows_is_not_told_again_for_its_point() -> None:
    assert len(found_in(_grouped("召开会议4次", "发现隐患312处，整改320处"), "B104")) == 1
