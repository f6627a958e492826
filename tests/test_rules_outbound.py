"""B106: what may not leave this machine; the shapes themselves are tested with the screen."""

from dataclasses import replace

import pytest

from evals.rule import REGISTRY
from tests.builders import brief, found_in, found_in_brief


@pytest.mark.parametrize(
    ("fact", "quote", "shown"),
    [
        ("秘密★1年 召开专题会议4次", "秘密★1年", "秘密★1年"),
        ("联系人手机13812345678", "13812345678", "138******78"),
        ("受助学生身份证号11010519491231002X", "11010519491231002X", "110*************2X"),
    ],
)
def test_marks_and_identifiers_are_errors_and_no_number_is_told_in_full(fact: str, quote: str, shown: str) -> None:
    (finding,) = found_in_brief("B106", "召开会议4次", fact)
    assert (finding.quote, finding.severity) == (quote, "error")
    assert finding.message.startswith("F2 含")
    assert shown in finding.message
    assert shown in finding.message_en
    assert shown == quote or quote not in finding.message + finding.message_en + finding.evidence


def test_headings_and_the_outlook_are_screened_too() -> None:
    told = brief("召开会议4次", outlook=("回访13812345678",))
    (section,) = told.sections
    (heading, ahead) = found_in(replace(told, sections=(replace(section, heading="【机密】压实责任"),)), "B106")
    assert (heading.quote, ahead.quote) == ("【机密】", "13812345678")
    assert heading.message.startswith("标题 含秘密标志")


def test_words_that_only_look_like_marks_are_silent() -> None:
    assert not found_in_brief("B106", "召开保守国家秘密工作会议4次", "合同编号：13812345678")


def test_it_stops_no_export() -> None:
    assert not REGISTRY["B106"].gated
