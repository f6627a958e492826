"""The brief as a file: YAML in, with every mistake named where it stands, and YAML out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import NamedTuple, cast

from drafting import bounds, nodes, profiles, textfile
from drafting.complaints import Complaints
from drafting.errors import BriefError, PeriodError, ProfileError
from drafting.facts import Brief, Fact, Section
from drafting.fields import Fields
from drafting.nodes import Node, Scalar, Sequence
from drafting.period import Period

FACT_LIMIT = 20_000
"""Characters of one fact; a longer one is a document, not a fact."""

KEYS = {
    "kind": "文种",
    "organ": "发文机关",
    "recipient": "主送机关",
    "topic": "主题",
    "period": "报告期",
    "issued": "成文日期",
    "title": "标题",
    "sections": "各部分",
    "outlook": "下一步打算",
    "terms": "专名",
    "attachments": "附件",
    "document_number": "发文字号",
    "signatory": "签发人",
}
REQUIRED = ("kind", "organ", "topic", "period", "issued", "sections")

_SECTION = {"heading": "标题", "facts": "事实"}
_FACT = {"text": "事实", "source": "来源", "date": "日期", "id": "编号", "open": "未定"}
_OPEN = "open"
"""The key of a question that stands where a fact is to stand (drafting/rolling): no brief is made while one is left."""
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_KEY_IN_TEXT = re.compile(rf"({'|'.join(_FACT)})\s*[：:]")
# Read back as the same text without quotes: no key, no comment, nothing else that YAML gives a meaning.
_UNQUOTED = re.compile(r"[\w“《（〔【][^:#\x00-\x1f\u2028\u2029]*")


class Loaded(NamedTuple):
    """A brief, and what its reader should be told about how it was read."""

    brief: Brief
    notes: tuple[str, ...] = ()


Identify = Callable[[str, Path | None], str]
"""The kind that a text means, looked up from a folder: `profiles.identify`, or `identify_shipped` for files of people elsewhere."""


def load(path: Path, identify: Identify = profiles.identify) -> Loaded:
    """The brief in the YAML file at `path`. Raises BriefError with every complaint, in the file's order."""
    text, notes = textfile.read(path, Complaints(str(path), BriefError))
    return Loaded(loads(text, str(path), identify).brief, notes)


def loads(text: str, path: str = "", identify: Identify = profiles.identify) -> Loaded:
    """The brief that the text tells. `path` stands in complaints, and a profile's relative path is looked up beside it."""
    complaints = Complaints(path, BriefError)
    root = nodes.parse(text, complaints)
    if root is None:
        complaints.stop(1, 1, f"文件是空的；应有 {'、'.join(REQUIRED)}")
    brief = _BriefReader(complaints, identify).read(root)
    for line, message in bounds.beyond(brief):
        complaints.add(line, 0, message)
    complaints.settle()
    return Loaded(brief)


def number(facts: list[Fact]) -> list[Fact]:
    """The same facts, each with an id: its own, else F and its place among all; where that is taken, the next number past the last."""
    taken = {fact.id for fact in facts}
    spare = (f"F{n}" for n in count(len(facts) + 1) if f"F{n}" not in taken)
    return [
        fact if fact.id else replace(fact, id=f"F{place}" if f"F{place}" not in taken else next(spare))
        for place, fact in enumerate(facts, start=1)
    ]


class _Outline(NamedTuple):
    """A section before its facts have ids: its heading, and its facts and groups as ranges of the brief's facts."""

    heading: str
    facts: range
    groups: tuple[range, ...]

    def section(self, facts: list[Fact]) -> Section:
        groups = tuple(tuple(facts[place].id for place in group) for group in self.groups)
        return Section(self.heading, tuple(facts[place] for place in self.facts), groups)


class _BriefReader(Fields):
    """One brief's file, key by key. Facts are gathered in one list, because their numbers run over all sections."""

    def __init__(self, complaints: Complaints, identify: Identify) -> None:
        super().__init__(complaints)
        self._identify = identify
        self._facts: list[Fact] = []
        self._ids: dict[str, Node] = {}

    def read(self, root: Node) -> Brief:
        found = self.mapping(root, "提纲", KEYS, REQUIRED)
        period, issued = self._period(found.get("period")), self.date(found.get("issued"), _named("issued"))
        if period and issued and issued < period.first:
            self.complain(found["issued"], f"成文日期 {issued} 早于报告期的第一天 {period.first}")
        outline = self._outline(found.get("sections"))
        brief = Brief(
            kind=self._kind(found.get("kind")),
            organ=self.text(found.get("organ"), _named("organ")),
            recipient=self.text(found.get("recipient"), _named("recipient")),
            topic=self.text(found.get("topic"), _named("topic")),
            # None has been complained of, so that no brief is made of it.
            period=cast(Period, period),
            issued=cast(date, issued),
            title=self.text(found.get("title"), _named("title")),
            sections=(),
            outlook=self._outlook(found.get("outlook")),
            terms=self.texts(found.get("terms"), _named("terms")),
            attachments=self.texts(found.get("attachments"), _named("attachments")),
            document_number=self.text(found.get("document_number"), _named("document_number")),
            signatory=self.text(found.get("signatory"), _named("signatory")),
            path=self.complaints.path,
        )
        facts = number(self._facts)
        outlook = tuple(facts[len(facts) - len(brief.outlook) :])
        return replace(brief, sections=tuple(section.section(facts) for section in outline), outlook=outlook)

    def _kind(self, node: Node | None) -> str:
        kind = self.text(node, _named("kind"))
        if node is None or not kind:
            return ""
        try:
            return self._identify(kind, Path(self.complaints.path).parent)
        except ProfileError as error:
            self.complain(node, error.complaints[0].message)
            return ""

    def _period(self, node: Node | None) -> Period | None:
        period = self.text(node, _named("period"))
        if node is None or not period:
            return None
        try:
            return Period.parse(period)
        except PeriodError as error:
            self.complain(node, error.complaints[0].message)
            return None

    def _outline(self, node: Node | None) -> tuple[_Outline, ...]:
        sections = self.items(node, _named("sections"))
        if isinstance(node, Sequence) and not sections:
            self.complain(node, "sections（各部分）至少要有一个部分")
        return tuple(self._section(section) for section in sections)

    def _section(self, node: Node) -> _Outline:
        found = self.mapping(node, "sections 的一个部分", _SECTION, ("heading", "facts"))
        heading = self.text(found.get("heading"), "heading（标题）")
        what = f"“{heading}”的事实" if heading else "facts（事实）"
        first = len(self._facts)
        groups: list[range] = []
        items = self.items(found.get("facts"), what)
        for item in items:
            start = len(self._facts)
            if isinstance(item, Sequence):
                self._group(item, what)
                groups.append(range(start, len(self._facts)))
            else:
                self._fact(item, what)
        if "facts" in found and isinstance(found["facts"], Sequence) and not items:
            self.complain(found["facts"], f"{what}至少要有一条")
        return _Outline(heading, range(first, len(self._facts)), tuple(groups))

    def _group(self, node: Sequence, what: str) -> None:
        if not node.items:
            self.complain(node, f"{what}里有一个空的列表；列表里的事实合成一个要点，至少要有一条")
        for item in node.items:
            if isinstance(item, Sequence):
                self.complain(item, f"{what}只能分一层：列表里的每一条都应是事实")
            else:
                self._fact(item, what)

    def _outlook(self, node: Node | None) -> tuple[Fact, ...]:
        first = len(self._facts)
        for item in self.items(node, _named("outlook")):
            self._fact(item, _named("outlook"))
        return tuple(self._facts[first:])

    def _fact(self, node: Node, what: str) -> None:
        """Adds the fact, even one that was complained of: what is wrong with it is no fault of its neighbours."""
        if isinstance(node, nodes.Mapping) and not _quotes_forgotten(node):
            question = next(
                (value for key, value in node.entries if isinstance(key, Scalar) and key.text == _OPEN), None
            )
            if question is not None:
                said = self.text(question, "open（未定）")
                self.complain(node, f"这一条还没有定下：{said}（换成本期的事实，或删去这一条）")
                self._facts.append(Fact("", said or _OPEN, "", None, *_place(node)))
                return
            found = self.mapping(node, f"{what}的一条", _FACT, ("text",))
            text, source = self._fact_text(found.get("text"), what), self.text(found.get("source"), "source（来源）")
            day = self.date(found.get("date"), "date（日期）")
            self._facts.append(Fact(self._id(found.get("id")), text, source, day, *_place(found.get("text", node))))
        else:
            self._facts.append(Fact("", self._fact_text(node, what), "", None, *_place(node)))

    def _fact_text(self, node: Node | None, what: str) -> str:
        text = self.text(node, f"{what}的一条", FACT_LIMIT)
        key = _KEY_IN_TEXT.match(text) if isinstance(node, Scalar) and node.plain else None
        if node is not None and key:
            self.complain(node, f"“{key[1]}”后应是半角冒号加一个空格，写作“{key[1]}: …”；如是正文请加引号")
        return text

    def _id(self, node: Node | None) -> str:
        fact_id = self.text(node, "id（编号）")
        if node is None or not fact_id:
            return ""
        if not _ID.fullmatch(fact_id):
            self.complain(node, f"编号“{fact_id}”应以字母开头，只含字母、数字、下划线和连字符，最多 64 个字符")
        elif fact_id in self._ids:
            self.complain(node, f"编号 {fact_id} 重复，第 {self._ids[fact_id].line} 行已经用过")
        self._ids.setdefault(fact_id, node)
        return fact_id


def _named(key: str) -> str:
    return f"{key}（{KEYS[key]}）"


def _place(node: Node) -> tuple[int, int]:
    """Line and column of the node's first character, behind its quotation mark where it has one."""
    return node.line, node.column + (isinstance(node, Scalar) and not node.plain)


def _quotes_forgotten(node: nodes.Mapping) -> bool:
    """Whether a fact such as `通报: 3次` became a mapping for want of quotes: none of its keys is a fact's."""
    return not any(isinstance(key, Scalar) and key.text.strip().lower() in _FACT for key, _ in node.entries)


def dumps(brief: Brief) -> str:
    """The brief as YAML that `loads` reads back: an equal brief, where each group's facts stand side by side in it.

    A group whose facts stand apart is drawn together at the first of them. Ids are written only where numbering would not give
    them again.
    """
    sections = tuple(_units(section) for section in brief.sections)
    ordered = [fact for section in sections for unit in section for fact in unit] + list(brief.outlook)
    own = _own_ids(ordered)
    lines = [f"{key}: {scalar(value)}" for key, value in _head(brief) if value]
    lines.append("sections:")
    for section, units in zip(brief.sections, sections, strict=True):
        lines += [f"  - heading: {scalar(section.heading)}", "    facts:"]
        grouped = set(section.groups)
        for unit in units:
            first, rest = (
                ("      - - ", "        - ") if tuple(fact.id for fact in unit) in grouped else ("      - ", "")
            )
            for place, fact in enumerate(unit):
                lines += _fact_lines(fact, rest if place else first, own)
    if brief.outlook:
        lines.append("outlook:")
        for fact in brief.outlook:
            lines += _fact_lines(fact, "  - ", own)
    for key, values in (("terms", brief.terms), ("attachments", brief.attachments)):
        if values:
            lines += [f"{key}:", *(f"  - {scalar(value)}" for value in values)]
    return "\n".join(lines) + "\n"


def _head(brief: Brief) -> tuple[tuple[str, str], ...]:
    return (
        ("kind", brief.kind),
        ("organ", brief.organ),
        ("recipient", brief.recipient),
        ("topic", brief.topic),
        ("period", str(brief.period)),
        ("issued", brief.issued.isoformat()),
        ("title", brief.title),
        ("document_number", brief.document_number),
        ("signatory", brief.signatory),
    )


def _units(section: Section) -> list[tuple[Fact, ...]]:
    """The section's facts as they are written: each group together at its first fact, every other fact alone."""
    by_id = {fact.id: fact for fact in section.facts}
    group_of = {fact_id: group for group in section.groups for fact_id in group}
    seen: set[tuple[str, ...]] = set()
    units: list[tuple[Fact, ...]] = []
    for fact in section.facts:
        group = group_of.get(fact.id, ())
        if not group:
            units.append((fact,))
        elif group not in seen:
            seen.add(group)
            units.append(tuple(by_id[fact_id] for fact_id in group))
    return units


def _own_ids(facts: list[Fact]) -> set[str]:
    """The ids that must be written for `number` to give all the others again."""
    own: set[str] = set()
    while True:
        numbered = number([fact if fact.id in own else replace(fact, id="") for fact in facts])
        missed = {fact.id for fact, given in zip(facts, numbered, strict=True) if fact.id != given.id}
        if not missed:
            return own
        own |= missed


def _fact_lines(fact: Fact, lead: str, own: set[str]) -> list[str]:
    entries = [("text", fact.text), ("source", fact.source), ("date", fact.date.isoformat() if fact.date else "")]
    entries.append(("id", fact.id if fact.id in own else ""))
    written = [(key, value) for key, value in entries if value]
    if len(written) == 1:
        return [lead + scalar(fact.text)]
    leads = [lead] + [" " * len(lead)] * (len(written) - 1)
    return [f"{indent}{key}: {scalar(value)}" for indent, (key, value) in zip(leads, written, strict=True)]


def scalar(text: str) -> str:
    """The text as a YAML scalar of one line, in quotes only where it would not be read back without."""
    if _UNQUOTED.fullmatch(text) and text != "null" and not _KEY_IN_TEXT.match(text):
        return text
    return json.dumps(text, ensure_ascii=False)
