"""Profiles as files: the kinds that are shipped, and any that a path names, read and checked."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from string import Formatter
from typing import Any, cast, get_args

from drafting import nodes, textfile
from drafting.canonical import fingerprint
from drafting.complaints import Complaints
from drafting.errors import ProfileError
from drafting.fields import Fields
from drafting.nodes import Node
from drafting.profile import Layout, Part, PointStyle, Profile, SectionRule

SLOTS = ("organ", "period", "topic", "name", "themes", "items", "next_period")

_KEYS = {
    "kind": "文种代号",
    "name": "文种名称",
    "title": "标题公式",
    "lead": "导语公式",
    "sections": "各部分",
    "numbering": "各级序号",
    "points": "要点",
    "section_length": "每部分字数",
    "sentence_length": "每句字数",
    "outlook": "下一步打算",
    "requires": "必备要素",
    "diction": "用语要求",
    "set_phrases": "惯用语",
    "layout": "版式",
    "checks": "校核设置",
    "review": "审核",
}
_REQUIRED = ("kind", "name", "title", "lead", "sections", "numbering", "points", "section_length", "requires")
_SECTIONS = {"free": "可否自拟标题", "known": "已知的部分"}
_SECTION = {"name": "名称", "keywords": "标题用词", "required": "是否必备"}
_POINTS = {"style": "写法", "enumerators": "序词", "per_section": "每部分要点数"}
_CHECKS = {"ignore": "不查的规则"}
_REVIEW = {"levels": "审核级数", "own": "可否自拟自审"}
_LEVELS = (1, 3)
_NOT_WORDING = ("ignored_checks", "review_levels", "own_review", "path")
_CODE = re.compile(r"[A-Z]\d{0,3}")
_SUFFIXES = (".yaml", ".yml")
_OUTLOOK = {"heading": "标题", "formula": "公式"}
_POINTS_OF_PITCH = (10, 60)
_LAYOUT = {
    "title_font": "标题字体",
    "body_font": "正文字体",
    "heading_font": "一级标题字体",
    "subheading_font": "二级标题字体",
    "number_font": "页码字体",
    "line_pitch": "行距（磅）",
    "seal": "是否加盖印章",
    "red_header": "是否红头",
    "page_numbers": "是否编页码",
}


@cache
def known() -> tuple[str, ...]:
    """The kinds that are shipped, in the alphabet's order."""
    shipped = files("prompts") / "profiles"
    names = (PurePosixPath(entry.name) for entry in shipped.iterdir())
    return tuple(sorted(name.stem for name in names if name.suffix == ".yaml"))


def identify(kind_or_path: str, base: Path | None = None) -> str:
    """The kind that is meant: an id, the id of a Chinese name (专题报告), or the path of a profile as it was written.

    A relative path is looked up from `base`, the folder of the file that names it. Raises ProfileError where there is no such thing.
    """
    if kind_or_path in known():
        return kind_or_path
    if _is_path(kind_or_path):
        if not kind_or_path.lower().endswith(_SUFFIXES):
            raise ProfileError(f"文种文件的名称应以 .yaml 结尾：{kind_or_path}")
        if not _located(kind_or_path, base).is_file():
            raise ProfileError(f"没有这个文种文件：{kind_or_path}")
        return kind_or_path
    for kind in known():
        if load(kind).name == kind_or_path:
            return kind
    choices = "、".join(f"{kind}（{load(kind).name}）" for kind in known())
    raise ProfileError(f"没有文种“{kind_or_path}”，可用：{choices}，或写一个 .yaml 文件的路径")


def identify_shipped(kind_or_name: str, _: Path | None = None) -> str:
    """The shipped kind of that id or Chinese name: what somebody sends over the network names no file here. Raises ProfileError."""
    for kind in known():
        if kind_or_name in (kind, load(kind).name):
            return kind
    raise ProfileError(f"没有文种“{kind_or_name[:60]}”，可用：{'、'.join(load(kind).name for kind in known())}")


def reference(kind_or_path: str, folder: Path) -> str:
    """How a file in `folder` names the kind that is meant here: a path is turned so that it leads there from that folder."""
    identified = identify(kind_or_path)
    if not _is_path(identified):
        return identified
    return Path(os.path.relpath(identified, folder)).as_posix()


def load(kind_or_path: str, base: Path | None = None) -> Profile:
    """The profile of a kind, of its Chinese name, or at a path. Raises ProfileError with everything that is wrong with it."""
    if kind_or_path in known():
        return _shipped(kind_or_path)
    identified = identify(kind_or_path, base)
    if not _is_path(identified):
        return _shipped(identified)
    path = _located(identified, base)
    complaints = Complaints(str(path), ProfileError)
    return loads(textfile.read(path, complaints).text, str(path))


def load_if_any(kind_or_path: str, base: Path | None = None) -> Profile | None:
    """The profile; None where none is named, or it cannot be found or read from here."""
    try:
        return load(kind_or_path, base) if kind_or_path else None
    except ProfileError:
        return None


def loads(text: str, path: str) -> Profile:
    """The profile that the text of the file at `path` tells."""
    complaints = Complaints(path, ProfileError)
    root = nodes.parse(text, complaints)
    if root is None:
        complaints.stop(1, 1, "文种文件是空的")
    profile = _ProfileReader(complaints).read(root)
    complaints.settle()
    content = asdict(profile) | {"requires": sorted(profile.requires)}
    for name in _NOT_WORDING:
        del content[name]
    if not profile.sentence_length:  # what a kind does not say is no part of what it says
        del content["sentence_length"]
    return replace(profile, fingerprint=fingerprint(content), path=path)


@cache
def _shipped(kind: str) -> Profile:
    file = files("prompts") / "profiles" / f"{kind}.yaml"
    return loads(file.read_text(encoding="utf-8"), f"prompts/profiles/{kind}.yaml")


def _is_path(kind: str) -> bool:
    return "/" in kind or "\\" in kind or kind.lower().endswith(_SUFFIXES)


def _located(path: str, base: Path | None) -> Path:
    return (base or Path()) / path


class _ProfileReader(Fields):
    """One profile's file, key by key."""

    def read(self, root: Node) -> Profile:
        found = self.mapping(root, "文种", _KEYS, _REQUIRED)
        points = self.mapping(found["points"], "points", _POINTS, ("style", "per_section")) if "points" in found else {}
        outlook = self.mapping(found["outlook"], "outlook", _OUTLOOK) if "outlook" in found else {}
        free, rules = self._sections(found.get("sections"))
        profile = Profile(
            kind=self._kind(found.get("kind")),
            name=self.text(found.get("name"), "name"),
            title=self._formula(found.get("title"), "title"),
            lead=tuple(self._formula(item, "lead") for item in self.items(found.get("lead"), "lead")),
            sections=rules,
            free_sections=free,
            numbering=self.texts(found.get("numbering"), "numbering"),
            point_style=cast(PointStyle, self.choice(points.get("style"), "style", get_args(PointStyle))),
            enumerators=self.texts(points.get("enumerators"), "enumerators"),
            points_per_section=self.span(points.get("per_section"), "per_section"),
            section_length=self.span(found.get("section_length"), "section_length"),
            outlook_heading=self.text(outlook.get("heading"), "heading"),
            outlook_formula=self._formula(outlook.get("formula"), "formula"),
            requires=self._requires(found.get("requires")),
            diction=self.texts(found.get("diction"), "diction"),
            set_phrases=self.texts(found.get("set_phrases"), "set_phrases"),
            sentence_length=self.whole(found["sentence_length"], "sentence_length")
            if "sentence_length" in found
            else 0,
            layout=self._layout(found.get("layout")),
            ignored_checks=self._ignored(found.get("checks")),
        )
        profile = self._reviewed(profile, found.get("review"))
        self._agree(profile, root, found, points)
        return profile

    def _agree(self, profile: Profile, root: Node, found: dict[str, Node], points: dict[str, Node]) -> None:
        """What no single key can be wrong about."""
        for key, value in (("lead", profile.lead), ("numbering", profile.numbering)):
            if key in found and not value:
                self.complain(found[key], f"{key}（{_KEYS[key]}）至少要有一条")
        if profile.point_style in ("enumerated", "headed"):
            count = len(set(profile.enumerators))
            if count < max(1, profile.points_per_section[1]):
                self.complain(
                    points["style"],
                    f"{profile.point_style} 至少要有 {profile.points_per_section[1]} 个不同的序词（enumerators）",
                )
        if "outlook" in profile.requires and not profile.outlook_formula:
            self.complain(found.get("outlook", root), "requires 里有 outlook，却没有 outlook 的公式（formula）")
        if not profile.free_sections and not profile.sections and "sections" in found:
            self.complain(found["sections"], "不可自拟标题（free: false）时，known 至少要有一个部分")

    def _kind(self, node: Node | None) -> str:
        kind = self.text(node, "kind")
        if (
            node is not None
            and kind
            and not (kind.isascii() and kind.replace("-", "").isalnum() and kind == kind.lower())
        ):
            self.complain(node, f"kind“{kind}”应由小写字母、数字和连字符组成，如 special-report")
        return kind

    def _formula(self, node: Node | None, what: str) -> str:
        formula = self.text(node, what)
        if node is None or not formula:
            return formula
        try:
            parts = [
                (slot, spec, conversion) for _, slot, spec, conversion in Formatter().parse(formula) if slot is not None
            ]
        except ValueError:
            self.complain(node, f"{what} 的花括号不成对；要印出花括号请写两个")
            return formula
        for slot, spec, conversion in parts:
            if slot not in SLOTS or spec or conversion:
                self.complain(
                    node, f"{what} 里没有“{{{slot}}}”这个空，可用：{'、'.join(f'{{{name}}}' for name in SLOTS)}"
                )
        return formula

    def _sections(self, node: Node | None) -> tuple[bool, tuple[SectionRule, ...]]:
        if node is None:
            return True, ()
        found = self.mapping(node, "sections", _SECTIONS, ("free",))
        rules: list[SectionRule] = []
        for item in self.items(found.get("known"), "known"):
            rule = self._section(item)
            if any(rule.name == other.name for other in rules):
                self.complain(item, f"部分“{rule.name}”重复")
            rules.append(rule)
        return ("free" not in found or self.flag(found["free"], "free")), tuple(rules)

    def _section(self, node: Node) -> SectionRule:
        found = self.mapping(node, "known 的一条", _SECTION, ("name", "keywords"))
        keywords = self.texts(found.get("keywords"), "keywords")
        if "keywords" in found and not keywords:
            self.complain(found["keywords"], "keywords（标题用词）至少要有一个")
        required = "required" in found and self.flag(found["required"], "required")
        return SectionRule(self.text(found.get("name"), "name"), keywords, required)

    def _requires(self, node: Node | None) -> frozenset[Part]:
        parts = (self.choice(item, "requires 的一条", get_args(Part)) for item in self.items(node, "requires"))
        return frozenset(cast(Part, part) for part in parts if part)

    def _ignored(self, node: Node | None) -> tuple[str, ...]:
        """Codes by their form alone: which rules there are is not known here."""
        if node is None:
            return ()
        ignored = self.mapping(node, "checks", _CHECKS).get("ignore")
        codes = tuple(code.upper() for code in self.texts(ignored, "ignore"))
        for code in codes:
            if ignored is not None and not _CODE.fullmatch(code):
                self.complain(ignored, f"ignore 里的“{code}”不是规则代码；代码如 Y705，或其开头如 Y7")
        return codes

    def _reviewed(self, profile: Profile, node: Node | None) -> Profile:
        if node is None:
            return profile
        found = self.mapping(node, "review", _REVIEW)
        levels, own = profile.review_levels, profile.own_review
        if "levels" in found:
            levels = self.whole(found["levels"], "levels")
            if not _LEVELS[0] <= levels <= _LEVELS[1]:
                self.complain(found["levels"], "levels（审核级数）应为 1 至 3")
        if "own" in found:
            own = self.flag(found["own"], "own")
        return replace(profile, review_levels=levels, own_review=own)

    def _layout(self, node: Node | None) -> Layout:
        if node is None:
            return Layout()
        found = self.mapping(node, "layout", _LAYOUT)
        settings: dict[str, Any] = {}
        for setting in fields(Layout):
            if setting.name in found:
                settings[setting.name] = self._setting(found[setting.name], setting.name, setting.default)
        return Layout(**settings)

    def _setting(self, node: Node, name: str, default: object) -> str | float | bool:
        """The value, of its default's type."""
        if isinstance(default, bool):
            return self.flag(node, name)
        if isinstance(default, float):
            return self.decimal(node, name, *_POINTS_OF_PITCH)
        return self.text(node, name)
