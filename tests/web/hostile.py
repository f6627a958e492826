"""A report in which every text that people can write is an attack on the page that shows it."""

from __future__ import annotations

from dataclasses import replace

from drafting.changes import reworded
from drafting.report import Report
from tests.builders import CLEAN, report

PAYLOADS = (
    "<img src=x onerror=window.pwned=1>",
    "${window.pwned=2}",
    "</script><script>window.pwned=3</script>",
    "{{constructor.constructor('window.pwned=4')()}}",
    "{{#each value}}<svg/onload=window.pwned=5>{{/each}}",
    '" onmouseover="window.pwned=6" x="',
    "' autofocus onfocus='window.pwned=7",
    "<style>*{display:none}</style>",
    "<a href=javascript:window.pwned=8>点这里</a>",
    "&lt;b&gt;&#60;i&#62;",
    "@children",
    "`${window.pwned=9}`",
    "<!--",
    "]]>",
)
ALL = "安全".join(PAYLOADS)


def hostile(extra: str = "") -> Report:
    """Its title, organ, headings and paragraphs; `extra` makes another version of it."""
    made = report(CLEAN, organ=f"恶意局{ALL}", topic=ALL, kind="special-report")
    blocks = [reworded(block, f"{block.text}{ALL}{extra}") for block in made.blocks]
    return replace(made, blocks=tuple(blocks))
