"""What `chengwen serve` does: open the workspace, see that somebody can log in, listen until it is told to stop."""

from __future__ import annotations

import errno
import os
import socket
import sys

from drafting.errors import InputError
from drafting.workspace.workspace import Workspace
from ui import garbage
from ui.cli import store
from ui.cli.system_errors import said
from ui.watching import logs
from ui.web import accounts, settings, signing_key
from ui.web.login import logins
from ui.web.login.logins import LoginSettings
from ui.web.settings import Settings


def run(host: str, port: int, *, workspace: str | None) -> None:
    """Serves until Ctrl-C. Raises InputError for an address that cannot be listened on, WorkspaceError for a workspace that cannot be opened."""
    chosen = settings.from_environment(host, port, os.environ)
    logs.settle(os.environ)
    login = logins.from_environment(os.environ, chosen)
    with _listening(host, port) as listener, store.workspace(workspace, create=True) as opened:
        key = signing_key.signing_key(opened.location, os.environ)
        tell(chosen, keyed=key is not None)
        _give_first_password(opened)
        _serve(opened, chosen, listener, key, login)


def _listening(host: str, port: int) -> socket.socket:
    """The socket, bound before anything is made: a port that is taken is told at once."""
    if not 0 <= port <= 65535:
        raise InputError(f"--port 应为 0 至 65535，不能是 {port}")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise InputError(f"--host {host} 不是这台机器认识的地址") from None
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise InputError(f"不能在 {host}:{port} 监听：{_why(error)}") from None
    return listener


def _why(error: OSError) -> str:
    told = {
        errno.EADDRINUSE: "端口已被占用，用 --port 换一个，或先停掉占用它的程序",
        errno.EADDRNOTAVAIL: "这台机器没有这个地址",
        errno.EACCES: "没有权限，1024 以下的端口须由管理员开",
    }
    return told.get(error.errno or 0) or said(error)


def tell(chosen: Settings, *, keyed: bool) -> None:
    """Says on stderr, a line each, what whoever starts the server must know."""
    if not chosen.loopback and not chosen.secure:
        _say(
            f"注意：{chosen.host} 可从别的机器访问，而且没有加密，密码会明文经过网络；"
            f"请放在 https 代理之后，并设 {settings.URL}=https://…"
        )
    if not keyed:
        _say(f"注意：没有设 {signing_key.VARIABLE}，重新启动后所有人须重新登录")


def _give_first_password(opened: Workspace) -> None:
    given = accounts.first_administrator(opened, store.actor(None))
    if given:
        _say(f"管理员 {given[0]} 的一次性密码：{given[1]}（只显示这一次，首次登录后须修改）")


def _serve(
    opened: Workspace, chosen: Settings, listener: socket.socket, key: bytes | None, login: LoginSettings
) -> None:
    garbage.wait()
    import uvicorn

    from ui.web.app import application

    served = application(
        opened, chosen, key=key, login=login
    )  # Gradio's import takes seconds: what had to be said has been said
    config = uvicorn.Config(
        served,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(chosen.url),
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_graceful_shutdown=3,
        ws="none",
    )
    name, port = listener.getsockname()[:2]
    shown = f"[{name}]" if ":" in name else name
    _say(f"→ {chosen.url or f'http://{shown}:{port}/'}　按 Ctrl-C 停止")
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        _say("已停止")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
