"""Plain text and Markdown as they are written: lines, empty lines, escaping; and what is not imported for them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.documents import render
from drafting.documents.markdown import escaped, lines_of_markdown
from drafting.profile import Layout
from drafting.report import Block
from tests.reports_for_documents import report

LAYOUT = Layout()


def markdown(text: str) -> list[tuple[str | None, int, str, int, int]]:
    return [(line.type, line.level, line.text, line.place.line, line.place.column) for line in lines_of_markdown(text)]


def test_plain_text() -> None:
    lines = render(report(Block("attachment", "附件：1.统计表\n2.台账")), "txt", LAYOUT).decode().split("\n")
    assert lines == [
        "市应急管理局关于2024年上半年安全生产工作的专题报告",
        "",
        "市人民政府：",
        "2024年上半年，市应急管理局扎实推进安全生产工作。现将有关情况报告如下：",
        "一、强化组织领导，压实安全责任",
        "一是坚持高位推动。召开安全生产专题会议4次。二是从严执法检查。累计检查126家次，发现隐患312处。",
        "附件：1.统计表",
        "2.台账",
        "下一步，市应急管理局将开展“回头看”检查。",
        "",
        "市应急管理局",
        "2024年7月5日",
        "",
    ]


def test_markdown() -> None:
    extra = (Block("heading", "执法检查", 2, "（一）"), Block("paragraph", "检查*126*家次。"))
    text = render(report(*extra), "md", LAYOUT).decode()
    assert text.startswith("# 市应急管理局关于2024年上半年安全生产工作的专题报告\n\n市人民政府：\n\n")
    assert "\n## 一、强化组织领导，压实安全责任\n\n" in text
    assert "\n### （一）执法检查\n\n检查\\*126\\*家次。\n" in text
    assert text.endswith("\n\n市应急管理局\n\n2024年7月5日\n")


@pytest.mark.parametrize(
    ("plain", "safe"),
    [
        ("检查126家次，整改率98.7%。", "检查126家次，整改率98.7%。"),
        ("# 不是标题", "\\# 不是标题"),
        ("1. 不是列表", "1\\. 不是列表"),
        ("1.开展检查", "1.开展检查"),
        ("- 不是列表", "\\- 不是列表"),
        ("---", "\\---"),
        ("XX_YY_ZZ*重点*", "XX\\_YY\\_ZZ\\*重点\\*"),
        ("<b>&amp;[链接](地址)", "\\<b\\>\\&amp;\\[链接\\](地址)"),
        ("A&B、R&D经费", "A&B、R&D经费"),
        ("路径 C:\\数据", "路径 C:\\\\数据"),
    ],
)
def test_escaping(plain: str, safe: str) -> None:
    assert escaped(plain) == safe


@given(
    st.text(st.characters(exclude_characters="\r\n\v\f\u2028\u2029", exclude_categories=["Cs", "Cc", "Zs"]), min_size=1)
)
def test_what_was_escaped_is_read_back(text: str) -> None:
    assert [line.text for line in lines_of_markdown(escaped(text))] in (
        [text],
        [text.strip("\ufeff")] if text.strip("\ufeff") else [],
    )


def test_markdown_of_others() -> None:
    text = "# 安全生产工作总结\n\n## 一、工作情况 ##\n  - 检查126家次。\n> 引用的话。\n\n***\n1. 整改308处。\n#没有空格"
    assert markdown(text) == [
        ("title", 0, "安全生产工作总结", 1, 3),
        ("heading", 1, "一、工作情况", 3, 4),
        (None, 0, "检查126家次。", 4, 5),
        (None, 0, "引用的话。", 5, 3),
        (None, 0, "1. 整改308处。", 8, 1),
        (None, 0, "#没有空格", 9, 1),
    ]


def test_a_numbered_first_heading_is_no_title() -> None:
    assert markdown("# 一、工作情况\n# 二、存在问题") == [
        ("heading", 1, "一、工作情况", 1, 3),
        ("heading", 1, "二、存在问题", 2, 3),
    ]


def test_a_backslash_ends_a_line_inside_a_block() -> None:
    assert markdown("附件：1.统计表\\\n2.台账\n检查。")[0] == (None, 0, "附件：1.统计表\n2.台账", 1, 1)
    assert markdown("路径 C:\\\\\n检查。")[0][2] == "路径 C:\\"


def test_text_formats_need_no_word_library() -> None:
    code = (
        "import sys; from drafting.documents import read, render, evidence; from tests.reports_for_documents import report;"
        "from drafting.profile import Layout; [render(report(), form, Layout()) for form in ('txt', 'md', 'json')];"
        "print(sorted({'docx', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
