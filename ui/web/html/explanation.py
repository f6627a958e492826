"""The page of a rule as HTML: the little Markdown that these pages are written in, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,4}) +(.*)$")
_CODE = re.compile(r"`([^`]+)`")


def explanation(markdown: str) -> str:
    """Headings, paragraphs, fenced examples and code. Examples bear the class of their kind: `bad` or `good`."""
    at = 0
    parts: list[str] = []
    for fence in _FENCE.finditer(markdown):
        parts += _prose(markdown[at : fence.start()])
        kind = fence["kind"] if fence["kind"] in ("bad", "good") else "plain"
        parts.append(f'<pre class="{kind}">{escape(fence["text"].rstrip())}</pre>')
        at = fence.end()
    return f'<div class="explanation" lang="zh-CN">{"".join([*parts, *_prose(markdown[at:])])}</div>'


def _prose(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n{2,}", text.strip()):
        heading = _HEADING.match(paragraph)
        if heading:
            level = min(len(heading[1]) + 1, 5)
            yield f"<h{level}>{_inline(heading[2])}</h{level}>"
        elif paragraph.strip():
            yield f"<p>{_inline(paragraph)}</p>"


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))
