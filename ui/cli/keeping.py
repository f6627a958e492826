"""What `chengwen workspace` does."""

from __future__ import annotations

import os
from pathlib import Path

from drafting.errors import InputError, WorkspaceError
from drafting.workspace import backups, copying, integrity, lines, users
from drafting.workspace import engine as engines
from drafting.workspace.drill import drill as rehearsed
from drafting.workspace.integrity import Integrity
from drafting.workspace.location import locate
from drafting.workspace.retention import Retention
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


def digest(*, workspace: str | None) -> None:
    with store.workspace(workspace) as opened, opened.reading() as connection:
        print(lines.digest(connection))


def back_up(file: Path, folder: Path | None, keep: str, *, workspace: str | None) -> bool:
    """Into a file that somebody named."""
    if folder is not None or keep:
        raise InputError("写了备份文件名，就不能再写 --folder 或 --keep：那是给按时间命名的备份的")
    with store.workspace(workspace) as opened:
        found = copying.back_up(opened, file)
    print(f"→ {file}  {_told(found)}")
    return found.sound


def back_up_by_time(folder: Path | None, keep: str, *, workspace: str | None) -> bool:
    """Into a folder, under the time that it is now; tells how many older ones went."""
    retention = Retention.parse(keep) if keep else None
    with store.workspace(workspace) as opened:
        place = folder or backups.folder(opened.location)
        made = backups.make(opened, place, opened.clock(), retention)
    print(f"→ {made.path}  {_told(made.integrity)}")
    if retention is not None:
        kept = len(backups.found(place))
        print(f"删去旧备份 {len(made.deleted)} 份，留 {kept} 份" if made.integrity.sound else "不完好，旧备份都留着")
    return made.integrity.sound


def drill(file: Path | None, folder: Path | None, *, workspace: str | None) -> bool:
    """Tells in a line whether the backup can be restored to what it says it holds."""
    if file is not None and folder is not None:
        raise InputError("备份文件和 --folder 只能写一个")
    if file is None:
        file = backups.newest(folder or backups.folder(locate(workspace, os.environ))).path
    if not file.is_file():
        raise InputError(f"没有备份文件 {file}")
    try:
        done = rehearsed(file)
    except WorkspaceError as error:
        print(f"{file} 演练没有通过：{error}")
        return False
    if done.problem:
        print(f"{file} 演练没有通过：{done.problem}")
        return False
    print(f"{file} 演练通过：恢复出 {_told(done.integrity)}；内容摘要 {done.digest}，与备份所记一致")
    return True


def restore(file: Path, *, who: str | None, workspace: str | None) -> None:
    """Replaces the workspace's content; what stood before is in a file that is named."""
    with store.workspace(workspace, create=True) as opened:
        done = copying.restore(opened, file, store.actor(who))
    print(f"已恢复 {file}  {_told(done.integrity)}\n恢复前的内容在 {done.before}")


def upgrade(backup: Path | None, *, workspace: str | None) -> None:
    """Migrates a workspace; the copy of what stood before is at `backup`, or beside the workspace."""
    location = locate(workspace, os.environ)
    backup = backup or _unused((location.path or Path("workspace.db")).with_name("workspace.before-upgrade.db"))
    engine = engines.connect(location)
    try:
        age = copying.upgrade(engine, location, backup)
    finally:
        engine.dispose()
    if age == SCHEMA:
        print(f"工作区 {location} 已是格式 {SCHEMA}，不必升级")
    else:
        print(f"工作区 {location}：格式 {age} → {SCHEMA}，升级前的备份在 {backup}")


def revert(file: Path, *, workspace: str | None) -> None:
    """Undoes an upgrade with the backup that was made before it."""
    location = locate(workspace, os.environ)
    engine = engines.connect(location)
    try:
        done = copying.revert(engine, location, file)
    finally:
        engine.dispose()
    print(f"工作区 {location} 已退回格式 {done.age}，内容与 {file} 相同\n退回前的内容在 {done.before}")


def _unused(path: Path) -> Path:
    """That name, or with a number behind it where an earlier upgrade has left its copy there."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _told(found: Integrity) -> str:
    verdict = "完好" if found.sound else f"不符 {len(found.problems)} 处"
    return f"{found.versions} 个版本，{found.entries} 条审计，{verdict}；链末端 {found.head}"
