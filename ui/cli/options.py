"""Options that many commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Workspace = Annotated[
    str | None,
    typer.Option(
        "--workspace",
        metavar="DIR|URL",
        help="工作区：文件夹，或 postgresql:// 地址；默认 CHENGWEN_WORKSPACE，否则这里的 .chengwen。",
    ),
]
Actor = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="以谁的名义；默认 CHENGWEN_USER，否则系统登录名。")
]
Output = Annotated[str, typer.Option(metavar="text|json", help="输出形式。")]
