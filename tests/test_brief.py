"""The brief as a file: what it holds, everything that can be wrong with it, and out again."""

import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import brief as brief_file
from drafting.errors import BriefError
from drafting.facts import Brief, Fact, Section
from drafting.fields import one_line
from drafting.period import Period

HEAD = "kind: special-report\norgan: 市应急管理局\ntopic: 安全生产工作\nperiod: 2024年上半年\nissued: 2024-07-05\n"
SECTIONS = "sections:\n  - heading: 强化检查\n    facts:\n      - 检查126家次\n"
SAMPLE = Path(__file__).parents[1].parent / "shared" / "data" / "sample" / "safety-2024h1.brief.yaml"


def loads(text: str) -> Brief:
    return brief_file.loads(text, "报告.yaml").brief


def of_facts(facts: str, outlook: str = "") -> Brief:
    """A brief of one section whose facts are given as lines of YAML."""
    body = "".join(f"      {line}\n" for line in facts.splitlines())
    return loads(f"{HEAD}sections:\n  - heading: 强化检查\n    facts:\n{body}{outlook}")


def complaints(text: str) -> list[str]:
    with pytest.raises(BriefError) as caught:
        loads(text)
    return [str(complaint).removeprefix("报告.yaml:") for complaint in caught.value.complaints]


def of_wrong_facts(facts: str) -> list[str]:
    with pytest.raises(BriefError) as caught:
        of_facts(facts)
    return [str(complaint).removeprefix("报告.yaml:") for complaint in caught.value.complaints]


def test_reads_every_key() -> None:
    brief = loads(
        HEAD + "recipient: 市人民政府\ntitle: 关于安全生产的报告\nterms: [安全生产月]\nattachments:\n  - 隐患清单\n"
        "document_number: 应急〔2024〕15号\nsignatory: 李明\n" + SECTIONS + "outlook:\n  - 开展“回头看”\n"
    )
    assert brief == Brief(
        kind="special-report",
        organ="市应急管理局",
        topic="安全生产工作",
        period=Period.parse("2024年上半年"),
        issued=date(2024, 7, 5),
        sections=(Section("强化检查", (Fact("F1", "检查126家次"),)),),
        outlook=(Fact("F2", "开展“回头看”"),),
        recipient="市人民政府",
        title="关于安全生产的报告",
        terms=("安全生产月",),
        attachments=("隐患清单",),
        document_number="应急〔2024〕15号",
        signatory="李明",
    )
    assert brief.path == "报告.yaml"


def test_facts_have_three_forms() -> None:
    brief = of_facts(
        "- 检查126家次\n- text: 约谈3家\n  source: 督查科\n  date: 2024年5月20日\n- - 一\n  - text: 二\n    id: two\n- 三"
    )
    (section,) = brief.sections
    assert [fact.id for fact in section.facts] == ["F1", "F2", "F3", "two", "F5"]
    assert section.facts[1] == Fact("F2", "约谈3家", "督查科", date(2024, 5, 20))
    assert section.groups == (("F3", "two"),)
    assert [fact.line for fact in section.facts] == [9, 10, 13, 14, 16]


@pytest.mark.parametrize("text", ["120", "是", "1:30", "null", "2024-07-05", "~"])
def test_a_fact_is_text_as_written(text: str) -> None:
    assert of_facts(f"- {text}").sections[0].facts[0].text == text


def test_generated_ids_skip_the_drafters_own() -> None:
    brief = of_facts("- text: 一\n  id: F3\n- 二\n- 三\n- 四", "outlook:\n  - 五\n")
    assert [fact.id for fact in brief.facts()] == ["F3", "F2", "F6", "F4", "F5"]


def test_a_fact_of_several_lines_is_one_line() -> None:
    assert of_facts("- |\n  检查126家次，\n  发现隐患312处\n").sections[0].facts[0].text == "检查126家次，发现隐患312处"


def test_a_long_fact_is_a_fact() -> None:
    assert len(of_facts(f"- {'检' * 2_001}").sections[0].facts[0].text) == 2_001
    assert "20001 字，超过上限 20000 字" in of_wrong_facts(f"- {'检' * 20_001}")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: 文件是空的；应有 kind、organ"),
        (SECTIONS, "1:1: 提纲缺少 kind（文种）"),
        (HEAD, "1:1: 提纲缺少 sections（各部分）"),
        (HEAD + SECTIONS + "tittle: 报告\n", "10:1: 提纲里没有键“tittle”，是否应为 title"),
        (HEAD + SECTIONS + "organ: 县局\n", "10:1: 键 organ 重复，第 2 行第 1 列已经写过"),
        (HEAD.replace("special-report", "special-raport") + SECTIONS, "1:7: 没有文种“special-raport”，可用："),
        (HEAD.replace("special-report", "无/文种.yaml") + SECTIONS, "1:7: 没有这个文种文件：无/文种.yaml"),
        (HEAD.replace("special-report", "../秘密.txt") + SECTIONS, "1:7: 文种文件的名称应以 .yaml 结尾：../秘密.txt"),
        (HEAD.replace("上半年", "第五季度") + SECTIONS, "4:9: 读不懂报告期“2024年第五季度”"),
        (HEAD.replace("2024-07-05", "2024-06-31") + SECTIONS, "5:9: issued（成文日期）“2024-06-31”应是存在的日期"),
        (HEAD.replace("2024-07-05", "七月") + SECTIONS, "5:9: issued（成文日期）“七月”"),
        (HEAD.replace("2024-07-05", "2023-12-31") + SECTIONS, "5:9: 成文日期 2023-12-31 早于报告期的第一天 2024-01-01"),
        (HEAD.replace("市应急管理局", "") + SECTIONS, "2:1: organ（发文机关）后没有内容"),
        (HEAD.replace("市应急管理局", '" "') + SECTIONS, "2:8: organ（发文机关）是空的"),
        (HEAD.replace("市应急管理局", "[市, 局]") + SECTIONS, "2:8: organ（发文机关）应是文字，这里是列表"),
        (HEAD.replace("市应急管理局", "局" * 501) + SECTIONS, "501 字，超过上限 500 字"),
        (HEAD + "sections: []\n", "6:11: sections（各部分）至少要有一个部分"),
        (HEAD + "sections: 检查\n", "6:11: sections（各部分）应是列表"),
        (
            "关于防汛工作的报告\n\n县水利局召开会议。\n",
            "1:1: 提纲应是“键: 值”，这里是文字“关于防汛工作的报告县水利局召开会议。”",
        ),
        (HEAD + SECTIONS + "  - 检查\n", "10:5: sections 的一个部分应是“键: 值”，这里是文字“检查”"),
        (HEAD + SECTIONS + "  - heading: 宣传\n", "10:5: sections 的一个部分缺少 facts（事实）"),
        (HEAD + SECTIONS + "  - heading: 宣传\n    facts: []\n", "11:12: “宣传”的事实至少要有一条"),
        (HEAD + SECTIONS + "  - heading: ''\n    facts: [一]\n", "10:5: heading（标题）后没有内容"),
        (HEAD + SECTIONS + "outlook: 继续\n", "10:10: outlook（下一步打算）应是列表"),
        (HEAD + SECTIONS + "outlook:\n  - - 一\n    - 二\n", "11:5: outlook（下一步打算）的一条应是文字，这里是列表"),
        (HEAD + SECTIONS + "terms: {安全: 月}\n", "terms（专名）应是列表"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, expected: str) -> None:
    assert any(expected in complaint for complaint in complaints(text)), complaints(text)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("-", "9:8: “强化检查”的事实的一条是空的"),
        ("- ' '", "9:9: “强化检查”的事实的一条是空的"),
        ("- text: ''", "9:9: text（事实）后没有内容"),
        ("- text: ' '", "9:15: “强化检查”的事实的一条是空的"),
        ("- source: 台账", "9:9: “强化检查”的事实的一条缺少 text（事实）"),
        ("- text: 一\n  sorce: 台账", "10:9: “强化检查”的事实的一条里没有键“sorce”，是否应为 source"),
        ("- text: 一\n  date: 去年", "10:15: date（日期）“去年”应是存在的日期"),
        ("- text: 一\n  id: 一号", "10:13: 编号“一号”应以字母开头"),
        ("- text: 一\n  id: A\n- text: 二\n  id: A", "12:13: 编号 A 重复，第 10 行已经用过"),
        ("- 通报: 3次", "9:9: “强化检查”的事实的一条应是文字，“通报: 3次”里有“: ”"),
        ("- text：约谈3家", "9:9: “text”后应是半角冒号"),
        ("- - 一\n  - - 二", "10:11: “强化检查”的事实只能分一层"),
        ("- []", "9:9: “强化检查”的事实里有一个空的列表"),
        ("- 检查 #3机组", "注释"),
        ("- 一\n - 二", "缩进不齐"),
    ],
)
def test_says_what_is_wrong_with_a_fact(facts: str, expected: str) -> None:
    found = of_wrong_facts(facts)
    assert len(found) == 1
    assert expected in found[0]


def test_every_complaint_at_once_in_the_files_order() -> None:
    text = (
        "kind: 通知\norgan:\ntopic: 安全\ntopic: 消防\nperiod: 去年\nissued: 2024-13-01\nsections:\n"
        "  - heading: 检查\n    facts:\n      - ' '\n      - 通报: 3次\n  - heading: 宣传\n"
    )
    places = [tuple(map(int, complaint.split(":")[:2])) for complaint in complaints(text)]
    assert places == [(1, 7), (2, 1), (4, 1), (5, 9), (6, 9), (10, 9), (11, 9), (12, 5)]


def test_a_kind_may_be_named_in_chinese_or_by_a_path_beside_the_brief(tmp_path: Path) -> None:
    assert loads(HEAD.replace("special-report", "专题报告") + SECTIONS).kind == "special-report"
    (tmp_path / "文种.yaml").touch()
    path = tmp_path / "报告.brief.yaml"
    path.write_text(HEAD.replace("special-report", "文种.yaml") + SECTIONS, encoding="utf-8")
    assert brief_file.load(path).brief.kind == "文种.yaml"


def test_gb18030_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "报告.brief.yaml"
    path.write_bytes((HEAD + SECTIONS).encode("gb18030"))
    brief, notes = brief_file.load(path)
    assert brief == loads(HEAD + SECTIONS)
    assert notes == ("不是 UTF-8，按 GB18030 读入",)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample brief lies outside the repository")
def test_a_real_brief_loads_and_round_trips() -> None:
    brief, notes = brief_file.load(SAMPLE)
    assert notes == ()
    assert (len(brief.sections), len(brief.outlook), len(list(brief.facts()))) == (4, 3, 17)
    assert loads(brief_file.dumps(brief)) == brief


def test_dumps_writes_plain_lines_and_no_needless_id() -> None:
    brief = of_facts(
        "- 检查126家次\n- - 一\n  - text: 二\n    source: 台账", "outlook:\n  - 继续: 检查\n".replace(": ", "：")
    )
    text = brief_file.dumps(brief)
    assert text.endswith(
        "    facts:\n      - 检查126家次\n      - - 一\n        - text: 二\n          source: 台账\noutlook:\n  - 继续：检查\n"
    )
    assert "id:" not in text


def test_dumps_draws_a_scattered_group_together_and_keeps_its_ids() -> None:
    facts = (Fact("F1", "一"), Fact("F2", "二"), Fact("F3", "三"))
    brief = replace(loads(HEAD + SECTIONS), sections=(Section("检查", facts, (("F1", "F3"),)),))
    again = loads(brief_file.dumps(brief))
    assert [(fact.id, fact.text) for fact in again.facts()] == [("F1", "一"), ("F3", "三"), ("F2", "二")]
    assert again.sections[0].groups == (("F1", "F3"),)


_CHARACTERS = st.sampled_from("检查安全生产12 ：:#-“”'\"[]{}&*!|>%@`,?~，。\\/\tabtextF") | st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")
)
texts = st.text(_CHARACTERS, min_size=1, max_size=30).map(one_line).filter(bool) | st.sampled_from(
    ["null", "~", "text：一", "id: 2", "120", "2024-07-05", "- 一", "检查 #3", "是", "---", "..."]
)
own_ids = st.text(string.ascii_letters, min_size=1, max_size=1).flatmap(
    lambda first: st.text(string.ascii_letters + string.digits + "_-", max_size=3).map(lambda rest: first + rest)
) | st.sampled_from(["F1", "F2", "F3", "F9"])
facts = st.builds(Fact, st.just(""), texts, st.just("") | texts, st.none() | st.dates(date(1000, 1, 1)))


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """Briefs as loading gives them: ids in order, groups of facts that stand side by side."""
    outline = draw(
        st.lists(
            st.tuples(texts, st.lists(st.lists(facts, min_size=1, max_size=3), min_size=1, max_size=3)),
            min_size=1,
            max_size=3,
        )
    )
    outlook = draw(st.lists(facts, max_size=2))
    loose = [fact for _, units in outline for unit in units for fact in unit] + outlook
    ids = draw(st.lists(st.just("") | own_ids, min_size=len(loose), max_size=len(loose)).filter(_unique))
    numbered = iter(brief_file.number([replace(fact, id=own) for fact, own in zip(loose, ids, strict=True)]))
    sections = []
    for heading, units in outline:
        placed = [[next(numbered) for _ in unit] for unit in units]
        grouped = [unit for unit in placed if len(unit) > 1 or draw(st.booleans())]
        groups = tuple(tuple(fact.id for fact in unit) for unit in grouped)
        sections.append(Section(heading, tuple(fact for unit in placed for fact in unit), groups))
    return Brief(
        kind="special-report",
        organ=draw(texts),
        topic=draw(texts),
        period=Period.of_year(2024),
        issued=draw(st.dates(date(2024, 1, 1))),
        sections=tuple(sections),
        outlook=tuple(numbered),
        recipient=draw(st.just("") | texts),
        title=draw(st.just("") | texts),
        terms=tuple(draw(st.lists(texts, max_size=2))),
        attachments=tuple(draw(st.lists(texts, max_size=2))),
        document_number=draw(st.just("") | texts),
        signatory=draw(st.just("") | texts),
    )


def _unique(ids: list[str]) -> bool:
    own = [fact_id for fact_id in ids if fact_id]
    return len(own) == len(set(own))


@given(briefs())
def test_what_is_written_is_read_back(brief: Brief) -> None:
    assert loads(brief_file.dumps(brief)) == brief


@given(briefs())
def test_ids_are_unique(brief: Brief) -> None:
    ids = [fact.id for fact in brief.facts()]
    assert len(ids) == len(set(ids))
