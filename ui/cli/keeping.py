"""What `chengwen workspace` does."""

from __future__ import annotations

import os
from pathlib import Path

from drafting.workspace import copying, integrity, users
from drafting.workspace import engine as engines
from drafting.workspace.integrity import Integrity
from drafting.workspace.location import locate
from drafting.workspace.tables import SCHEMA
from ui.cli import store


def init(*, who: str | None, workspace: str | None) -> None:
    """Makes the workspace and its first user; says who that is where it was there."""
    name = store.actor(who)
    with store.workspace(workspace, create=True) as opened:
        store.founded(opened, name)
        with opened.reading() as connection:
            count = len(users.all_users(connection))
    print(f"工作区 {opened.location}：{count} 个用户")


def verify(head: str, *, workspace: str | None) -> bool:
    """Prints what does not hold, by name, and the chain's head."""
    with store.workspace(workspace) as opened, opened.reading() as connection:
        found = integrity.verify(connection, head.strip().lower())
    for problem in found.problems:
        print(problem)
    print(_told(found))
    return found.sound


def back_up(file: Path, *, workspace: str | None) -> None:
    with store.workspace(workspace) as opened:
        found = copying.back_up(opened, file)
    print(f"→ {file}  {_told(found)}")


def restore(file: Path, *, who: str | None, workspace: str | None) -> None:
    """Replaces the workspace's content; what stood before is in a file that is named."""
    with store.workspace(workspace, create=True) as opened:
        done = copying.restore(opened, file, store.actor(who))
    print(f"已恢复 {file}  {_told(done.integrity)}\n恢复前的内容在 {done.before}")


def upgrade(*, workspace: str | None) -> None:
    location = locate(workspace, os.environ)
    backup = (location.path or Path("workspace.db")).with_name("workspace.before-upgrade.db")
    engine = engines.connect(location)
    try:
        age = copying.upgrade(engine, location, backup)
    finally:
        engine.dispose()
    if age == SCHEMA:
        print(f"工作区 {location} 已是格式 {SCHEMA}，不必升级")
    else:
        print(f"工作区 {location}：格式 {age} → {SCHEMA}，升级前的备份在 {backup}")


def _told(found: Integrity) -> str:
    verdict = "完好" if found.sound else f"不符 {len(found.problems)} 处"
    return f"{found.versions} 个版本，{found.entries} 条审计，{verdict}；链末端 {found.head}"
