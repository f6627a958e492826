"""Every error that a page can be told has its English words: the sources are read for what they raise, so that a new one cannot be forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.web.english import english, said, translated

ROOT = Path(__file__).parents[2]
ERRORS = {
    *("InputError", "PeriodError", "BriefError", "ProfileError", "DocumentError", "VersionError", "WorkspaceError"),
    *(
        "EditConflict",
        "ReviewRefused",
        "ModelSetupError",
        "ModelUnreachable",
        "OutboundRefused",
        "LogInRefused",
        "DirectoryUnreachable",
    ),
}
REACHED = (
    "drafting/desk",
    "drafting/workspace",
    "drafting/period.py",
    "drafting/profiles.py",
    "drafting/outbound.py",
    "drafting/record.py",
    "drafting/models",
    "drafting/bounds.py",
    "drafting/archive.py",
    "drafting/documents/package.py",
    "drafting/documents/reading.py",
    "drafting/documents/incoming.py",
    "drafting/rolling",
    "evals/rolled.py",
    "ui/web",
)
"""What handlers call and what those call, as far as a page can make it fail."""

HAN = re.compile("[一-鿿]")
BLANK = "§"
EXAMPLE = re.compile(r"2024年[^ ,]*")
"""Periods are written in Chinese whatever the page's language."""


def shape(node: ast.expr) -> str:
    """A text as it is written, each blank as a sign; nothing for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else BLANK for part in node.values)  # type: ignore[misc]
    return ""


def texts(tree: ast.AST) -> Iterator[str]:
    """The first argument of every error that is raised, and the third of every complaint about a file."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in ERRORS and node.args:
            yield shape(node.args[0])
        elif name in ("stop", "add") and len(node.args) == 3:
            yield shape(node.args[2])


def raised() -> list[tuple[str, str]]:
    found = []
    for place in REACHED:
        path = ROOT / place
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            told = texts(ast.parse(source.read_text(encoding="utf-8")))
            found += [(str(source.relative_to(ROOT)), one) for one in told if HAN.search(one)]
    return found


def test_there_are_errors_to_look_at() -> None:
    assert len(raised()) > 120


@pytest.mark.parametrize(("source", "text"), raised(), ids=str)
def test_every_error_that_is_raised_has_its_english(source: str, text: str) -> None:
    for line in text.strip("\n").split("\n"):
        if HAN.search(line):
            found = translated(line)
            assert found is not None, f"{source}: add it to a table in ui/web/english"
            assert not HAN.search(EXAMPLE.sub("", found)), found


def test_what_is_quoted_stays_and_what_fills_a_blank_is_told_in_english_too() -> None:
    assert english("用户“李四”已停用") == "User “李四” is out of use"
    assert english("请填写发文机关") == "Fill in the organ"
    assert (
        english("工作区 /tmp/甲：所在的磁盘已满，没有写下")
        == "Workspace /tmp/甲: the disk is full; nothing was written"
    )
    assert english("表.xlsx:3:2: 只有表头，没有一条事实") == "表.xlsx:3:2: there are headings only, and no fact"


def test_a_line_that_nobody_translated_is_quoted_whole() -> None:
    assert english("出了一种从没见过的岔子") == "It was refused, for this reason: “出了一种从没见过的岔子”"
    assert english("plain words\n用户“李四”已停用").split("\n") == ["plain words", "User “李四” is out of use"]
    assert said("zh", "用户“李四”已停用") == "用户“李四”已停用"


@given(st.text(max_size=200))
def test_any_text_comes_to_some_words_at_once(text: str) -> None:
    told = english(text)
    assert HAN.search(text) is not None or told == text


@given(st.text("一二“”：{}0%s \n.*+?()[]", max_size=80))
def test_what_people_write_is_no_form(name: str) -> None:
    assert english(f"已有用户“{name.replace(chr(10), '')}”") == f"There is a user “{name.replace(chr(10), '')}” already"
