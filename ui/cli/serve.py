"""`chengwen serve`: the pages in the browser."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from ui.cli.options import Workspace

_EXTRA = ("gradio", "fastapi", "uvicorn", "argon2", "itsdangerous", "authlib", "ldap3")


def serve(
    host: Annotated[
        str,
        typer.Option(metavar="HOST", envvar="CHENGWEN_HOST", show_envvar=False, help="监听的地址；默认只有本机能连。"),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", envvar="CHENGWEN_PORT", show_envvar=False, help="端口。")] = 7860,
    workspace: Workspace = None,
) -> None:
    """网页：启动浏览器界面。首次启动时给管理员一个一次性密码。"""
    _require_extra()
    from ui.cli import serving

    serving.run(host, port, workspace=workspace)


def _require_extra() -> None:
    """Raises InputError where what the pages need is not installed, before anything is made or asked for."""
    lacking = next((name for name in _EXTRA if not find_spec(name)), None)
    if lacking:
        from drafting.errors import InputError

        raise InputError(f"网页界面须先安装 ui 扩展：pip install 'chengwen[ui]'（缺 {lacking}）")
