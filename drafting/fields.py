"""Typed reading of YAML nodes: each value as what it should be, every complaint kept for the end."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from rapidfuzz import process

from drafting import nodes
from drafting.complaints import Complaints
from drafting.nodes import Node, Scalar

TEXT_LIMIT = 500
"""Characters of a text that is no fact: a name, a heading, a formula."""

_CLOSE_ENOUGH = 60
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_WIDE = r"\u2e80-\u9fff\uff00-\uffef“”‘’—…·"
# A run of white space that holds a line break, tried once, at its head, and taken whole: not again at each of its characters.
_BREAK = r"(?<!\s)(?=[^\S\n\r]*[\n\r])\s++"
_LINE_BREAK = re.compile(_BREAK)
_BREAK_BESIDE_CHINESE = re.compile(rf"(?<=[{_WIDE}]){_BREAK}|{_BREAK}(?=[{_WIDE}])")
# Copied along from web pages and chat windows; they print nothing and keep equal texts from being equal.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_WHOLE = re.compile(r"\d{1,9}")
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def one_line(text: str) -> str:
    """The text stripped, without invisible characters, its line breaks folded: to nothing beside Chinese, else to a space."""
    visible = _INVISIBLE.sub("", text).strip()
    return _LINE_BREAK.sub(" ", _BREAK_BESIDE_CHINESE.sub("", visible))


def day(text: str) -> date | None:
    """The day that 2024-07-05, 2024/7/5, 2024.7.5 or 2024年7月5日 names; None for anything else and for impossible days."""
    match = _DAY.fullmatch(re.sub(r"\s", "", text).translate(_FULL_WIDTH_DIGITS))
    if not match:
        return None
    year, month, day_ = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day_)
    except ValueError:
        return None


DAY_WANTED = "应是存在的日期，如 2024-07-05 或 2024年7月5日"


class Fields:
    """Reads nodes of one file. A value that cannot be read becomes a complaint and an empty value of its type.

    `what` names the value for the drafter: organ（发文机关）.
    """

    def __init__(self, complaints: Complaints) -> None:
        self.complaints = complaints

    def complain(self, node: Node, message: str) -> None:
        self.complaints.add(node.line, node.column, message)

    def mapping(
        self, node: Node, what: str, known: Mapping[str, str], required: Collection[str] = ()
    ) -> dict[str, Node]:
        """The values by key; `known` gives each key its Chinese name. Keys without a value are left out."""
        if not isinstance(node, nodes.Mapping):
            self.complain(node, f"{what}应是“键: 值”，这里是{_form(node)}")
            return {}
        found: dict[str, Node] = {}
        places: dict[str, Node] = {}
        for key, value in node.entries:
            name = self._key(key, what, known)
            if name in places:
                first = places[name]
                self.complain(key, f"键 {name} 重复，第 {first.line} 行第 {first.column} 列已经写过")
            elif name:
                places[name] = key
                found[name] = value
        for name in required:
            if name not in found:
                self.complain(node, f"{what}缺少 {name}（{known[name]}）")
            elif _absent(found[name]):
                self.complain(places[name], f"{name}（{known[name]}）后没有内容")
        return {name: value for name, value in found.items() if not _absent(value)}

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        if node is None:
            return ()
        if isinstance(node, nodes.Sequence):
            return node.items
        self.complain(node, f"{what}应是列表，每条以“- ”开头，这里是{_form(node)}")
        return ()

    def text(self, node: Node | None, what: str, limit: int = TEXT_LIMIT) -> str:
        """One line of text, "" where there is none."""
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.complain(node, _not_a_text(node, what))
            return ""
        text = one_line(node.text)
        if node.trap:
            self.complain(node, node.trap)
        elif not text:
            self.complain(node, f"{what}是空的")
        elif len(text) > limit:
            self.complain(node, f"{what}有 {len(text)} 字，超过上限 {limit} 字")
        return text

    def texts(self, node: Node | None, what: str, limit: int = TEXT_LIMIT) -> tuple[str, ...]:
        return tuple(filter(None, (self.text(item, f"{what}的一条", limit) for item in self.items(node, what))))

    def date(self, node: Node | None, what: str) -> date | None:
        text = self.text(node, what)
        found = day(text)
        if node is not None and text and found is None:
            self.complain(node, f"{what}“{text}”{DAY_WANTED}")
        return found

    def choice(self, node: Node | None, what: str, among: Sequence[str]) -> str:
        text = self.text(node, what)
        if node is not None and text and text not in among:
            self.complain(node, f"{what}“{text}”应是 {'、'.join(among)} 之一")
            return ""
        return text

    def whole(self, node: Node, what: str) -> int:
        text = self.text(node, what)
        if text and not _WHOLE.fullmatch(text):
            self.complain(node, f"{what}“{text}”应是不小于 0 的整数")
            return 0
        return int(text or 0)

    def decimal(self, node: Node, what: str, least: float, most: float) -> float:
        text = self.text(node, what)
        if not text:
            return least
        if not _DECIMAL.fullmatch(text) or not least <= float(text) <= most:
            self.complain(node, f"{what}“{text}”应是 {least:g} 到 {most:g} 之间的数")
            return least
        return float(text)

    def flag(self, node: Node, what: str) -> bool:
        text = self.text(node, what).lower()
        if text and text not in _FLAGS:
            self.complain(node, f"{what}“{text}”应是 true 或 false")
        return _FLAGS.get(text, False)

    def span(self, node: Node | None, what: str) -> tuple[int, int]:
        """An inclusive range, written [least, most]."""
        if node is None:
            return (0, 0)
        ends = self.items(node, what)
        if len(ends) != 2:
            self.complain(node, f"{what}应写作 [最少, 最多] 两个整数")
            return (0, 0)
        least, most = (self.whole(end, what) for end in ends)
        if least > most:
            self.complain(node, f"{what}的最少 {least} 大于最多 {most}")
        return (least, most)

    def _key(self, key: Node, what: str, known: Mapping[str, str]) -> str:
        if not isinstance(key, Scalar):
            self.complain(key, f"{what}的键应是文字，这里是{_form(key)}")
            return ""
        if key.text in known:
            return key.text
        self.complain(
            key, f"{what}里没有键“{_shortened(key.text)}”{_suggestion(key.text, known)}；可用：{'、'.join(known)}"
        )
        return ""


def _absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.absent


def _suggestion(key: str, known: Mapping[str, str]) -> str:
    """What the key was probably meant to be, by its spelling or by its Chinese name."""
    spellings = {name: name for name in known} | {meaning: name for name, meaning in known.items()}
    closest = process.extractOne(key.strip().lower(), spellings.keys(), score_cutoff=_CLOSE_ENOUGH)
    return f"，是否应为 {spellings[closest[0]]}" if closest else ""


def _form(node: Node) -> str:
    match node:
        case nodes.Mapping():
            return "“键: 值”"
        case nodes.Sequence():
            return "列表"
    return f"文字“{_shortened(node.text)}”" if node.text else "空的"


def _not_a_text(node: nodes.Mapping | nodes.Sequence, what: str) -> str:
    match node:
        case nodes.Mapping(entries=((Scalar(text=key), Scalar(text=value)),)) if value:
            written = _shortened(f"{key}: {value}")
            return f"{what}应是文字，“{written}”里有“: ”，被 YAML 当成了键和值；请给整条加引号"
    return f"{what}应是文字，这里是{_form(node)}；文字以“[”“{{”开头或含“: ”时请给整条加引号"


def _shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 30 else line[:29] + "…"
