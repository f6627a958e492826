"""`chengwen diff`: text, page and data; what is said of bad input."""

import io
import json
import re
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from typer.testing import CliRunner, Result

from drafting.changes import Comparison, compare
from drafting.changes.summary import summarise
from drafting.errors import DocumentError, InputError
from drafting.report import Block, Report
from tests.builders import CLEAN, report
from tests.test_changes import reports
from tests.wordfiles import docx, p, r, saved
from ui.cli.diff import diff
from ui.cli.diffing import in_colour
from ui.cli.system_errors import said
from ui.differences.data import as_json
from ui.differences.page import as_page
from ui.differences.text import as_text

APP = typer.Typer()
APP.command()(diff)
LABELS = ("旧稿.docx", "新稿.docx")
EDITED = CLEAN.replace("调度会6次", "调度会7次").replace("扎实推进", "深入推进").replace("7月5日", "7月8日")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "旧稿.txt", tmp_path / "新稿.txt"
    old.write_text(CLEAN, encoding="utf-8")
    new.write_text(EDITED, encoding="utf-8")
    return old, new


def run(*arguments: object) -> Result:
    return CliRunner().invoke(APP, [str(argument) for argument in arguments], catch_exceptions=False)


def compared(old: str, new: str) -> Comparison:
    return compare(report(old), report(new))


# --- text


def test_piped_text_is_the_summary_and_then_each_changed_paragraph_with_its_marks_and_ids(
    pair: tuple[Path, Path],
) -> None:
    result = run(*pair)
    assert result.exit_code == 0
    changes = {change.old: change.id for change in compare(*(report(text) for text in (CLEAN, EDITED))).changes}
    lines = result.stdout.splitlines()
    assert lines[:4] == ["旧：旧稿.txt", "新：新稿.txt", "共 4 处修改：报告信息 1，文字 3", "章节"]
    assert f"  召开安全工作调度会【6次 → 7次】  一、加强组织调度，落实安全责任  #{changes['6次']}" in lines
    assert "  【2024年7月5日 → 2024年7月8日】  成文日期  #" + changes["5日"] in lines
    assert "  成文日期：2024-07-05 → 2024-07-08" in lines
    at = lines.index(
        "  一是加强统筹调度。召开安全工作调度会[-6次-]{+7次+}。二是逐级明确任务。与31家重点单位签订安全生产承诺书，逐级明确责任人和完成时限。"
    )
    assert lines[at + 1] == f"    #{changes['6次']}"
    assert lines.index("  …… 未改动 2 段 ……") < lines.index("〔导语〕") < at
    assert "\x1b" not in result.stdout


def test_a_terminal_gets_colours_instead_of_marks() -> None:
    comparison = compared(CLEAN, EDITED)
    shown = as_text(comparison, summarise(comparison), LABELS, colours=True)
    assert "\x1b[31;9m6次\x1b[0m\x1b[32;4m7次\x1b[0m" in shown
    assert "[-" not in shown


@pytest.mark.parametrize(
    ("terminal", "variables", "expected"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colours_are_for_terminals_that_did_not_decline(
    terminal: bool, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return terminal

    monkeypatch.setattr(sys, "stdout", Stream())
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert in_colour() is expected


def test_a_moved_section_is_said_once_with_where_it_stood() -> None:
    blocks = report(CLEAN).blocks
    new = replace(report(CLEAN), blocks=(*blocks[:3], *blocks[5:7], *blocks[3:5], *blocks[7:]))
    comparison = compare(report(CLEAN), new)
    shown = as_text(comparison, summarise(comparison), LABELS, colours=False)
    (moved,) = [line for line in shown.splitlines() if line.startswith("  ⇄")]
    assert moved.startswith("  ⇄ “一、加强组织调度，落实安全责任”一节移到此处，原在“2024年上半年，市应急管理局")


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    old = Report((Block("paragraph", "召开会议5次\x1b[2J。"),))
    comparison = compare(old, Report((Block("paragraph", "召开会议6次\x1b[2J。"),)))
    shown = as_text(comparison, summarise(comparison), ("\x1b]0;旧", "新"), colours=False)
    assert "\x1b" not in shown
    assert "召开会议[-5次-]{+6次+} [2J。" in shown


def test_the_same_file_twice_has_no_difference(pair: tuple[Path, Path]) -> None:
    for arguments in ((pair[0], pair[0]), (pair[0], pair[0], "--output", "html")):
        result = run(*arguments)
        assert result.exit_code == 0
        assert "没有不同" in result.stdout
    assert json.loads(run(pair[0], pair[0], "--output", "json").stdout)["changes"] == []


def test_documents_with_nothing_in_common_are_compared_and_doubted(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    other = tmp_path / "别的.txt"
    other.write_text("本学期共开设选修课46门。\n图书馆新增馆藏1.2万册。", encoding="utf-8")
    result = run(pair[0], other)
    assert result.exit_code == 0
    assert "两份文件几乎没有相同的文字，请看是否选错了文件" in result.stdout


# --- data


def test_json_has_the_documented_shape(pair: tuple[Path, Path]) -> None:
    told = json.loads(run(*pair, "--output", "json").stdout)
    assert list(told) == ["version", "old", "new", "summary", "changes"]
    assert told["version"] == 1
    assert list(told["old"]) == ["label", "version", "title", "blocks"]
    assert list(told["summary"]) == (
        "changes kinds renumbered kept strangers sections moves numbers dates facts particulars".split()
    )
    change = told["changes"][-1]
    assert list(change) == (
        "id kind heading old new block old_block old_start old_end new_start new_end renumbering".split()
    )
    blocks = report(EDITED).blocks
    for change in told["changes"]:
        if change["kind"] == "text":
            assert blocks[change["block"]].text[change["new_start"] : change["new_end"]] == change["new"]


def test_every_key_of_the_json_is_documented() -> None:
    told = json.loads(_data(compare(report(CLEAN), report(EDITED, organ="市应急局"))))
    documented = (Path(__file__).parents[1] / "docs/design/diff.md").read_text(encoding="utf-8")
    keys = {*told, *told["old"], *told["summary"], *told["changes"][0]}
    for listed in ("sections", "numbers", "dates", "particulars"):
        keys |= set(told["summary"][listed][0])
    assert not [key for key in keys if f"`{key}`" not in documented]


def _data(comparison: Comparison) -> str:
    return as_json(comparison, summarise(comparison), LABELS)


# --- the page


class Page(HTMLParser):
    """What a reader of the page gets: the texts of both columns by row, ids, links, and every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.text = ""
        self._path: list[str] = []
        self._badge = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        self.elements.append((tag, told))
        self.ids += [told["id"]] if told.get("id") else []
        self.links += [told["href"]] if told.get("href") else []
        if tag == "meta":
            return
        self._path.append(tag)
        self._badge = told.get("class") == "badge"
        if tag == "div" and told.get("class") not in ("row", "row names"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._path.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "div" in self._path and not self._badge:
            self.cells[-1] += data.replace("¶\n", "\n")
        self._badge = False


def page_of(comparison: Comparison, labels: tuple[str, str] = LABELS) -> tuple[str, Page]:
    html = as_page(comparison, summarise(comparison), labels)
    return html, Page(html)


@settings(max_examples=80)
@given(old=reports, new=reports)
def test_the_columns_are_both_texts_and_every_change_has_its_place(old: Report, new: Report) -> None:
    comparison = compare(old, new)
    html, page = page_of(comparison)
    columns = page.cells[2::2], page.cells[3::2]
    assert [cell.strip() for cell in columns[0]] == [comparison.old_text(row).strip() for row in comparison.rows]
    assert [cell.strip() for cell in columns[1]] == [comparison.new_text(row).strip() for row in comparison.rows]
    assert Counter(page.ids) == Counter(f"c-{change.id}" for change in comparison.changes)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert html.count("<details>") == html.count("</details>")


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;{{1}}</div></main>"


def test_hostile_text_stays_text() -> None:
    old = Report(
        (Block("heading", f"加强领导{HOSTILE}", 1, "一、"), Block("paragraph", f"召开会议5次{HOSTILE}。")),
        organ=HOSTILE,
    )
    new = Report(
        (
            Block("heading", f"强化领导{HOSTILE}", 1, "一、"),
            Block("paragraph", f"召开会议6次{HOSTILE}。"),
            Block("paragraph", f"开展应急演练9次，参演人员1260人次{HOSTILE}。"),
        )
    )
    html, page = page_of(compare(old, new), (HOSTILE, HOSTILE))
    tags = {tag for tag, _ in page.elements}
    assert tags <= set(
        "html head meta title style body main section h1 h2 p ul li a small del ins div span details summary".split()
    )
    assert not [name for _, told in page.elements for name in told if name.startswith("on") or name == "src"]
    assert "<script" not in html
    assert page.text.count("<script>alert(1)</script>") >= 6


def test_the_page_loads_nothing_and_says_so_to_the_browser() -> None:
    html, page = page_of(compared(CLEAN, EDITED))
    (policy,) = [told["content"] for tag, told in page.elements if told.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "://" not in html
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object"}
    assert all(link.startswith("#c-") for link in page.links)


def test_the_summary_comes_first_and_what_did_not_change_is_folded() -> None:
    html, _ = page_of(compared(CLEAN, EDITED))
    assert html.index("召开安全工作调度会") < html.index('<section class="sides">')
    assert "<details><summary>未改动 2 段</summary>" in html
    assert "<del>6次</del><ins>7次</ins>" in html


def test_marks_differ_without_colours() -> None:
    html, _ = page_of(compared(CLEAN, EDITED))
    assert "text-decoration: underline" in html
    assert "text-decoration: line-through" in html


# --- files


@pytest.mark.parametrize(
    ("name", "begins"), [("对照.html", "<!doctype html>"), ("对照.json", "{"), ("对照.txt", "旧：")]
)
def test_the_file_s_suffix_tells_the_form(pair: tuple[Path, Path], tmp_path: Path, name: str, begins: str) -> None:
    result = run(*pair, "-o", tmp_path / name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"→ {tmp_path / name}\n"
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_an_option_before_the_suffix(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run(*pair, "-o", tmp_path / "对照.txt", "--output", "json")
    assert json.loads((tmp_path / "对照.txt").read_text(encoding="utf-8"))["version"] == 1


def test_bad_input_is_one_line(pair: tuple[Path, Path], tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    with pytest.raises(DocumentError, match=r"^[^\n]*空\.txt: 文件是空的$"):
        run(pair[0], empty)
    with pytest.raises(InputError, match=r"^[^\n]*无此\.docx[^\n]*$"):
        run(tmp_path / "无此.docx", pair[1])
    with pytest.raises(InputError, match=r"^--output 只能是 text、html 或 json，不能是 pdf$"):
        run(*pair, "--output", "pdf")


def test_how_a_file_was_read_is_said_beside_the_comparison(pair: tuple[Path, Path], tmp_path: Path) -> None:
    gone = f'<w:del w:id="1" w:author="张三">{r("5次").replace("w:t", "w:delText")}</w:del>'
    come = f'<w:ins w:id="2" w:author="张三">{r("6次")}</w:ins>'
    tracked = saved(tmp_path, "修订.docx", docx(p(inner=r("召开会议") + gone + come + r("。"))))
    plain = saved(tmp_path, "定稿.txt", "召开会议6次。")
    result = run(plain, tracked)
    assert re.search(r"^修订\.docx: 有未处理的修订.*按全部接受读入$", result.stderr, re.MULTILINE)
    assert result.stdout.endswith("没有不同\n")


def test_a_place_that_cannot_be_written_leaves_nothing(pair: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "对照.html").mkdir()
    with pytest.raises(OSError, match="对照") as caught:
        run(*pair, "-o", tmp_path / "对照.html")
    assert said(caught.value) == f"{tmp_path / '对照.html'}: 这是文件夹，不是文件"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["旧稿.txt", "新稿.txt", "对照.html"])
