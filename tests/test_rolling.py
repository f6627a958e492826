"""Rolling forward: structure comes along, facts are asked about, what is out of date is named, and nothing open is drafted."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
import typer
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from drafting import brief as brief_file
from drafting import dates
from drafting.errors import BriefError, ChengwenError, DocumentError, InputError
from drafting.period import Period
from drafting.record import Record
from drafting.rolling import items
from drafting.rolling.items import Item, Rolling
from drafting.rolling.pairing import pairs
from drafting.rolling.roll import retitled
from drafting.rolling.written import written
from tests.benchmarks import rolling as published
from ui.cli.check import check
from ui.cli.draft import draft
from ui.cli.export import export
from ui.cli.roll import roll

DATA = Path(__file__).parent / "data/rolled"
LAST, SHEET = DATA / "上期.txt", DATA / "本期.csv"
EXEMPLAR = Path(__file__).parents[1].parent / "shared" / "data" / "exemplar" / "special-report-2024h1.txt"
NEW = Period.parse("2025年上半年")


@pytest.fixture(autouse=True)
def operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGWEN_USER", "操作员")


def run(command: object, *arguments: object) -> Result:
    app = typer.Typer()
    app.command()(command)  # type: ignore[type-var]
    return CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)


def rolled(tmp_path: Path, *words: object, last: Path = LAST, to: str = str(NEW)) -> str:
    out = tmp_path / "本期.brief.yaml"
    done = run(roll, last, "--to", to, "-o", out, *words)
    assert done.exit_code == 0
    return out.read_text(encoding="utf-8")


def spoken(text: str) -> list[str]:
    """The lines of a brief that are neither comments nor open."""
    return [line for line in text.splitlines() if not line.lstrip().startswith(("#", "- open:"))]


def test_without_facts_every_old_fact_is_a_question_and_the_structure_stands(tmp_path: Path) -> None:
    text = rolled(tmp_path)
    with pytest.raises(BriefError) as refused:
        brief_file.load(tmp_path / "本期.brief.yaml")
    assert len(refused.value.complaints) == 6
    assert all("还没有定下" in one.message for one in refused.value.complaints)
    assert all(heading in text for heading in ("加强检查培训，落实防汛责任", "充实物资储备，做好抢险准备"))
    assert "# 上期（第 9 行）：开展防汛检查126处，发现隐患31处，整改28处，其余3处限期7月底前完成" in text
    assert not re.search(r"\d", "".join(line for line in spoken(text) if not line.startswith(("period", "issued"))))


def test_claims_anniversaries_and_campaigns_are_computed_for_the_new_period(tmp_path: Path) -> None:
    text = rolled(tmp_path)
    assert "2025 − 1949 = 76（应为 建国76周年）" in text
    assert re.search(r"大力推进脱贫攻坚工作.*\n\s*#   D306 ", text)


def test_with_facts_what_matches_is_filled_and_what_is_the_same_is_asked(tmp_path: Path) -> None:
    text = rolled(tmp_path, "--facts", SHEET)
    stand = "\n".join(spoken(text))
    assert "- text: 开展防汛检查141处，发现隐患29处，整改29处" in stand
    assert "source: 防汛办台账" in stand
    assert "- open: 与上期相同，请核对后写成事实：储备沙袋3万条，检修闸门46座" in text
    assert re.search(r"# 上期（第 13 行）：大力推进脱贫攻坚工作.*本期没有", text)
    assert re.search(r"- heading: 强化预警叫应，守牢安全底线\n    facts:\n      # 本期新增\n", text)
    assert "李家庄村" not in stand
    assert "126" not in stand


def test_growth_is_offered_with_its_formula_and_stands_nowhere_by_itself(tmp_path: Path) -> None:
    text = rolled(tmp_path, "--facts", SHEET)
    assert "# - text: 落实防汛经费同比增长20%\n      #   source: 推算：(96万元 − 80万元) ÷ 80万元 = 20%" in text
    assert "# - text: 整改率100%" in text
    assert "同比" not in "\n".join(spoken(text))


def test_a_settled_brief_is_drafted_checked_against_the_old_report_and_redlined(tmp_path: Path) -> None:
    text = rolled(tmp_path, "--facts", SHEET)
    text = text.replace("- open: 与上期相同，请核对后写成事实：储备", "- 储备")
    text = re.sub(r"\n *- open: 上期打算[^\n]*", "", text)
    path = tmp_path / "本期.brief.yaml"
    path.write_text(text, encoding="utf-8")
    done = run(draft, path, "--model", "composer", "-o", tmp_path, "--format", "docx,json")
    assert done.exit_code == 0
    (made,) = tmp_path.glob("*.report.json")
    checked = run(check, made, "--brief", path, "--against", LAST)
    assert checked.exit_code == 0, checked.stdout
    redline = tmp_path / "花脸稿.docx"
    assert run(export, made, "-o", redline, "--redline-from", LAST).exit_code == 0
    with zipfile.ZipFile(redline) as packed:
        body = packed.read("word/document.xml").decode()
    assert "<w:del " in body
    assert "126处" in "".join(re.findall(r"<w:delText[^>]*>([^<]*)", body)) + body
    assert "141" in body


def test_what_the_old_text_left_is_found(tmp_path: Path) -> None:
    text = rolled(tmp_path, "--facts", SHEET)
    text = re.sub(r"\n *- open: [^\n]*", "", text)
    path = tmp_path / "本期.brief.yaml"
    path.write_text(text, encoding="utf-8")
    run(draft, path, "--model", "composer", "-o", tmp_path, "--format", "txt")
    (made,) = tmp_path.glob("*.txt")
    left = made.read_text(encoding="utf-8").replace("培训510人次", "培训430人次")
    made.write_text(left, encoding="utf-8")
    checked = run(check, made, "--brief", path, "--against", LAST)
    assert checked.exit_code == 1
    assert "R602" in checked.stdout


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("县水利局关于2024年上半年防汛工作的专题报告\n\n上半年开展检查126处。\n", (), "没有认出各部分的标题"),
        (None, ("--to", "2023年"), "不在上期（2024年上半年）之后"),
        (None, ("--to", "2024年上半年"), "不在上期（2024年上半年）之后"),
        (None, ("--facts", "{sheet}", "--organ", "市水利局"), "表里是县水利局的事实，报告是市水利局的"),
        (None, ("--facts", "{sheet}", "--to", "2025年"), "表里是2025年上半年的事实，要的是2025年"),
        ("twice", (), "里面像是有两份报告"),
        ("关于工作的报告\n\n一、加强检查\n\n开展检查126处。\n", (), "没有认出报告期，请用 --last 写明"),
        (None, ("--issued", "明天"), "--issued “明天”"),
    ],
)
def test_what_cannot_be_rolled_is_told_in_a_line_and_nothing_is_written(
    tmp_path: Path, text: str | None, words: tuple[str, ...], told: str
) -> None:
    last = LAST
    if text is not None:
        last = tmp_path / "旧.txt"
        whole = LAST.read_text(encoding="utf-8")
        last.write_text(whole + "\n" + whole if text == "twice" else text, encoding="utf-8")
    out = tmp_path / "新.brief.yaml"
    told_to = () if "--to" in words else ("--to", str(NEW))
    with pytest.raises(ChengwenError, match=re.escape(told)) as refused:
        run(roll, last, *told_to, "-o", out, *(str(SHEET) if word == "{sheet}" else word for word in words))
    assert len(str(refused.value).splitlines()) == 1
    assert not out.exists()


def test_a_document_of_tables_or_pictures_alone_is_refused(tmp_path: Path) -> None:
    tables, empty = tmp_path / "表.docx", tmp_path / "扫描.docx"
    document = Document()
    document.add_table(rows=2, cols=2).cell(0, 0).text = "检查126处"
    document.save(str(tables))
    Document().save(str(empty))
    for path in (tables, empty):
        with pytest.raises(DocumentError) as refused:
            run(roll, path, "--to", str(NEW), "-o", tmp_path / "新.yaml", "--organ", "县水利局")
        assert len(str(refused.value).splitlines()) == 1


def test_a_brief_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    rolled(tmp_path)
    with pytest.raises(InputError, match="没有覆盖"):
        rolled(tmp_path)


# --- settling


def walk() -> Rolling:
    day = NEW.last
    found = (
        Item("O1", "fact", 1, "开展检查126处", 9, "开展检查141处", offers=(("检查数量同比增长11.9%", "推算：……"),)),
        Item("O2", "fact", 1, "培训430人次", 9),
        Item("P1", "promise", 0, "修订防汛应急预案", 15),
    )
    head = ("special-report", "县水利局", "防汛工作", "县人民政府", Period.parse("2024年上半年"), NEW, day)
    return Rolling(*head, ("加强检查培训，落实防汛责任",), found)


def test_each_question_is_settled_and_nothing_is_left_open() -> None:
    rolling = items.confirm(walk(), "O1")
    with pytest.raises(InputError, match="还有 2 条没有定下"):
        items.brief(rolling)
    with pytest.raises(InputError, match="不能确认"):
        items.confirm(rolling, "O2")
    with pytest.raises(InputError, match="请写出本期的事实"):
        items.replaced(rolling, "O2", "  \n")
    rolling = items.drop(items.replaced(rolling, "O2", "培训510人次"), "P1")
    rolling = items.accept(rolling, "O1", 0)
    made = items.brief(rolling)
    assert [fact.text for fact in made.facts()] == ["开展检查141处", "检查数量同比增长11.9%", "培训510人次"]
    assert brief_file.loads(written(rolling)).brief.sections[0].facts[1].source == "推算：……"
    with pytest.raises(InputError, match="一条事实也没有"):
        items.brief(items.drop(items.drop(items.drop(rolling, "O1"), "O2"), "O1-检查数量同比增长11.9%"))
    assert items.reopen(rolling, "O2").open[0].id == "O2"


def test_a_rolling_is_plain_data_and_back() -> None:
    rolling = items.confirm(walk(), "O1")
    assert items.from_record(Record(rolling.as_dict())) == rolling
    with pytest.raises(ValueError, match="state"):
        items.from_record(Record({**rolling.as_dict(), "items": [{**rolling.as_dict()["items"][0], "state": "别的"}]}))


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("2024年上半年工作情况", "2025年上半年工作情况"),
        ("2023年工作回顾", "2024年工作回顾"),
        ("2025年重点工作", "2026年重点工作"),
        ("继承1949年以来的传统", "继承1949年以来的传统"),
        ("强化组织领导，压实安全责任", "强化组织领导，压实安全责任"),
    ],
)
def test_headings_move_on_with_the_period(heading: str, told: str) -> None:
    assert retitled(heading, Period.parse("2024年上半年"), NEW) == told


# --- pairs


PERIODS = (Period.parse("2024年上半年"), NEW)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["开展检查126处，发现隐患31处"], ["开展检查141处，发现隐患29处"], [(0, 0)]),
        (["培训430人次", "慰问老党员20名"], ["慰问老党员35名", "培训510人次"], [(0, 1), (1, 0)]),
        (["检查企业126家"], ["培训企业126家"], []),
        (["召开专题会议4次"], ["召开专题会议2次", "召开专题会议3次"], []),  # open which is meant
        ([], ["培训510人次"], []),
    ],
)
def test_facts_that_count_the_same_are_pairs(old: list[str], new: list[str], expected: list[tuple[int, int]]) -> None:
    assert pairs(old, new, PERIODS) == expected


_FACTS = st.lists(
    st.sampled_from(
        ["开展检查126处", "培训干部430人次", "储备沙袋3万条", "慰问老党员20名", "落实经费80万元", "修订应急预案"]
    ),
    unique=True,
    max_size=6,
)


@given(_FACTS, st.randoms())
def test_a_fact_is_its_own_pair_wherever_it_stands(facts: list[str], chance: object) -> None:
    shuffled = list(facts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pairs(facts, shuffled, PERIODS) == [(at, shuffled.index(fact)) for at, fact in enumerate(facts)]


# --- the real one


@pytest.mark.skipif(not EXEMPLAR.exists(), reason="the exemplar is not here")
def test_the_exemplar_rolls_into_a_brief_in_which_no_old_day_stands_silently(tmp_path: Path) -> None:
    text = rolled(tmp_path, last=EXEMPLAR)
    stand = "\n".join(line for line in spoken(text) if not line.startswith(("period:", "issued:")))
    assert not dates.find(stand, NEW.last, NEW)
    assert "建国76周年" in text
    assert re.search(r"脱贫攻坚.*\n\s*#   D306 ", text)
    assert "韩窑村" not in stand
    assert text.count("- heading: ") == 4


@pytest.mark.skipif(not EXEMPLAR.exists(), reason="the exemplar is not here")
def test_the_exemplar_with_this_period_s_facts_becomes_a_report_that_may_leave(tmp_path: Path) -> None:
    text = rolled(tmp_path, "--facts", DATA / "意识形态.csv", "--organ", "市民政局党组", last=EXEMPLAR)
    assert "与上期相同" not in text
    path = tmp_path / "本期.brief.yaml"
    path.write_text(re.sub(r"\n *- open: 上期打算[^\n]*", "", text), encoding="utf-8")
    done = run(draft, path, "--model", "composer", "-o", tmp_path, "--format", "docx,json,txt")
    assert done.exit_code == 0, done.stderr
    (made,) = tmp_path.glob("*.report.json")
    checked = run(check, made, "--brief", path, "--against", EXEMPLAR, "--output", "json")
    assert json.loads(checked.stdout)["documents"][0]["counts"]["error"] == 0, checked.stdout
    (plain,) = tmp_path.glob("*.txt")
    told = plain.read_text(encoding="utf-8")
    assert not [word for word in ("2024", "XX", "韩窑", "脱贫", "周年", "小康") if word in told]
    redline = tmp_path / "花脸稿.docx"
    assert run(export, made, "-o", redline, "--redline-from", EXEMPLAR).exit_code == 0
    assert Document(str(redline)).paragraphs


@pytest.mark.skipif(not EXEMPLAR.exists(), reason="the published reports are not here")
@pytest.mark.parametrize("name", published.NAMES)
def test_published_reports_roll_on_and_no_old_year_stands_silently(name: str) -> None:
    row = published.measure(published.REPORTS / f"{name}.txt")
    sections, facts, old_days = int(row[2]), int(row[3]), row[6]
    assert sections >= 2
    assert facts >= 50
    assert old_days == "0"
