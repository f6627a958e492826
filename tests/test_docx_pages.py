"""The printed pages, measured in the PDF that LibreOffice makes: 28 × 22 characters, page numbers, title, signature."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from drafting.documents import render
from drafting.documents.page import BOTTOM, LEFT, PAPER, RIGHT, TEXT_WIDTH, TOP
from drafting.profile import Layout
from drafting.report import Block, Report
from tests.reports_for_documents import report

pytestmark = pytest.mark.office

POINT = 20
CELL = 315 / POINT
LEFT_EDGE, RIGHT_EDGE = LEFT / POINT, (LEFT + TEXT_WIDTH) / POINT
MILLIMETRE = 72 / 25.4
ORGAN = "市应急管理局办公室值班室"
REPORTS = {
    "grid": (Report((Block("paragraph", "国" * (26 + 28 * 49)),)), Layout()),
    "whole": (report(*(Block("paragraph", "安全生产检查。" * 90) for _ in range(4)), organ=ORGAN), Layout()),
    "seal": (report(), Layout(seal=True)),
    "red": (report(), Layout(red_header=True)),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; edges in points from the page's left and top."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Line]]:
    """The lines of every report above, by its name."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.skip(f"没有 {program}")
    if not _has_chinese_font():
        pytest.skip("没有中文字体")
    folder = tmp_path_factory.mktemp("pages")
    files = []
    for name, (each, layout) in REPORTS.items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(render(each, "docx", layout))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(convert, capture_output=True, timeout=180, check=True)
    return {file.stem: _lines(file.with_suffix(".pdf")) for file in files}


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return True
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=True).stdout.strip())


def _lines(pdf: Path) -> list[Line]:
    found = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], capture_output=True, check=True).stdout
    parser = etree.XMLParser(recover=True, resolve_entities=False)
    lines = []
    for number, page in enumerate(etree.fromstring(found, parser).iter("{*}page"), start=1):
        for line in page.iter("{*}line"):
            text = "".join(word.text or "" for word in line.iter("{*}word"))
            edges = [float(line.get(name, "0")) for name in ("xMin", "xMax", "yMin", "yMax")]
            lines.append(Line(number, text, *edges))
    return sorted(lines, key=lambda line: (line.page, line.top, line.left))


def body(lines: list[Line], page: int) -> list[Line]:
    floor = (PAPER[1] - BOTTOM) / POINT
    return [line for line in lines if line.page == page and line.top < floor]


def starting(lines: list[Line], text: str) -> Line:
    return next(line for line in lines if line.text.startswith(text))


def test_28_characters_a_line_and_22_lines_a_page(pages: dict[str, list[Line]]) -> None:
    first, second, third = (body(pages["grid"], page) for page in (1, 2, 3))
    assert [len(line.text) for line in first] == [26] + [28] * 21
    assert [len(line.text) for line in second] == [28] * 22
    assert [len(line.text) for line in third] == [28] * 6
    assert first[1].left == pytest.approx(LEFT_EDGE, abs=1)
    assert first[0].left - first[1].left == pytest.approx(2 * CELL, abs=1)
    assert first[1].right <= RIGHT_EDGE + 1


def test_lines_stay_within_the_text_area(pages: dict[str, list[Line]]) -> None:
    for name in ("grid", "whole", "seal", "red"):
        for line in pages[name]:
            assert line.left >= LEFT_EDGE - 1, line
            # A punctuation mark may hang in the margin; characters may not.
            assert line.right <= RIGHT_EDGE + (CELL if line.text[-1] in "，。、；：" else 1), line


def test_page_numbers(pages: dict[str, list[Line]]) -> None:
    numbers = {line.page: line for line in pages["whole"] if line.text.startswith("—")}
    assert [line.text for line in numbers.values()] == [f"—{page}—" for page in numbers]
    assert {1, 2, 3} <= set(numbers)
    assert numbers[1].right == pytest.approx(RIGHT_EDGE - 14, abs=1)
    assert numbers[2].left == pytest.approx(LEFT_EDGE + 14, abs=1)
    assert numbers[3].right == pytest.approx(numbers[1].right, abs=1)
    below = (numbers[1].top + numbers[1].bottom) / 2 - (PAPER[1] - BOTTOM) / POINT
    assert below / MILLIMETRE == pytest.approx(7, abs=1)


def test_title_is_centred_and_the_recipient_stands_a_line_below(pages: dict[str, list[Line]]) -> None:
    lines = body(pages["whole"], 1)
    first, second, recipient = lines[:3]
    assert first.text + second.text == report().title
    middle = (LEFT_EDGE + RIGHT_EDGE) / 2
    for line in (first, second):
        assert (line.left + line.right) / 2 == pytest.approx(middle, abs=2)
    assert second.top - first.top == pytest.approx(28.95, abs=0.5)
    assert recipient.text == "市人民政府："
    assert recipient.left == pytest.approx(LEFT_EDGE, abs=1)
    assert (recipient.top + recipient.bottom - second.top - second.bottom) / 2 == pytest.approx(2 * 28.95, abs=3)
    assert lines[0].top >= TOP / POINT - 5


def test_signature_without_a_seal(pages: dict[str, list[Line]]) -> None:
    organ, day = starting(pages["whole"], ORGAN), starting(pages["whole"], "2024年7月5日")
    assert organ.page == day.page
    assert RIGHT_EDGE - organ.right == pytest.approx(2 * CELL, abs=2)
    assert day.left - organ.left == pytest.approx(2 * CELL, abs=2)
    assert day.top - organ.top == pytest.approx(28.95, abs=3)
    above = max(
        (line for line in pages["whole"] if line.page == organ.page and line.top < organ.top - 5),
        key=lambda line: line.top,
    )
    assert organ.top - above.top == pytest.approx(2 * 28.95, abs=3)


def test_signature_under_a_seal(pages: dict[str, list[Line]]) -> None:
    organ, day = starting(pages["seal"][4:], "市应急管理局"), starting(pages["seal"], "2024年7月5日")
    assert (organ.left + organ.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=2)
    # By its middle: this LibreOffice spaces the digits, and a substitute font may have wide ones.
    assert RIGHT_EDGE - (day.left + day.right) / 2 == pytest.approx((4 + 3) * CELL, abs=3)


def test_red_header(pages: dict[str, list[Line]]) -> None:
    lines = body(pages["red"], 1)
    mark = starting(lines, "市应急管理局文件")
    number = starting(lines, "市应急〔2024〕15号")
    title = starting(lines, "市应急管理局关于")
    assert (mark.left + mark.right) / 2 == pytest.approx((LEFT_EDGE + RIGHT_EDGE) / 2, abs=2)
    assert mark.top > TOP / POINT + 25 * MILLIMETRE
    assert mark.top < number.top < title.top
    assert number.left == pytest.approx(LEFT_EDGE + CELL, abs=1)
    signatory = next(line for line in lines if line.text.endswith("张某某"))
    assert signatory.right == pytest.approx(RIGHT_EDGE - CELL, abs=2)
    assert PAPER[0] / POINT - RIGHT / POINT == pytest.approx(RIGHT_EDGE, abs=1)
