"""Zip packages of Office files, judged before anything opens them: bombs, external entities, encryption."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers import expat

from drafting.complaints import Complaints

MAX_FILE = 32 << 20
MAX_UNPACKED = 256 << 20
MAX_RATIO = 100
"""Unpacked to packed. A sheet of one sentence repeated 100,000 times packs 60 to 1."""
MAX_ENTRIES = 2_000

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What zipfile raises for a package that is damaged, encrypted or packed by a method it does not know."""

_SMALL = 10 << 20
_XML = (".xml", ".rels", ".vml")


def refuse_hostile(path: Path, complaints: Complaints) -> None:
    """Raises the complaints' error for a package that would explode, reach outside or not open at all."""
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_bomb(package, complaints)
            for entry in package.infolist():
                _refuse_doctype(package, entry, complaints)
    except DAMAGED:
        complaints.stop(0, 0, "文件损坏，不能解压")


def _refuse_bomb(package: zipfile.ZipFile, complaints: Complaints) -> None:
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        complaints.stop(0, 0, f"压缩包里有 {len(entries)} 个文件，超过上限 {MAX_ENTRIES} 个，未打开")
    if unpacked > MAX_UNPACKED or unpacked > max(_SMALL, MAX_RATIO * packed):
        complaints.stop(
            0, 0, f"解压后有 {unpacked >> 20} MB，是压缩后的 {unpacked // max(packed, 1)} 倍，疑为压缩炸弹，未打开"
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        complaints.stop(0, 0, "文件受密码保护，请去掉密码后再试")


def _refuse_doctype(package: zipfile.ZipFile, entry: zipfile.ZipInfo, complaints: Complaints) -> None:
    """Entities can only be declared before the root element, so that reading stops there."""
    prolog = _Prolog()
    is_xml = entry.filename.lower().endswith(_XML)
    with package.open(entry) as stream:
        try:
            while not prolog.over and (chunk := stream.read(4096)):
                prolog.parser.Parse(chunk, False)
        except expat.ExpatError as error:
            if is_xml and not prolog.over:
                complaints.stop(0, 0, f"{entry.filename} 不是完好的 XML（第 {error.lineno} 行）")
    if prolog.doctype:
        complaints.stop(0, 0, f"{entry.filename} 里有 DOCTYPE 声明，可能引入外部内容，未打开")


class _Prolog:
    """What stands before an XML document's root element."""

    def __init__(self) -> None:
        self.over = False
        self.doctype = False
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._root

    def _doctype(self, *_: object) -> None:
        self.over = self.doctype = True

    def _root(self, *_: object) -> None:
        self.over = True
