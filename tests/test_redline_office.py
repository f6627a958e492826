"""The redline as LibreOffice accepts and rejects it: the same text, styles, indents and letters as the plain exports have there."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from drafting.changes import compare
from drafting.comments import Comment, Hand
from drafting.documents import render
from drafting.documents.redline import redline_bytes
from tests.redline_cases import PAIRS, Pair

pytestmark = pytest.mark.office

_WAYS = ("Accept", "Reject")
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT, _STYLE, _OFFICE = (f"{{{_NAMESPACE}:{name}:1.0}}" for name in ("text", "style", "office"))
_SPACES = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = (
    f'{_HEAD}<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" '
    'library:passwordprotected="false"><library:element library:name="Settle"/></library:library>'
)
# No option of soffice accepts or rejects; a macro of the profile does, in the same process that reads the file.
_MACRO = f"""{_HEAD}<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" script:language="StarBasic">
Sub All(folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim flat(0) As New com.sun.star.beans.PropertyValue
  flat(0).Name = "FilterName"
  flat(0).Value = "OpenDocument Text Flat XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Dim names(1000) As String
  count = 0
  name = Dir(folder &amp; "/*.docx")
  Do While name &lt;&gt; ""
    names(count) = name
    count = count + 1
    name = Dir()
  Loop
  For k = 0 To count - 1
    For Each way In Array("Accept", "Reject")
      document = StarDesktop.loadComponentFromURL(ConvertToURL(folder &amp; "/" &amp; names(k)), "_blank", 0, hidden())
      dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; way &amp; "AllTrackedChanges", "", 0, Array())
      document.storeToURL(ConvertToURL(folder &amp; "/" &amp; names(k) &amp; "." &amp; way), flat())
      document.close(True)
    Next way
  Next k
End Sub
</script:module>
"""


class Printed(NamedTuple):
    """A paragraph in LibreOffice: its text, its style with the properties set over it, and those of every character."""

    text: str
    style: str
    properties: tuple[tuple[str, str], ...]
    characters: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where each pair's redline and its two plain exports were accepted and rejected by LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("没有 soffice")
    folder, profile = tmp_path_factory.mktemp("redlines"), tmp_path_factory.mktemp("profile")
    for index, pair in enumerate(PAIRS.values()):
        (folder / f"{index}.docx").write_bytes(_redline(pair))
        (folder / f"{index}-Accept.docx").write_bytes(render(pair.new, "docx", pair.layout))
        (folder / f"{index}-Reject.docx").write_bytes(render(pair.old, "docx", pair.layout))
    office = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    # A profile that is not there yet is made at the first start, with an empty library.
    subprocess.run([*office, "--terminate_after_init"], capture_output=True, timeout=120, check=True)
    library = profile / "user/basic/Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (library / "Settle.xba").write_text(_MACRO, encoding="utf-8")
    subprocess.run([*office, f'macro:///Standard.Settle.All("{folder}")'], capture_output=True, timeout=300, check=True)
    return folder


def _redline(pair: Pair) -> bytes:
    """With a comment on the first block and one on the last: their marks are where LibreOffice goes wrong."""
    last = len(pair.new.blocks) - 1
    places = [(0, 3), (last, 2)] if pair.new.blocks else []
    comments = [Comment("请核实", Hand("李四"), block, 0, end) for block, end in places]
    at = datetime(2024, 7, 6, tzinfo=UTC)
    return redline_bytes(compare(pair.old, pair.new), pair.layout, by=lambda _: Hand("张三", at), comments=comments)


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("name", PAIRS)
def test_libreoffice_reads_both_versions(settled: Path, name: str, way: str) -> None:
    index = list(PAIRS).index(name)
    assert read(settled / f"{index}.docx.{way}") == read(settled / f"{index}-{way}.docx.Accept")


def read(path: Path) -> list[Printed]:
    """The body of a flat OpenDocument file, automatic styles as what they say."""
    root = etree.parse(str(path)).getroot()
    assert root.find(f".//{_TEXT}changed-region") is None, "tracked changes are left"
    automatic = root.find(f"{_OFFICE}automatic-styles")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    assert automatic is not None
    assert body is not None
    styles = {str(each.get(f"{_STYLE}name")): each for each in automatic}
    return [_printed(each, styles) for each in body if each.tag in (f"{_TEXT}p", f"{_TEXT}h")]


def _printed(paragraph: etree._Element, styles: dict[str, etree._Element]) -> Printed:
    name, properties, letters = _told(paragraph, styles)
    characters: list[tuple[str, str, tuple[tuple[str, str], ...]]] = []

    def follow(element: etree._Element, style: str, over: dict[str, str]) -> None:
        _add(element.text, style, over)
        for child in element:
            if child.tag == f"{_TEXT}span":
                inner, _, own = _told(child, styles)
                follow(child, inner, letters | own)
            elif child.tag == f"{_TEXT}s":
                _add(" " * int(child.get(f"{_TEXT}c", "1")), style, over)
            else:
                _add(_SPACES.get(str(child.tag)), style, over)
            _add(child.tail, style, over)

    def _add(text: str | None, style: str, over: dict[str, str]) -> None:
        characters.extend((char, style, tuple(sorted(over.items()))) for char in text or "")

    follow(paragraph, "", letters)
    text = "".join(char for char, _, _ in characters)
    return Printed(text, name, tuple(sorted(properties.items())), tuple(characters))


def _told(element: etree._Element, styles: dict[str, etree._Element]) -> tuple[str, dict[str, str], dict[str, str]]:
    """The named style of a paragraph or span, and the properties of paragraph and characters set over it."""
    name = str(element.get(f"{_TEXT}style-name", ""))
    if name not in styles:
        return name, {}, {}
    style = styles[name]
    paragraph, letters = (_attributes(style.find(f"{_STYLE}{kind}-properties")) for kind in ("paragraph", "text"))
    return str(style.get(f"{_STYLE}parent-style-name", "")), paragraph, letters


def _attributes(properties: etree._Element | None) -> dict[str, str]:
    """Without the ids of editing sessions, which are random."""
    found = {} if properties is None else properties.attrib
    return {str(key): str(value) for key, value in found.items() if not str(key).endswith("rsid")}
