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
    "<svg><script>window.pwned=10</script></svg>",
    "<svg/onload=window.pwned=11>",
    "<iframe srcdoc='<script>parent.pwned=12</script>'>",
    "<object data=javascript:window.pwned=13>",
    "<embed src=javascript:window.pwned=14>",
    "<math><mtext><img src=x onerror=window.pwned=15></mtext></math>",
    "<details open ontoggle=window.pwned=16>",
    "<video><source onerror=window.pwned=17></video>",
    "<form action=javascript:window.pwned=18><button>按</button></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<img src=https://evil.example/x.png>",
    "[点](javascript:window.pwned=19)",
    "![图](https://evil.example/x.png)",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=20>'>",
    "<template><script>window.pwned=21</script></template>",
    "<a href='data:text/html,<script>opener.pwned=22</script>'>看</a>",
    "<textarea></textarea><script>window.pwned=23</script>",
    "</title><script>window.pwned=24</script>",
    "</textarea><img src=x onerror=window.pwned=25>",
    "\\u003cscript\\u003ewindow.pwned=26\\u003c/script\\u003e",
    "%3Cscript%3Ewindow.pwned=27%3C/script%3E",
    "{{7*7}}#{7*7}<%= 7*7 %>",
    "__proto__",
    "=HYPERLINK('https://evil.example')",
    "../../etc/passwd",
    "C:\\\\..\\\\secret",
    "'; DROP TABLE users; --",
    "\u202e倒写\u202c",
    "零\u200b宽\ufeff",
    "<x onclick=window.pwned=28 style=position:fixed;inset:0>遮住</x>",
)
ALL = "安全".join(PAYLOADS)


def hostile(extra: str = "") -> Report:
    """Its title, organ, headings and paragraphs; `extra` makes another version of it."""
    made = report(CLEAN, organ=f"恶意局{ALL}", topic=ALL, kind="special-report")
    blocks = [reworded(block, f"{block.text}{ALL}{extra}") for block in made.blocks]
    return replace(made, blocks=tuple(blocks))
