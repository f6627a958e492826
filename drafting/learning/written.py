"""What was learned as a profile's YAML: readable, to be edited, with where each thing was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafting.brief import scalar
from drafting.learning.learned import Learned


def written(learned: Learned) -> str:
    """The profile as text that `profiles.loads` reads."""
    return "\n".join((*_lines(learned), ""))


def _lines(learned: Learned) -> Iterator[str]:
    base, style = learned.base, learned.style
    yield f"# 从范文学得的文种：{'、'.join(learned.sources)}。只学结构和写法，范文的事实、数字、日期和名称不在这里。"
    yield f"# 没有学到的沿用“{base.name}”（{base.kind}）。# 之后说明在哪里见到；可以改。"
    yield (
        f"# 每句 {style.sentence:.0f} 字，每部分 {style.points:.1f} 个要点、{style.section:.0f} 字，概括语 {style.gist:.1f} 字，"
        + (f"两段式标题占 {style.two_part:.0%}，每千字承接词 {style.connectives:.1f} 个")
    )
    yield f"kind: {base.kind}"
    yield f"name: {base.name}"
    yield f"title: {_quoted(base.title)}"
    yield f"lead:{_where(learned.lead.where)}"
    yield f"  - {_quoted(learned.lead.text)}"
    yield "sections:"
    yield f"  free: {_flag(base.free_sections)}"
    if learned.sections:
        yield "  known:" + (
            f"  # 另有 {learned.left_out} 个标题里是当次的主题或名称，没有学" if learned.left_out else ""
        )
    for section in learned.sections:
        yield f"    - name: {scalar(section.name)}  # {section.where}"
        yield f"      keywords: [{scalar(section.name)}]"
        if section.required:
            yield "      required: true"
    yield f"numbering: {_list(learned.numbering)}"
    yield "points:"
    yield f"  style: {learned.point_style}"
    yield f"  enumerators: {_list(learned.enumerators)}"
    yield f"  per_section: [{learned.points_per_section[0]}, {learned.points_per_section[1]}]"
    yield f"section_length: [{learned.section_length[0]}, {learned.section_length[1]}]"
    yield f"sentence_length: {round(learned.style.sentence)}"
    if learned.outlook.text:
        yield f"outlook:{_where(learned.outlook.where)}"
        yield f"  heading: {_quoted(base.outlook_heading)}"
        yield f"  formula: {_quoted(learned.outlook.text)}"
    yield f"requires: {_list(sorted(base.requires))}"
    yield "diction:"
    yield from (f"  - {scalar(line)}" for line in learned.diction)
    if base.set_phrases or learned.phrases:
        yield "set_phrases:"
        yield from (f"  - {scalar(phrase)}" for phrase in base.set_phrases)
        known = frozenset(base.set_phrases)
        yield from (
            f"  - {scalar(one.text)}  # {one.times} 处，如 {one.where}"
            for one in learned.phrases
            if one.text not in known
        )
    yield "layout:"
    yield f"  seal: {_flag(base.layout.seal)}"
    yield f"  red_header: {_flag(base.layout.red_header)}"
    if base.ignored_checks:
        yield "checks:"
        yield f"  ignore: {_list(base.ignored_checks)}"
    yield "review:"
    yield f"  levels: {base.review_levels}"
    if base.own_review:
        yield "  own: true"


def _where(where: str) -> str:
    return f"  # {where}" if where else ""


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(scalar(value) for value in values)}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
