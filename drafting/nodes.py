"""YAML as nodes with positions: every scalar is the text that was written, and nothing but lists and mappings is built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from drafting import yaml_events
from drafting.complaints import Complaints
from drafting.syntax import explain
from drafting.textfile import forbidden_character, refuse_control_characters

MAX_DEPTH = 16
MAX_NODES = 50_000

# A line break that YAML folded to a space; Chinese text runs on without one.
_FOLDED_SPACE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef“”‘’—…·]) | (?=[\u2e80-\u9fff\uff00-\uffef“”‘’—…·])")
_CUT_BY_COMMENT = re.compile(r"[ \t]+#(?=[^\s#!])")
_SWALLOWED_ITEM = re.compile(r"\n[ \t]*-[ \t]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `plain` where it stood without quotes; `trap` says what YAML silently made of it that its author did not mean."""

    text: str
    line: int
    column: int
    plain: bool = True
    trap: str = ""

    @property
    def absent(self) -> bool:
        """Whether nothing was written: `key:`, `key: ""`, `key: ~` or `key: null`."""
        return not self.text or (self.plain and self.text in ("~", "null"))


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values in the file's order, doubled keys included."""

    entries: tuple[tuple[Node, Node], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


def parse(text: str, complaints: Complaints) -> Node | None:
    """The document's root, None for an empty file.

    Refused: anchors and aliases (they explode), tags (they construct), directives, a second document, control characters,
    nesting beyond `MAX_DEPTH` and more than `MAX_NODES` nodes. Events are read one by one, so that a hostile file is refused
    before a tree of it exists.
    """
    refuse_control_characters(text, complaints)
    root: Node | None = None
    open_: list[_Open] = []
    for count, event in enumerate(_events(text, complaints), start=1):
        if type(event).__name__ == "DocumentStartEvent" and root is not None:
            complaints.stop(event.start_mark.line + 1, 1, "一个文件只能有一份内容，请去掉多余的“---”")
        if count > MAX_NODES:
            complaints.stop(event.start_mark.line + 1, 0, f"内容超过 {MAX_NODES} 项，不像一份人写的文件")
        node = _node(event, open_, text, complaints)
        if node is not None and open_:
            open_[-1].children.append(node)
        elif node is not None:
            root = node
    complaints.settle()
    return root


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    line: int
    column: int
    children: list[Node] = field(default_factory=list)

    def sequence(self) -> Sequence:
        return Sequence(tuple(self.children), self.line, self.column)

    def mapping(self) -> Mapping:
        pairs = zip(self.children[::2], self.children[1::2], strict=True)
        return Mapping(tuple(pairs), self.line, self.column)


def _events(text: str, complaints: Complaints) -> Iterator[Any]:
    directive = re.search(r"^%", text, re.MULTILINE)
    if directive:
        complaints.stop(
            text.count("\n", 0, directive.start()) + 1, 1, "行首不能是“%”（YAML 指令不受支持）；如是正文请加引号"
        )
    try:
        yield from yaml_events.events(text, MAX_NODES)
    except MarkedYAMLError as error:
        complaints.stop(*explain(error, text))
    except YAMLError as error:
        complaints.stop(0, 0, f"YAML 语法有误：{str(error).splitlines()[0]}")


def _node(event: Any, open_: list[_Open], text: str, complaints: Complaints) -> Node | None:
    """The node that this event completes; None for an event that opens one or tells of the document."""
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    match type(event).__name__:
        case "AliasEvent":
            complaints.add(line, column, f"不支持 YAML 引用“*{event.anchor}”；如是正文，请给整条加引号")
            return Scalar("", line, column)
        case "ScalarEvent":
            _refuse_properties(event, complaints)
            return _scalar(event, text, complaints)
        case "SequenceStartEvent" | "MappingStartEvent":
            _refuse_properties(event, complaints)
            if len(open_) == MAX_DEPTH:
                complaints.stop(line, column, f"嵌套超过 {MAX_DEPTH} 层")
            open_.append(_Open(line, column))
        case "SequenceEndEvent":
            return open_.pop().sequence()
        case "MappingEndEvent":
            return open_.pop().mapping()
    return None


def _refuse_properties(event: Any, complaints: Complaints) -> None:
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    if event.anchor is not None:
        complaints.add(line, column, f"不支持 YAML 锚点“&{event.anchor}”；如是正文，请给整条加引号")
    if event.tag is not None:
        complaints.add(line, column, f"不支持 YAML 标签“{event.tag}”；如是正文，请给整条加引号")


def _scalar(event: Any, text: str, complaints: Complaints) -> Scalar:
    start, end = event.start_mark, event.end_mark
    line, column = start.line + 1, start.column + 1
    value = event.value
    code = forbidden_character(value)
    if code:
        complaints.add(line, column, f"含有控制字符 {code}，文字里不应有")
    if end.line > start.line:
        value = _FOLDED_SPACE.sub("", value)
    plain = not event.style
    return Scalar(value, line, column, plain, _trap(text, start.index, end.index) if plain else "")


def _trap(text: str, start: int, end: int) -> str:
    """What happens to unquoted text without a word from YAML: a “#” cuts it short, a wrongly indented item runs into it."""
    if _CUT_BY_COMMENT.match(text, end):
        return "“#”后的文字会当作注释略去；如是正文请给整条加引号，如是注释请在“#”后空一格"
    if _SWALLOWED_ITEM.search(text, start, end):
        return "下一行的“- ”缩进不齐，并进了这一条；同级各条请对齐"
    return ""
