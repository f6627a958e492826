"""The comments of a .docx: what they say, who said it and when, which are answers, which are resolved.

Word keeps them in three parts: the words and the author in comments.xml; who answers whom and what is resolved in commentsExtended.xml, by
the id of a comment's last paragraph; where each stands in the document itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from drafting.comments import Hand
from drafting.complaints import Complaints
from drafting.documents.auto_numbering import W
from drafting.documents.package import Package
from drafting.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMELESS = "未署名"
"""Who did something in a file that does not say."""

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W16DU = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}"
_EVIDENCE = re.compile(r"^(?:写法：|豁免 )", re.MULTILINE)
_OURS = "成文"


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment of the file. `key` is its id there, `answers` the key of the comment that it answers, empty where it answers none."""

    key: str
    text: str
    by: Hand
    answers: str = ""
    resolved: bool = False

    @property
    def is_evidence(self) -> bool:
        """Is it one that the evidence copy puts on a point? It was exported, nobody said it."""
        return self.by.name == _OURS and bool(_EVIDENCE.search(self.text))


def remarks(package: Package) -> tuple[tuple[Remark, ...], tuple[str, ...]]:
    """The comments in the file's order, answers behind what they answer, and notes on what could not be read of them."""
    notes: list[str] = []
    found = _part(package, "comments", notes)
    if found is None:
        return (), tuple(notes)
    threads = _threads(_part(package, "commentsExtended", notes))
    read = [_remark(element, threads) for element in found.iter(f"{W}comment")]
    last = {paragraph: remark.key for paragraph, remark in read if paragraph}
    told = [replace(remark, answers=last.get(remark.answers, "")) for _, remark in read]
    empty = sum(not remark.text for remark in told)
    if empty:
        notes.append(f"有 {empty} 条批注没有文字（图片或墨迹），只读入位置和作者")
    return tuple(_in_threads(told)), tuple(notes)


def hand(element: _Element) -> Hand:
    """Whose tracked change or comment it is, and when. Word writes the clock of its machine and calls it UTC; so it is taken."""
    name = " ".join(str(element.get(f"{W}author", "")).split())
    return Hand(name or NAMELESS, _moment(str(element.get(f"{_W16DU}dateUtc") or element.get(f"{W}date", ""))))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _part(package: Package, name: str, notes: list[str]) -> _Element | None:
    """A part that belongs to the document, by its relationship, else by its usual name. A damaged one is noted: the text is whole without it."""
    gentle = replace(package, complaints=Complaints(package.complaints.path, DocumentError))
    try:
        return gentle.root(_target(gentle, name) or gentle.beside(f"{name}.xml"))
    except DocumentError:
        notes.append(f"批注部分（{name}.xml）已损坏，{'批注未读入' if name == 'comments' else '答复关系未读入'}")
        return None


def _target(package: Package, name: str) -> str:
    folder, document = posixpath.split(package.main)
    root = package.root(posixpath.join(folder, "_rels", f"{document}.rels"))
    for relation in () if root is None else root:
        if str(relation.get("Type", "")).endswith(f"/{name}"):
            target = str(relation.get("Target", ""))
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return ""


def _threads(root: _Element | None) -> dict[str, tuple[str, bool]]:
    """By the id of a comment's last paragraph: that of the comment it answers, and whether it is resolved."""
    if root is None:
        return {}
    return {
        str(each.get(f"{_W15}paraId", "")): (
            str(each.get(f"{_W15}paraIdParent", "")),
            each.get(f"{_W15}done") in ("1", "true"),
        )
        for each in root.iter(f"{_W15}commentEx")
    }


def _remark(element: _Element, threads: dict[str, tuple[str, bool]]) -> tuple[str, Remark]:
    """The comment, with the id of its last paragraph; `answers` still names a paragraph."""
    paragraphs = list(element.iter(f"{W}p"))
    last = str(paragraphs[-1].get(f"{_W14}paraId", "")) if paragraphs else ""
    parent, resolved = threads.get(last, ("", False))
    text = "\n".join(line for paragraph in paragraphs if (line := "".join(_printed(paragraph)).strip()))
    return last, Remark(str(element.get(f"{W}id", "")), text, hand(element), parent, resolved)


def _printed(element: _Element) -> Iterator[str]:
    """A comment's words, its own tracked changes as accepted."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}br", f"{W}cr", f"{W}tab"):
            yield " "
        elif child.tag not in (f"{W}del", f"{W}moveFrom", f"{W}pPr") and isinstance(child.tag, str):
            yield from _printed(child)


def _in_threads(found: list[Remark]) -> list[Remark]:
    """Each comment with its answers behind it, threads and answers in the file's order."""
    parents = {remark.key: remark.answers for remark in found}
    order = {remark.key: at for at, remark in enumerate(found)}
    tops = {key: _top(key, parents) for key in order}
    return sorted(found, key=lambda remark: (order[tops[remark.key]], tops[remark.key] != remark.key))


def _top(key: str, parents: dict[str, str]) -> str:
    """The comment that a thread begins with; of a circle of answers, which no program writes, the one asked for."""
    path = [key]
    while (parent := parents[path[-1]]) in parents:
        if parent in path:
            return key
        path.append(parent)
    return path[-1]
