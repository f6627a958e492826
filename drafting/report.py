"""Report: a version of a document as blocks, points and the facts they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, get_args

from drafting.canonical import fingerprint, readable
from drafting.errors import DocumentError
from drafting.facts import Brief
from drafting.period import Period
from drafting.record import Record

SCHEMA = 1

BlockType = Literal["title", "recipient", "lead", "heading", "paragraph", "outlook", "attachment", "signature", "date"]
Origin = Literal["worded", "repaired", "composed", "edited", "imported"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a point came to be: by which model and prompt, in how many attempts, and what was wrong on the way.

    `origin`: worded at the first attempt, repaired by the model, composed by rule, edited by a person, or imported.
    `problems` are the findings of earlier attempts, one line each. Tokens are sums over all attempts; time is not kept here,
    because the same answers must give the same bytes.
    """

    origin: Origin
    model: str = ""
    prompt: str = ""
    attempts: int = 0
    problems: tuple[str, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """An 要点: what is printed is the enumerator, the gist with its full stop, then the body that words the facts."""

    body: str
    facts: tuple[str, ...] = ()
    enumerator: str = ""
    gist: str = ""
    provenance: Provenance = field(default_factory=lambda: Provenance("imported"))
    locked: bool = False

    @property
    def text(self) -> str:
        return f"{self.enumerator}{self.gist}。{self.body}" if self.gist else f"{self.enumerator}{self.body}"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the document.

    `number` is what stands before a heading's own words (一、, （一）, 1., （1）) and `level` the heading's depth from 1; a
    paragraph that opens with a numbered run-in heading carries both too. A block holds either `words` or `points`.
    """

    type: BlockType
    words: str = ""
    level: int = 0
    number: str = ""
    points: tuple[Point, ...] = ()

    @property
    def text(self) -> str:
        """What is printed. Offsets in findings and changes count characters of this."""
        return self.number + (self.words or "".join(point.text for point in self.points))

    def spans(self) -> Iterator[tuple[int, int, Point]]:
        """Every point with its first and past-the-last offset in `text`."""
        start = len(self.number)
        for point in self.points:
            end = start + len(point.text)
            yield start, end, point
            start = end


@dataclass(frozen=True, slots=True)
class Waiver:
    """An error that a person let stand, with the reason; it holds for the version it names and no other."""

    code: str
    reason: str
    version: str


@dataclass(frozen=True, slots=True)
class Report:
    """An immutable version. `brief` is there where the report was drafted from one; imported documents have none.

    `period` and `issued` are None and the strings empty where an imported document does not tell them.
    """

    blocks: tuple[Block, ...]
    kind: str = ""
    organ: str = ""
    topic: str = ""
    period: Period | None = None
    issued: date | None = None
    brief: Brief | None = None
    profile: str = ""
    waivers: tuple[Waiver, ...] = ()

    @property
    def version(self) -> str:
        """The fingerprint of everything but the waivers, which name it."""
        return fingerprint(self._content())

    @property
    def text(self) -> str:
        """The blocks' text, one a line."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def title(self) -> str:
        return next((block.text for block in self.blocks if block.type == "title"), "")

    def points(self) -> Iterator[Point]:
        for block in self.blocks:
            yield from block.points

    def standing_waivers(self) -> tuple[Waiver, ...]:
        """The waivers that name this very version."""
        if not self.waivers:
            return ()
        version = self.version
        return tuple(waiver for waiver in self.waivers if waiver.version == version)

    def waive(self, code: str, reason: str) -> Report:
        """The same version with one error let stand; ValueError for an empty reason."""
        if not reason.strip():
            raise ValueError(f"豁免 {code} 须写明理由")
        kept = tuple(waiver for waiver in self.standing_waivers() if waiver.code != code)
        return replace(self, waivers=(*kept, Waiver(code, reason.strip(), self.version)))

    def as_dict(self) -> dict[str, Any]:
        waivers = [{"code": w.code, "reason": w.reason, "version": w.version} for w in self.waivers]
        return {**self._content(), "waivers": waivers}

    def dumps(self) -> bytes:
        """The report's file: the same report gives the same bytes."""
        return readable(self.as_dict())

    def _content(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "organ": self.organ,
            "topic": self.topic,
            "period": str(self.period) if self.period else None,
            "issued": self.issued.isoformat() if self.issued else None,
            "brief": self.brief.as_dict() if self.brief else None,
            "profile": self.profile,
            "blocks": [_block_as_dict(block) for block in self.blocks],
        }


def loads(data: bytes, path: str = "") -> Report:
    """The report that `dumps` wrote. Raises DocumentError for anything that is not one, a report of a later format included."""
    try:
        return from_record(Record.parse(data))
    except ValueError as error:
        raise DocumentError(f"{path or '输入'}: 不是成文的报告文件（*.report.json）：{error}") from error


def from_record(root: Record) -> Report:
    """The report that `as_dict` told. Raises ValueError for anything that is not one."""
    schema = root.whole("schema")
    if schema != SCHEMA:
        raise ValueError(f"格式版本 {schema}，此程序只读 {SCHEMA}")
    read = Report(
        blocks=tuple(_block(block) for block in root.records("blocks")),
        kind=root.text("kind"),
        organ=root.text("organ"),
        topic=root.text("topic"),
        period=Period.parse(root.text("period")) if root.given("period") else None,
        issued=root.day("issued") if root.given("issued") else None,
        brief=Brief.from_record(root.record("brief")) if root.given("brief") else None,
        profile=root.text("profile"),
        waivers=tuple(Waiver(w.text("code"), w.text("reason"), w.text("version")) for w in root.records("waivers")),
    )
    root.settle()
    return read


def _block_as_dict(block: Block) -> dict[str, Any]:
    plain: dict[str, Any] = {"type": block.type}
    if block.level:
        plain["level"] = block.level
    if block.number:
        plain["number"] = block.number
    if block.points:
        plain["points"] = [_point_as_dict(point) for point in block.points]
    else:
        plain["words"] = block.words
    return plain


def _point_as_dict(point: Point) -> dict[str, Any]:
    how = point.provenance
    return {
        "enumerator": point.enumerator,
        "gist": point.gist,
        "body": point.body,
        "facts": list(point.facts),
        "locked": point.locked,
        "provenance": {
            "origin": how.origin,
            "model": how.model,
            "prompt": how.prompt,
            "attempts": how.attempts,
            "problems": list(how.problems),
            "prompt_tokens": how.prompt_tokens,
            "completion_tokens": how.completion_tokens,
        },
    }


def _block(block: Record) -> Block:
    read = Block(
        block.choice("type", get_args(BlockType)),
        block.text("words", ""),
        block.whole("level", 0),
        block.text("number", ""),
        tuple(_point(point) for point in block.records("points")) if block.given("points") else (),
    )
    block.settle()
    return read


def _point(point: Record) -> Point:
    how = point.record("provenance")
    read = Point(
        body=point.text("body"),
        facts=point.texts("facts"),
        enumerator=point.text("enumerator"),
        gist=point.text("gist"),
        locked=point.flag("locked"),
        provenance=Provenance(
            how.choice("origin", get_args(Origin)),
            how.text("model"),
            how.text("prompt"),
            how.whole("attempts"),
            how.texts("problems"),
            how.whole("prompt_tokens"),
            how.whole("completion_tokens"),
        ),
    )
    how.settle()
    point.settle()
    return read
