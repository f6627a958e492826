"""The campus report as it goes out to Word and comes back, for tests."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from drafting import brief as briefs
from drafting import profiles
from drafting.changes import reworded
from drafting.documents import render
from drafting.documents.incoming import How, Incoming, incoming
from drafting.documents.tracked import revisions
from drafting.profile import Layout
from drafting.report import Block, Report
from drafting.writer import Writer
from tests.tracked_files import retyped, with_part
from tests.wordfiles import p, root

CASES = sorted((Path(__file__).parents[1] / "evals" / "cases").glob("*.brief.yaml"))
SHARED = Path(__file__).parents[1].parent / "shared" / "data" / "reports"
LAYOUTS = (Layout(), Layout(red_header=True, seal=True))


def drafted(case: Path) -> Report:
    brief = briefs.load(case).brief
    return asyncio.run(Writer(profiles.load(brief.kind), None).draft(brief))


CAMPUS = drafted(CASES[0])
"""Points F1 … F22: block 4 holds those of F1; F2, F3; F4; F5, block 6 those of F6 to F10."""


def exported(base: Report, layout: Layout = LAYOUTS[0]) -> bytes:
    return render(base, "docx", layout)


def back(base: Report, data: bytes, how: How = "accepted", *, force: bool = False) -> Incoming:
    return incoming(base, revisions(data), how, force=force)


def typed(*changes: tuple[str, str]) -> Incoming:
    """The campus report with text of it typed over in Word."""
    return back(CAMPUS, retyped(exported(CAMPUS), *changes))


def facts(block: Block) -> list[tuple[str, ...]]:
    return [point.facts for point in block.points]


def same_but(made: Report, base: Report, *blocks: int) -> bool:
    """Is every other block the base's own object?"""
    assert len(made.blocks) == len(base.blocks)
    return all(
        one is other for at, (one, other) in enumerate(zip(made.blocks, base.blocks, strict=True)) if at not in blocks
    )


def edited_campus() -> Report:
    texts = {
        2: ("扎实推进", "深入推进"),
        4: ("专题会议5次", "专题会议6次"),
        6: ("整改239处", "整改240处"),
        8: ("4.2万人次", "4.3万人次"),
    }
    blocks = list(CAMPUS.blocks)
    for at, (old, new) in texts.items():
        blocks[at] = reworded(blocks[at], blocks[at].text.replace(old, new), "imported")
    return replace(CAMPUS, blocks=tuple(blocks))


@st.composite
def edits_of(draw: st.DrawFn, base: Report) -> Report:
    """The report as people leave it: paragraphs dropped, put in, split, joined, typed over."""
    blocks = list(base.blocks)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(1, len(blocks) - 2))
        block, text = blocks[at], blocks[at].text
        match draw(st.sampled_from(["drop", "insert", "type", "split", "join"])):
            case "drop":
                del blocks[at]
            case "insert":
                blocks.insert(
                    at, Block("paragraph", draw(st.sampled_from(["新增检查3次。", "一是强化培训，组织培训5期。"])))
                )
            case "type" if block.type in ("paragraph", "lead", "outlook"):
                start = draw(st.integers(0, len(text)))
                stop = draw(st.integers(start, len(text)))
                words = text[:start] + draw(st.sampled_from(["甲乙", "5次", "，", ""])) + text[stop:]
                blocks[at] = reworded(block, words) if words else block
            case "split" if block.type == "paragraph" and len(text) > 3:
                cut = draw(st.integers(1, len(text) - 1))
                blocks[at : at + 1] = [Block("paragraph", text[:cut]), Block("paragraph", text[cut:])]
            case "join" if block.type == blocks[at + 1].type == "paragraph":
                blocks[at : at + 2] = [Block("paragraph", text + blocks[at + 1].text)]
    return replace(base, blocks=tuple(blocks))


def ranged(key: int, words: str) -> str:
    """The words within a run as those that a comment stands on."""
    start, end = f'<w:commentRangeStart w:id="{key}"/>', f'<w:commentRangeEnd w:id="{key}"/>'
    return f"</w:t></w:r>{start}<w:r><w:t>{words}</w:t></w:r>{end}<w:r><w:t>"


def with_comments(data: bytes, *texts: str) -> bytes:
    """The .docx with these comments, numbered from 1."""
    said = (f'<w:comment w:id="{at}" w:author="张三">{p(text)}</w:comment>' for at, text in enumerate(texts, 1))
    return with_part(data, "word/comments.xml", root("comments", "".join(said)))
