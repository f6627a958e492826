"""A .docx opened with care: size limits, no DTD, no entities, and a clear refusal of what is no .docx."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafting.archive import OLE, ZIP
from drafting.complaints import Complaints

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_MOST_ENTRIES = 10_000
_LARGEST_PART = 64 << 20
_LARGEST_WHOLE = 256 << 20
"""Bytes of XML. A report of five million characters is about 40 MB."""
_CHUNK = 1 << 16

_USUAL_MAIN = "word/document.xml"
_STRICT = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a .docx by name, checked; `main` is the document's."""

    parts: dict[str, bytes]
    main: str
    complaints: Complaints

    def root(self, name: str) -> _Element | None:
        """The parsed part; None where the package has none of that name."""
        data = self.parts.get(name)
        return None if data is None else _parsed(data, name, self.complaints)

    def beside(self, name: str) -> str:
        """The full name of a part that stands in the main document's folder."""
        return posixpath.join(posixpath.dirname(self.main), name)


def opened(data: bytes, complaints: Complaints) -> Package:
    """The package of these bytes. Stops with the reason where they are no .docx that can be read."""
    if data.startswith(OLE):
        if _ENCRYPTED_STREAM in data:
            complaints.stop(0, 0, "文件有打开密码，请在 Word 中取消密码后再用")
        complaints.stop(0, 0, "这是旧式 .doc（或 .wps）文件，请在 Word 或 WPS 中另存为 .docx")
    if not data.startswith(ZIP):
        complaints.stop(0, 0, "不是 .docx：内容不是 Word 文件")
    parts = _xml_parts(data, complaints)
    main = _main_part(parts, complaints)
    return Package(parts, main, complaints)


def _xml_parts(data: bytes, complaints: Complaints) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = _LARGEST_WHOLE
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > _MOST_ENTRIES:
                complaints.stop(0, 0, f"压缩包里有 {len(archive.infolist())} 个文件，不像 .docx，未读入")
            for entry in archive.infolist():
                if not entry.filename.lower().endswith((".xml", ".rels")):
                    continue
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise zipfile.BadZipFile("OPC knows no other compression")
                if entry.flag_bits & 0x1:
                    complaints.stop(0, 0, "压缩包加了密码，请取消密码后再用")
                parts[entry.filename] = _read(archive, entry, min(_LARGEST_PART, left), complaints)
                left -= len(parts[entry.filename])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        complaints.stop(0, 0, "文件已损坏，打不开，请重新取得这份文件")
    return parts


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, complaints: Complaints) -> bytes:
    """At most `limit` bytes, whatever size the entry claims to have."""
    content = io.BytesIO()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            content.write(chunk)
            if content.tell() > limit:
                complaints.stop(0, 0, f"{entry.filename} 解压后超过 {limit >> 20} MB，疑似压缩炸弹，未读入")
    data = content.getvalue()
    if _has_doctype(data):
        complaints.stop(0, 0, f"{entry.filename} 含有 DOCTYPE 声明，Word 文件里不应有，未读入")
    return data


def _has_doctype(data: bytes) -> bool:
    """A document type may define entities that explode or read other files; OOXML knows none, so every one is refused."""
    return b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data


def _main_part(parts: dict[str, bytes], complaints: Complaints) -> str:
    relations = parts.get("_rels/.rels")
    targets = (
        []
        if relations is None
        else [str(r.get("Target", "")).lstrip("/") for r in _parsed(relations, "_rels/.rels", complaints)]
    )
    main = next((name for name in (*targets, _USUAL_MAIN) if b":document" in parts.get(name, b"")), None)
    if main is None:
        complaints.stop(0, 0, f"压缩包里没有 Word 正文（{_USUAL_MAIN}），不是 .docx")
    return main


def _parsed(data: bytes, name: str, complaints: Complaints) -> _Element:
    from lxml import etree  # a fifth of the cold start of a check that reads no .docx

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data.replace(*_STRICT), parser)
    except etree.XMLSyntaxError as error:
        if "Excessive depth" in str(error):
            complaints.stop(0, 0, f"{name} 嵌套过深，不像 Word 写成的文件，未读入")
        complaints.stop(0, 0, f"{name} 不是完好的 XML，文件已损坏（第 {error.lineno} 行）")
    if root.getroottree().docinfo.internalDTD is not None:
        complaints.stop(0, 0, f"{name} 含有 DOCTYPE 声明，Word 文件里不应有，未读入")
    return root
