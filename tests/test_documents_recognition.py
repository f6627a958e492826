"""Lines become blocks: titles, recipients, headings and their traps, outlooks, attachments, signatures and dates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.documents.heading_numbers import opening
from drafting.documents.lines import of_text
from drafting.documents.recognition import recognise
from drafting.report import Block

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
TITLE = "市应急管理局关于2024年上半年安全生产工作的专题报告"


def blocks(text: str) -> list[Block]:
    return [block for block, _ in recognise(list(of_text(text)))]


def typed(text: str) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in blocks(text)]


def types(text: str) -> list[str]:
    return [block.type for block in blocks(text)]


def block_of(text: str, line: str) -> Block:
    return next(block for block in blocks(text) if block.text == line)


# --- numbers


@pytest.mark.parametrize(
    ("text", "number", "level"),
    [
        ("一、强化组织领导", "一、", 1),
        ("十二、加强党的建设", "十二、", 1),
        ("一.强化组织领导", "一.", 1),
        ("一 、强化组织领导", "一 、", 1),
        ("一、　强化组织领导", "一、　", 1),
        ("第一部分　工作回顾", "第一部分　", 1),
        ("（一）压实责任", "（一）", 2),
        ("(二)压实责任", "(二)", 2),
        ("（二十一）压实责任", "（二十一）", 2),
        ("1.开展检查", "1.", 3),
        ("１．开展检查", "１．", 3),
        ("12、开展检查", "12、", 3),
        ("1.2024年上半年检查情况", "1.", 3),
        ("（1）检查企业", "（1）", 4),
        ("（１）检查企业", "（１）", 4),
        ("2）检查企业", "2）", 4),
        ("③检查企业", "③", 4),
        ("二、三农工作扎实推进", "二、", 1),
        ("一、一季度工作回顾", "一、", 1),
    ],
)
def test_numbers(text: str, number: str, level: int) -> None:
    found = opening(text)
    assert found is not None
    assert (found.text, found.level) == (number, level)


@pytest.mark.parametrize(
    "text",
    [
        "8.6个重大专项加快推进",
        "2024年上半年",
        "12.5%的企业",
        "一、二、三级医院",
        "五、六月份雨量偏多",
        "一、二季度增长较快",
        "三、四线城市",
        "一是加强统筹调度",
        "（三会一课）制度",
        "（2024）5号",
        "第一季度完成投资",
        "3.15活动",
        "一分部署",
        "5000余份",
        "",
    ],
)
def test_no_numbers(text: str) -> None:
    assert opening(text) is None


# --- head


def test_a_whole_report() -> None:
    text = (SHARED / "sample" / "safety-2024h1.wanted.txt") if SHARED.exists() else None
    if text is None:
        pytest.skip("样例文件不在")
    assert types(text.read_text(encoding="utf-8")) == [
        "title",
        "recipient",
        "lead",
        *["heading", "paragraph"] * 4,
        "outlook",
        "signature",
        "date",
    ]


def test_title_with_leading_spaces_keeps_its_column() -> None:
    ((block, place),) = recognise(list(of_text(f"　 　{TITLE}　")))
    assert (block.type, block.text) == ("title", TITLE)
    assert (place.line, place.column) == (1, 4)


def test_title_over_several_lines_is_one_block() -> None:
    text = "市应急管理局关于2024年上半年\n　　安全生产工作的\n专题报告\n市人民政府：\n现将有关情况报告如下："
    assert typed(text)[:2] == [
        ("title", "市应急管理局关于2024年上半年\n安全生产工作的\n专题报告"),
        ("recipient", "市人民政府："),
    ]


@pytest.mark.parametrize("second", ["", "\n", "\n市应急管理局"])
def test_a_title_takes_no_line_that_does_not_complete_it(second: str) -> None:
    found = typed(f"安全生产形势稳定向好{second}\n2024年上半年，全市检查企业126家次。")
    assert found[0] == ("title", "安全生产形势稳定向好")


def test_a_title_printed_twice() -> None:
    text = f"{TITLE}\n市应急管理局关于2024年上半年\n安全生产工作的专题报告\n市人民政府：\n现将有关情况报告如下："
    assert types(text) == ["title", "title", "title", "recipient", "lead"]


@pytest.mark.parametrize("above", ["市应急〔2024〕15号", "附件1", "市应急管理局文件", "签发人：张三"])
def test_what_stands_above_a_title_is_none(above: str) -> None:
    found = typed(f"{above}\n{TITLE}\n检查企业126家次。")
    assert [text for kind, text in found if kind == "title"] == [TITLE]


@pytest.mark.parametrize("first", ["2024年上半年，全市检查企业126家次。", "一、强化组织领导", "市人民政府："])
def test_no_title(first: str) -> None:
    assert "title" not in types(f"{first}\n检查企业126家次。")


@pytest.mark.parametrize("line", ["市人民政府：", "市委、市政府:", "各位代表：", "省应急厅，市人民政府："])
def test_recipients(line: str) -> None:
    assert typed(f"{TITLE}\n市应急〔2024〕15号\n{line}\n检查126家次。")[2] == ("recipient", line)


@pytest.mark.parametrize("line", ["现将有关情况报告如下：", "现就有关工作情况汇报：", "一、工作情况："])
def test_an_announcement_is_no_recipient(line: str) -> None:
    assert "recipient" not in types(f"{TITLE}\n{line}\n检查126家次。")


# --- headings


@pytest.mark.parametrize(
    ("line", "below", "kind"),
    [
        ("一、加强组织调度，落实安全责任", "召开会议4次。", "heading"),
        ("一、强化组织领导", "二、深化整治", "heading"),
        ("（一）指导思想。", "坚持安全第一。", "heading"),
        ("1.企业检查", "检查126家次。", "heading"),
        ("1.企业检查", "2.学校检查", "paragraph"),
        ("一、召开会议4次。与企业签订责任书。", "检查126家次。", "paragraph"),
        ("（一）召开会议4次；", "（二）检查126家次。", "paragraph"),
        (f"一、{'检查企业126家次，' * 8}", "完成。", "paragraph"),
        ("8.6个重大专项", "检查126家次。", "paragraph"),
        ("一、二、三级医院", "检查126家次。", "paragraph"),
    ],
)  # fmt: skip
def test_headings(line: str, below: str, kind: str) -> None:
    assert block_of(f"{TITLE}\n现将情况报告如下：\n一、总体情况\n平稳。\n{line}\n{below}", line).type == kind


def test_the_last_item_of_a_list_is_no_heading_for_the_text_below_it() -> None:
    text = f"{TITLE}\n一、重点工作\n（一）检查企业126家次；\n（二）培训人员1260人次。\n下一阶段抓好整改。"
    assert types(text)[2:4] == ["paragraph", "paragraph"]


def test_run_in_headings_keep_number_and_level() -> None:
    block = block_of(f"{TITLE}\n（一）强化检查。检查企业126家次。", "（一）强化检查。检查企业126家次。")
    assert block == Block("paragraph", "强化检查。检查企业126家次。", 2, "（一）")


def test_lead_is_what_stands_before_the_first_heading() -> None:
    text = (
        f"{TITLE}\n——在全市安全生产会议上\n2024年以来，全市形势平稳。\n现将情况报告如下：\n一、工作情况\n检查126家次。"
    )
    assert types(text) == ["title", "paragraph", "lead", "lead", "heading", "paragraph"]


def test_without_headings_the_first_paragraph_is_the_lead() -> None:
    assert types(f"{TITLE}\n检查126家次。\n整改308处。") == ["title", "lead", "paragraph"]


# --- foot


@pytest.mark.parametrize(
    "line", ["下一步，我局将开展“回头看”检查。", "下半年，抓好整改。", "2025年，我局将新建平台。", "今后要抓好整改。"]
)
def test_a_last_paragraph_about_what_comes_next_is_the_outlook(line: str) -> None:
    text = f"{TITLE}\n一、工作情况\n检查126家次。\n{line}\n特此报告。\n市应急管理局\n2024年7月5日"
    assert block_of(text, line).type == "outlook"
    assert block_of(text, "特此报告。").type == "paragraph"


def test_the_last_section_about_what_comes_next_is_the_outlook() -> None:
    text = (
        f"{TITLE}\n一、工作情况\n检查126家次。\n二、下半年工作打算\n开展检查。\n完成整改。\n市应急管理局\n2024年7月5日"
    )
    assert types(text)[-4:] == ["outlook", "outlook", "signature", "date"]


def test_a_plan_in_the_middle_is_no_outlook() -> None:
    assert "outlook" not in types(f"{TITLE}\n一、工作情况\n下一步措施已明确。\n二、存在问题\n设备不足。")


@pytest.mark.parametrize(
    "day", ["2024年7月5日", "二〇二四年七月五日", "二○二四年七月五日", "2024年 7月 5日", "2024年X月X日", "2024年6月31日", "2024-07-05", "2024年7月"]
)  # fmt: skip
def test_signature_and_date(day: str) -> None:
    assert types(f"{TITLE}\n检查126家次。\n市应急管理局\n{day}")[-2:] == ["signature", "date"]


def test_signature_over_two_lines_and_a_note_below_the_date() -> None:
    text = f"{TITLE}\n检查126家次。\n市安全生产委员会\n市应急管理局\n2024年7月5日\n（此件公开发布）"
    assert types(text)[-4:] == ["signature", "signature", "date", "paragraph"]


def test_signature_and_date_on_one_line_are_two_blocks_with_their_own_columns() -> None:
    found = recognise(list(of_text(f"{TITLE}\n检查126家次。\n　　市应急管理局　　2024年7月5日")))
    assert [(b.type, b.text, p.line, p.column) for b, p in found[-2:]] == [
        ("signature", "市应急管理局", 3, 3),
        ("date", "2024年7月5日", 3, 11),
    ]


def test_signature_without_a_date_and_date_without_a_signature() -> None:
    assert types(f"{TITLE}\n检查126家次。\n市应急管理局")[-1] == "signature"
    assert types(f"{TITLE}\n检查126家次。\n2024年7月5日")[-1] == "date"


def test_a_date_in_the_middle_is_text() -> None:
    assert "date" not in types(f"{TITLE}\n检查126家次。\n2024年7月5日\n整改308处。")


def test_attachments_are_one_block() -> None:
    text = f"{TITLE}\n检查126家次。\n附件：1.检查情况统计表\n　　　2.整改台账\n市应急管理局\n2024年7月5日"
    assert typed(text)[2] == ("attachment", "附件：1.检查情况统计表\n2.整改台账")
    assert types(text)[3:] == ["signature", "date"]


def test_an_appendix_follows_the_date() -> None:
    text = f"{TITLE}\n检查126家次。\n市应急管理局\n2024年7月5日\n附件1\n检查情况说明\n一、检查企业\n126家次。"
    assert types(text)[2:] == ["signature", "date", "attachment", "paragraph", "heading", "paragraph"]


# --- always


@given(
    st.lists(
        st.text(st.sampled_from("一二、（）1.。：附件2024年月日局报告 　\n下一步将国"), max_size=30), max_size=20
    ).map("\n".join)
)
def test_every_block_stands_where_it_says(text: str) -> None:
    lines = text.split("\n")
    for block, place in recognise(list(of_text(text))):
        assert block.text == block.number + block.words
        first = block.text.split("\n")[0]
        assert lines[place.line - 1][place.column - 1 :].startswith(first)
        assert first == first.strip()


@given(
    st.lists(st.text(st.sampled_from("一、（二）1.。：局报告国年2024月5日"), max_size=20), max_size=12).map("\n".join)
)
def test_no_text_is_lost(text: str) -> None:
    read = "".join(block.text for block in blocks(text))
    assert re.sub(r"\s", "", read) == re.sub(r"\s", "", text)


def test_published_documents_are_read_without_a_loss() -> None:
    if not (SHARED / "reports").exists():
        pytest.skip("公开文件样本不在")
    for path in sorted((SHARED / "reports").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = blocks(text)
        assert found[0].type == "title", path.name
        assert re.sub(r"\s", "", "".join(block.text for block in found)) == re.sub(r"[\s\ufeff]", "", text), path.name


# --- 第一、 and set headings


def test_a_line_counted_by_di_yi_heads_what_is_below_it() -> None:
    text = f"{TITLE}\n一、主要措施\n第一、压实各方责任\n签订责任书31份。\n第二、深化排查整治\n检查企业126家次。\n"
    assert [(block.number, block.level) for block in blocks(text) if block.type == "heading"] == [
        ("一、", 1),
        ("第一、", 2),
        ("第二、", 2),
    ]


@pytest.mark.parametrize("text", ["第一、第二产业增加值增长3%", "第一、二季度收入增长3%"])
def test_ordinals_that_begin_a_sentence_number_nothing(text: str) -> None:
    assert opening(text) is None


def test_a_set_phrase_is_a_heading_where_text_follows() -> None:
    text = f"{TITLE}\n一、主要措施\n检查企业126家次。\n结束语\n各项任务已经完成。\n"
    found = block_of(text, "结束语")
    assert (found.type, found.level) == ("heading", 1)
    assert block_of(f"{TITLE}\n检查企业126家次。\n结束语", "结束语").type != "heading"


def test_a_title_printed_twice_is_a_title_twice_without_a_recipient() -> None:
    assert types(f"{TITLE}\n{TITLE}\n上半年，全市生产平稳。\n一、主要措施\n检查企业126家次。")[:2] == ["title", "title"]
