"""Enumerators in running text: 一是…二是…三是 counted on (S106), none inside an item of the same kind (S107)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.numerals import han_value
from drafting.outline import han_number
from evals.chains import Chains, Link, follow
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

# 统一是, 之一是 and 第一是 are no enumerators: one stands at the head of a clause.
_ENUMERATOR = re.compile(
    r"(?:(?<=[。；，：！？;:,、）)”—…])|(?<=^))[ \t　]*(?P<value>[一二三四五六七八九十]{1,3})是(?!非)", re.MULTILINE
)
# What may stand for the first item of a chain that then goes on with 二是.
_FIRST = re.compile(r"首先|第一[，,、是]|其一|一要|一方面|一个是|一则|最重要的|最根本的")
# 存在的问题一是…，二是…: the first item goes on from the words before it.
_FIRST_WITHIN = re.compile(r"(?<![统之第唯])一是(?![否非])")
_NO_ITEM = 99
_REACH = 3
"""How many blocks back the first item may stand under another name."""


def chains(document: Examined) -> Chains:
    links = []
    scope = 0
    for index, block in enumerate(document.blocks):
        text = document.texts[index]
        if block.type == "heading":
            scope += 1
        elif "是" in text:
            links += [link for match in _ENUMERATOR.finditer(text) if (link := _link(match, text, index, scope))]
    return follow(
        links, lambda link, before: link.value == 2 and _begun_otherwise(document, link, before), lone_pairs=True
    )


def _link(match: re.Match[str], text: str, index: int, scope: int) -> Link | None:
    """None where the numeral is none that items have, nor the one behind it: 十四五是关键期."""
    start = match.start("value")
    value = int(han_value(match["value"]) or 0)
    if not 0 < value < _NO_ITEM:
        return None
    before = text[:start].rstrip()
    return Link(value, index, start, match.end(), opens=not before, scope=scope, after=before[-1:])


def _begun_otherwise(document: Examined, link: Link, before: Link | None) -> bool:
    """Does 首先 or the like stand between the chain's last link, or a few blocks back, and this one? Or 一是 amid the same paragraph?"""
    first = max(link.block - _REACH, before.block if before else 0, 0)
    for block in range(first, link.block + 1):
        start = before.end if before and before.block == block else 0
        end = link.start if block == link.block else len(document.texts[block])
        if _FIRST.search(document.texts[block], start, end):
            return True
    return _FIRST_WITHIN.search(document.texts[link.block], start, link.start) is not None


@rule(code="S106", name="“一是”链断裂", name_en="enumerators skip or repeat", severity="error", basis="practice")
def broken_enumeration(document: Examined) -> Iterator[Finding]:
    """Chains run across paragraphs; a heading ends what could still be gone on with but for the last list."""
    for broken in chains(document).breaks:
        here, due = f"{han_number(broken.link.value)}是", f"{han_number(broken.expected)}是"
        before = f"前一个是“{han_number(broken.before.value)}是”" if broken.before else "前面没有“一是”"
        what = "重复或倒退" if broken.kind == "repeat" else "跳号"
        yield broken_enumeration.finding(
            document,
            broken.link.block,
            broken.link.start,
            broken.link.end,
            f"“{here}”{what}：{before}",
            f"{here} {'repeats' if broken.kind == 'repeat' else 'skips'}; {due} was due",
            expected=due,
        )


@rule(
    code="S107",
    name="“一是”套“一是”",
    name_en="an enumeration inside an item of the same kind",
    severity="warning",
    basis="practice",
)
def nested_enumeration(document: Examined) -> Iterator[Finding]:
    for nesting in chains(document).nestings:
        outer = f"{han_number(nesting.outer.value)}是"
        yield nested_enumeration.finding(
            document,
            nesting.inner.block,
            nesting.inner.start,
            nesting.inner.end,
            f"“{outer}”里面又列“一是”，层次通常另用一种写法（如“（1）”）分开",
            f"an 一是 list inside the item {outer}; another kind of enumerator is usual there",
        )
