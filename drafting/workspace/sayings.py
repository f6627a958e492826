"""What the databases' own errors mean, in the user's words."""

from __future__ import annotations

import re
import sqlite3

from sqlalchemy.exc import DBAPIError

PATIENCE = 30
"""Seconds that a write waits for another one."""

_WAITED = f"正被别的程序写，等了 {PATIENCE} 秒仍未轮到，请稍后再试"
_FULL = "所在的磁盘已满，没有写下"
_SQLITE = {
    "SQLITE_READONLY": "只读，无法写入",
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": "读写失败，请看磁盘是否已满或损坏",
    "SQLITE_CANTOPEN": "打不开，请看文件夹在不在、能不能写",
    "SQLITE_PERM": "没有权限",
    "SQLITE_AUTH": "没有权限",
    "SQLITE_BUSY": _WAITED,
    "SQLITE_LOCKED": "正被别的程序写，请稍后再试",
    "SQLITE_NOTADB": "不是成文的工作区",
    "SQLITE_CORRUPT": "文件已损坏，请把它移开，再用 chengwen workspace restore 从备份恢复",
}
_STATES = {
    "55P03": _WAITED,
    "53100": _FULL,
    "53300": "PostgreSQL 的连接已用完，请稍后再试",
    "25006": "只读，无法写入",
    "42501": "没有权限，请数据库管理员授权",
    "28": "用户名或密码不对",
    "3D000": "没有这个数据库，请数据库管理员先建立",
    "25P03": "写到一半停得太久，被 PostgreSQL 结束，没有写下",
    "57": "被 PostgreSQL 中断，没有写完的不留下，请再试",
    "08": "与 PostgreSQL 的连接断了，没有写完的不留下，请再试",
    "XX001": "数据已损坏，请从备份恢复",
}
"""By SQLSTATE or its class (PostgreSQL's appendix A)."""

_CONNECTING = (
    (r"password authentication failed|no password supplied|role .* does not exist", "用户名或密码不对"),
    (r"database .* does not exist", "没有这个数据库，请数据库管理员先建立"),
    (r"too many (clients|connections)|remaining connection slots", "PostgreSQL 的连接已用完，请稍后再试"),
    (
        r"refused|No such file|not known|resolve|[Tt]imed? ?out|unreachable|No route",
        "连不上 PostgreSQL，请看地址对不对、服务开没开",
    ),
    (r"starting up|shutting down|recovery", "PostgreSQL 正在启动或停止，请稍后再试"),
    (r"pg_hba|SSL|certificate", "PostgreSQL 不接受这样的连接，请数据库管理员看认证设置"),
    (r"closed|terminat|lost|reset", "与 PostgreSQL 的连接断了，没有写完的不留下，请再试"),
)
"""By libpq's words where there was no server yet to give a SQLSTATE."""


def said(error: DBAPIError) -> str:
    """What went wrong, in one line without a password."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "") or ""
        return next((told for code, told in _SQLITE.items() if name.startswith(code)), f"数据库出错（{_line(cause)}）")
    state = getattr(cause, "sqlstate", None) or ""
    by_state = _STATES.get(state) or _STATES.get(state[:2])
    if by_state:
        return by_state
    words = str(cause)
    return next((told for form, told in _CONNECTING if re.search(form, words)), f"数据库出错（{_line(cause)}）")


def _line(cause: BaseException | None) -> str:
    return str(cause).strip().partition("\n")[0]
