"""What a report was written as, it is read back as: the same blocks by type, text, level and number, in every format."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings

from drafting import brief as briefs
from drafting import profiles
from drafting.documents import Format, Reading, read, render
from drafting.profile import Layout
from drafting.report import Block, Report
from drafting.writer import Writer
from tests.reports_for_documents import any_report, report
from tests.wordfiles import saved

FORMATS = get_args(Format)
CASES = Path(__file__).parents[1] / "evals" / "cases"
SHARED = Path(__file__).parents[1].parent / "shared" / "data" / "reports"


def again(written: Report, form: Format, layout: Layout | None = None) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        return read(saved(Path(folder), f"报告.{form}", render(written, form, layout or Layout())))


def shape(blocks: tuple[Block, ...]) -> list[tuple[str, str, int, str]]:
    return [(block.type, block.text, block.level, block.number) for block in blocks]


@pytest.mark.parametrize("form", FORMATS)
@given(written=any_report())
@settings(max_examples=60, deadline=None)
def test_any_report(form: Format, written: Report) -> None:
    assert shape(again(written, form).report.blocks) == shape(written.blocks)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", sorted(CASES.glob("*.brief.yaml")), ids=lambda path: path.name)
def test_drafted_reports(form: Format, case: Path) -> None:
    brief = briefs.load(case).brief
    profile = profiles.load(brief.kind)
    written = asyncio.run(Writer(profile, None).draft(brief))
    found = again(written, form).report
    assert shape(found.blocks) == shape(written.blocks)
    assert (found.organ, found.topic, found.period, found.issued) == (
        written.organ,
        written.topic,
        written.period,
        written.issued,
    )


@pytest.mark.parametrize("form", FORMATS)
def test_published_documents(form: Format) -> None:
    if not SHARED.exists():
        pytest.skip("公开文件样本不在")
    for path in sorted(SHARED.glob("*.txt"))[::6]:
        written = read(path).report
        expected = [block for block in shape(written.blocks) if form != "docx" or block[0] != "title"]
        found = [block for block in shape(again(written, form).report.blocks) if form != "docx" or block[0] != "title"]
        assert found == expected, path.name


def test_a_layout_with_a_red_header_reads_back_without_it() -> None:
    written = report()
    found = again(written, "docx", Layout(red_header=True, seal=True))
    assert shape(found.report.blocks) == shape(written.blocks)
    assert found.notes == ("版头（发文机关标志、发文字号）未读入正文",)


def test_a_report_file_keeps_everything() -> None:
    written = report()
    assert again(written, "json").report == written


def test_places_of_a_report_file_are_those_of_its_text() -> None:
    written = report(Block("attachment", "附件：1.统计表\n2.台账"))
    lines = render(written, "txt", Layout()).decode().split("\n")
    found = again(written, "json")
    assert [lines[place.line - 1] for place in found.places] == [block.text.split("\n")[0] for block in written.blocks]
    assert found.places == again(written, "txt").places
