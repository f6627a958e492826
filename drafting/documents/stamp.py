"""The stamp: which version a .docx was exported from, in its custom properties, where Word, WPS and LibreOffice keep it when they save.

When the file comes back it tells what it was made from, however often it was renamed. A redline has two: the old version and the new.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document

    from drafting.documents.package import Package

_NAME = "ChengwenVersions"
_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HASH = re.compile(r"[0-9a-f]{64}")


def stamp(document: Document, *versions: str) -> None:
    """Writes the hashes of the versions that the document was made from into it, the one that it shows first."""
    root = etree.fromstring(f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"/>')
    entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_USER_DEFINED, pid="2", name=_NAME)
    etree.SubElement(entry, f"{{{_TYPES}}}lpwstr").text = " ".join(dict.fromkeys(versions))
    package = document.part.package
    part = Part(PackURI(f"/{_PART}"), _TYPE, etree.tostring(root, encoding="UTF-8", xml_declaration=True), package)
    package.relate_to(part, _RELATION)


def stamped(package: Package) -> tuple[str, ...]:
    """The hashes that a file bears; none where it was not exported here, or saved by a program that drops them."""
    root = package.root(_PART)
    if root is None:
        return ()
    for entry in root.iter(f"{{{_PROPERTIES}}}property"):
        if entry.get("name") == _NAME:
            return tuple(_HASH.findall("".join(str(text) for text in entry.itertext())))
    return ()
