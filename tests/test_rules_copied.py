"""R602: what the old text holds and no fact does."""

import pytest

from evals.checking import examination
from evals.examined import OldText
from evals.faults import clean_reports
from evals.finding import Finding
from tests.builders import body, brief, report

OLD = """市应急管理局关于2023年上半年安全生产工作的专题报告
2023年上半年，市应急管理局扎实推进安全生产工作。现将有关情况报告如下：
一、开展排查整治
一是加大检查力度。检查企业218家次，查出问题95处，立案36起，罚款86.4万元，整改率98.2%。
二是突出重点整治。3月10日至4月20日在李家沟村开展仓储企业排查，印发《仓储企业安全整治方案》，依据《安全生产法》处罚3起。
三是加强宣传。按照市安委办〔2023〕12号文件，联合县公安局发放资料5000份，培训26人，与20家企业座谈，覆盖100%。
市应急管理局
2023年7月5日"""
FACTS = ("检查企业126家次，查出问题90处", "3月12日召开安全生产调度会6次", "对20户家庭开展宣传")


def copied(*paragraphs: str, facts: tuple[str, ...] = FACTS, old: str = OLD) -> list[Finding]:
    document = body(*paragraphs, brief=brief(*facts))
    against = [OldText("2023年上半年.docx", report(old, "2023年上半年", "2023-07-05"))]
    section = [index for index, block in enumerate(document.blocks) if block.text in paragraphs]
    examined = examination(document, against=against, select=["R602"])
    return [finding for finding in examined.findings if finding.block in section]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("检查企业218家次，查出问题90处。", "218家次"),
        ("检查企业126家次，立案36起。", "36起"),
        ("检查企业126家次，罚款86.4万元。", "86.4万元"),
        ("检查企业126家次，整改率98.2%。", "98.2%"),
        ("3月10日至4月20日检查企业126家次。", "3月10日至4月20日"),
        ("在李家沟村检查企业126家次。", "家沟村"),
        ("印发《仓储企业安全整治方案》，检查企业126家次。", "《仓储企业安全整治方案》"),
        ("按照市安委办〔2023〕12号文件检查企业126家次。", "〔2023〕12号"),
    ],
)
def test_a_number_date_name_or_document_of_the_old_text(text: str, quote: str) -> None:
    (finding,) = copied(text)
    assert (finding.quote, finding.severity) == (quote, "error")
    assert finding.evidence.startswith("2023年上半年.docx：")
    assert quote in finding.evidence


def test_the_old_sentence_is_quoted() -> None:
    (finding,) = copied("检查企业126家次，立案36起。")
    assert finding.evidence == "2023年上半年.docx：检查企业218家次，查出问题95处，立案36起，罚款86.4万元，整改率98.2%。"


@pytest.mark.parametrize(
    "text",
    [
        "检查企业126家次，查出问题90处。",
        "检查企业333家次。",
        "处罚3起，检查企业126家次。",
        "依据《安全生产法》检查企业126家次。",
        "2024年上半年，市应急管理局检查企业126家次。",
        "3月12日召开安全生产调度会6次。",
        "截至6月底，检查企业126家次。",
        "一是加强宣传。二是检查企业126家次。",
        "第26批整改到位，检查企业126家次。",
        "为36户群众解决困难。",
        "覆盖率达到100%。",
    ],
)
def test_what_facts_hold_small_counts_laws_and_the_period_s_own_days_are_no_residue(text: str) -> None:
    assert not copied(text)


def test_what_stands_in_no_old_text_is_grounding_s_alone() -> None:
    assert not copied("检查企业777家次。")
    assert copied("检查企业777家次。", old=OLD.replace("218家次", "777家次"))


def test_a_number_of_another_fact_is_held() -> None:
    assert not copied("培训126人。", facts=("培训126人",), old=OLD.replace("培训26人", "培训126人"))


@pytest.mark.parametrize(
    ("facts", "old", "lack"), [((), OLD, "拟稿要点"), (FACTS, "", "旧稿"), ((), "", "拟稿要点、旧稿")]
)
def test_without_a_brief_or_an_old_text_it_does_not_run_and_says_so(
    facts: tuple[str, ...], old: str, lack: str
) -> None:
    document = body("检查企业218家次。", brief=brief(*facts) if facts else None)
    against = [OldText("旧稿", report(old))] if old else []
    (missed,) = examination(document, against=against, select=["R602"]).not_run
    assert missed.lack == lack


def test_our_own_drafts_hold_nothing_of_one_another() -> None:
    drafts = clean_reports()
    for one in drafts:
        against = [OldText(other.name, other.report) for other in drafts if other is not one]
        assert not examination(one.report, profile=one.profile, against=against, select=["R602"]).findings
