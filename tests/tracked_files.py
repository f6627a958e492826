"""Word files that people went on with, for tests: typed over, rearranged, or with every insertion and deletion tracked as Word does."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

from drafting.changes import edits
from drafting.documents import render
from drafting.documents.roles import role_of
from drafting.profile import Layout
from drafting.report import Report
from tests.wordfiles import W, zipped

HANDS = (
    ("张三", "2024-07-01T09:00:00Z"),
    ("李四", "2024-07-02T09:00:00Z"),
    ("王五", "2024-07-03T09:00:00Z"),
    ("赵六", "2024-07-04T09:00:00Z"),
)
Hand = tuple[str, str]


def tracked(old: Report, new: Report, hands: Sequence[Hand] = HANDS) -> bytes:
    """`old` with the changes that make `new` of it tracked, a hand after the other; the last paragraph mark is never one of them."""
    before, after = _text(old), _text(new)
    ids, paragraphs, runs = count(1), list[str](), list[str]()
    kinds = _kinds(old), _kinds(new)
    old_at = new_at = 0
    for text, change, (by, at) in _stretches(before, after, hands):
        for index, line in enumerate(text.split("\n")):
            if index:
                mark = (
                    f'<w:rPr><w:{change} w:id="{next(ids)}" w:author="{by}" w:date="{at}"/></w:rPr>' if change else ""
                )
                style = kinds[1][new_at] if change == "ins" else kinds[0][old_at]
                paragraphs.append(_paragraph(style, mark, runs))
                runs = []
                old_at, new_at = old_at + (change != "ins"), new_at + (change != "del")
            if line:
                runs.append(_run(line, change, f'w:id="{next(ids)}" w:author="{by}" w:date="{at}"'))
    paragraphs.append(_paragraph(kinds[1][-1], "", runs))
    parsed = [etree.fromstring(f'<w:body xmlns:w="{W}">{paragraph}</w:body>')[0] for paragraph in paragraphs]
    return rebuilt(render(old, "docx", Layout()), lambda _: parsed)


def _text(report: Report) -> str:
    return "\n".join(block.text for block in report.blocks)


def _kinds(report: Report) -> list[str]:
    """The style of each paragraph; every line of an attachment is one."""
    return [role_of(block).id for block in report.blocks for _ in block.text.split("\n")]


def _stretches(before: str, after: str, hands: Sequence[Hand]) -> Iterator[tuple[str, str, Hand]]:
    at = 0
    for turn, edit in enumerate(edits(before, after)):
        hand = hands[turn % len(hands)]
        yield before[at : edit.old_start], "", hand
        yield before[edit.old_start : edit.old_end], "del", hand
        yield after[edit.new_start : edit.new_end], "ins", hand
        at = edit.old_end
    yield before[at:], "", hands[0]


def _paragraph(style: str, mark: str, runs: Sequence[str]) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{mark}</w:pPr>{"".join(runs)}</w:p>'


def _run(text: str, change: str, told: str) -> str:
    tag = "delText" if change == "del" else "t"
    run = f'<w:r><w:{tag} xml:space="preserve">{escape(text, quote=False)}</w:{tag}></w:r>'
    return f"<w:{change} {told}>{run}</w:{change}>" if change else run


def retyped(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The .docx with text of it typed over, nothing tracked. Every old text has to stand in it exactly once, within one run."""
    text = _document(data).decode()
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} 在正文里有 {text.count(old)} 处"
        text = text.replace(old, new)
    return _with_document(data, text.encode())


def rebuilt(data: bytes, change: Callable[[list[etree._Element]], list[etree._Element]]) -> bytes:
    """The .docx with its paragraphs changed: some taken out, put elsewhere, altered."""
    tree = etree.fromstring(_document(data))
    body = tree[0]
    last = body[-1]
    paragraphs = [each for each in body if each is not last]
    for paragraph in paragraphs:
        body.remove(paragraph)
    for paragraph in change(paragraphs):
        last.addprevious(paragraph)
    return _with_document(data, etree.tostring(tree, encoding="UTF-8", xml_declaration=True))


def printed(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{{{W}}}t"))


def _document(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def _with_document(data: bytes, document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(files | {"word/document.xml": document})


def with_part(data: bytes, name: str, content: str) -> bytes:
    """The .docx with one more part, or another in its place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    return zipped(files | {name: content})


def office(folder: Path, *files: Path) -> list[bytes]:
    """The files as LibreOffice writes them again as .docx."""
    if shutil.which("soffice") is None:
        pytest.skip("没有 soffice")
    profile, out = f"-env:UserInstallation={(folder / 'profile').as_uri()}", folder / "written"
    convert = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(out), *map(str, files)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    return [(out / f"{path.stem}.docx").read_bytes() for path in files]
