"""Word files for tests: a .docx from WordprocessingML one-liners, and the XML of one that was written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {"w": W}
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def root(tag: str, content: str) -> str:
    return f'<w:{tag} xmlns:w="{W}">{content}</w:{tag}>'


def p(text: str = "", properties: str = "", *, inner: str = "") -> str:
    """A paragraph of one run, or of `inner` XML."""
    runs = inner or f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def number(list_id: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def docx(*body: str, **parts: str | bytes) -> bytes:
    """A .docx with these paragraphs; further parts of word/ by name without .xml: styles=root("styles", …)."""
    files: dict[str, str | bytes] = {
        "_rels/.rels": _RELATIONS,
        "word/document.xml": root("document", f"<w:body>{''.join(body)}</w:body>"),
    }
    return zipped(files | {f"word/{name}.xml": content for name, content in parts.items()})


def zipped(files: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def part(data: bytes, name: str) -> etree._Element:
    """A parsed part of a .docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def saved(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path
