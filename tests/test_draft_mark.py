"""The draft mark: on every page of a draft, beside the text and no part of it; nothing where it is not asked for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from drafting.documents import read
from drafting.documents.draft_mark import draft_mark
from drafting.documents.rendering import evidence, render
from drafting.profile import Layout
from drafting.report import Block
from tests.reports_for_documents import report
from tests.wordfiles import W, names, part, saved

MARK = "送审稿\n版本 0123456789ab"
LAYOUTS = (Layout(), Layout(page_numbers=False), Layout(red_header=True))


@pytest.mark.parametrize("layout", LAYOUTS, ids=("odd and even", "one kind of page", "red header"))
def test_every_kind_of_page_has_the_mark(layout: Layout) -> None:
    data = render(report(), "docx", layout, MARK)
    headers = [name for name in names(data) if name.startswith("word/header")]
    assert len(headers) == (2 if layout.page_numbers else 1)
    for name in headers:
        assert ["".join(p.itertext()) for p in part(data, name)] == MARK.split("\n")
    kinds = [each.get(f"{{{W}}}type") for each in part(data, "word/document.xml").iter(f"{{{W}}}headerReference")]
    assert kinds == (["default", "even"] if layout.page_numbers else ["default"])


@pytest.mark.parametrize("layout", LAYOUTS, ids=("odd and even", "one kind of page", "red header"))
def test_the_text_and_its_area_are_the_same_with_it(layout: Layout) -> None:
    plain, marked = (part(render(report(), "docx", layout, mark), "word/document.xml") for mark in ("", MARK))
    for reference in list(marked.iter(f"{{{W}}}headerReference")):
        reference.getparent().remove(reference)  # type: ignore[union-attr]
    assert [each.attrib for each in marked.iter()] == [each.attrib for each in plain.iter()]
    assert "".join(marked.itertext()) == "".join(plain.itertext())


def test_without_a_mark_there_is_no_header() -> None:
    for data in (render(report(), "docx", Layout()), evidence(report(), Layout())):
        assert not [name for name in names(data) if "header" in name]


def test_the_evidence_copy_carries_it_too() -> None:
    assert "word/header1.xml" in names(evidence(report(), Layout(), MARK))


def test_it_is_not_read_back_as_text(tmp_path: Path) -> None:
    plain, marked = (
        read(saved(tmp_path, "送审稿.docx", render(report(), "docx", Layout(), mark))) for mark in ("", MARK)
    )
    assert marked.report == plain.report


def test_set_in_the_heading_font_at_the_right() -> None:
    first, second = draft_mark(MARK, Layout(heading_font="黑体"))
    assert first.find(f".//{{{W}}}rFonts").get(f"{{{W}}}eastAsia") == "黑体"
    assert [each.find(f".//{{{W}}}sz").get(f"{{{W}}}val") for each in (first, second)] == ["32", "18"]
    assert {each.find(f".//{{{W}}}jc").get(f"{{{W}}}val") for each in (first, second)} == {"right"}


@pytest.mark.parametrize("mark", ["送审稿" * 20, "送审稿\n" + "版本" * 60, "送\n审\n稿\n一\n二\n三"])
def test_a_mark_that_would_push_the_text_down_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="容不下"):
        render(report(), "docx", Layout(), mark)


@pytest.mark.office
def test_it_stands_above_the_text_on_every_page(tmp_path: Path) -> None:
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.skip(f"没有 {program}")
    long = report(*(Block("paragraph", "安全生产检查。" * 90) for _ in range(5)))
    files = [
        saved(tmp_path, f"{name}.docx", render(long, "docx", Layout(), mark))
        for name, mark in (("甲", ""), ("乙", MARK))
    ]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(convert, capture_output=True, timeout=180, check=True)
    plain, marked = (_pages(file.with_suffix(".pdf")) for file in files)
    assert len(plain) == len(marked) >= 3
    for before, after in zip(plain, marked, strict=True):
        assert after[:2] == MARK.replace(" ", "").split("\n")
        assert after[2:] == before


def _pages(pdf: Path) -> list[list[str]]:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    lines = [[line.replace(" ", "") for line in page.split("\n")] for page in text.split("\f")]
    return [[line for line in page if line] for page in lines if any(page)]
