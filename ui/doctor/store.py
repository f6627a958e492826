"""The workspace: whether it opens, its age, what it holds together, who can read it, when it was backed up."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from drafting.errors import WorkspaceError
from drafting.workspace import backups, integrity, schema
from drafting.workspace import engine as engines
from drafting.workspace.location import Location, locate
from drafting.workspace.tables import SCHEMA, audit
from ui.doctor.check import Asked, Check

_OVER_A_NETWORK = ("nfs", "cifs", "smb", "fuse.sshfs", "9p")
_OLD_BACKUP = timedelta(days=7)
_AHEAD = timedelta(minutes=10)


def workspace(asked: Asked) -> Iterator[Check]:
    place = locate(asked.workspace, asked.environ)
    if place.path is not None and not place.path.exists():
        yield Check("工作区", "skip", f"{place} 还没有建立", "chengwen workspace init，或直接开始用")
        return
    engine = engines.connect(place)
    try:
        with engines.reading(engine, place) as connection:
            age = schema.age(connection, place)
            if age is None:
                yield Check("工作区", "skip", f"{place} 是空的", "chengwen workspace init")
                return
            if age != SCHEMA:
                newer = age > SCHEMA
                todo = "请升级成文" if newer else "chengwen workspace upgrade（会先自动备份）"
                yield Check("工作区格式", "bad", f"{place} 的格式是 {age}，此程序用 {SCHEMA}", todo)
                return
            yield Check("工作区", "ok", f"{place}，格式 {age}")
            last = connection.execute(select(func.max(audit.c.at))).scalar()
            yield from _time_of(str(last or ""), asked.now)
            if place.path is None:
                version, at = connection.execute(text("SELECT version(), now()")).one()
                yield _server(str(version), at, asked.now)
            if asked.full:
                found = integrity.verify(connection)
                held = f"{found.versions} 个版本，{found.entries} 条审计"
                if found.sound:
                    yield Check("完整性", "ok", f"{held}，链末端 {found.head}")
                else:
                    todo = "chengwen workspace verify 列出全部；从备份恢复：chengwen workspace restore 文件"
                    yield Check("完整性", "bad", f"{held}，不符 {len(found.problems)} 处：{found.problems[0]}", todo)
            else:
                yield Check("完整性", "skip", "没有核验（写 --full 才核验全部版本和审计链）")
    except WorkspaceError as error:
        yield Check("工作区", "bad", str(error), "看地址、网络和数据库是否在运行；文件损坏时从备份恢复")
    finally:
        engine.dispose()


def _time_of(last: str, now: datetime) -> Iterator[Check]:
    """An entry from the future was written by a clock that was wrong, or this one is."""
    try:
        at = datetime.fromisoformat(last)
    except ValueError:
        return
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if at - now > _AHEAD:
        yield Check(
            "工作区里的时间", "bad", f"最后一条审计的时间是 {last}，在将来", "校准时钟；已写下的时间不能改，请记下此事"
        )


def _server(version: str, at: datetime, now: datetime) -> Check:
    name = " ".join(version.split()[:2])
    if abs(at - now) > _AHEAD:
        return Check(
            "数据库", "bad", f"{name}，它的时钟是 {at:%Y-%m-%d %H:%M:%S %Z}", "数据库与这台机器的时间不一致，请校准"
        )
    return Check("数据库", "ok", name)


def permissions(asked: Asked) -> Iterator[Check]:
    place = locate(asked.workspace, asked.environ)
    if place.path is None or not place.path.exists():
        return
    folder, key = place.path.parent, place.path.with_name("session.key")
    open_to_all = [
        one for one in (place.path, key) if one.exists() and one.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH)
    ]
    shut_in = not folder.stat().st_mode & (stat.S_IXOTH | stat.S_IROTH)
    owner = place.path.stat().st_uid
    if owner != os.getuid() and os.getuid() != 0:
        yield Check("权限", "bad", f"{place.path} 属于别的用户（uid {owner}）", "请以那个用户运行，或改属主（chown）")
    elif not os.access(place.path, os.W_OK) or not os.access(folder, os.W_OK):
        yield Check("权限", "bad", f"{place.path} 不能写", "文件和它的文件夹都要能写（chown、chmod u+w）")
    elif key in open_to_all:
        yield Check("权限", "bad", f"{key} 别人也能读", f"chmod 600 {key}")
    elif open_to_all and not shut_in:
        yield Check("权限", "warn", f"{place.path} 这台机器上的别人也能读", f"chmod 700 {folder}")
    else:
        yield Check("权限", "ok", str(folder))
    kind = _file_system(folder)
    if kind.startswith(_OVER_A_NETWORK):
        todo = "SQLite 的锁在网络文件系统上不可靠：放到本地盘，多台机器共用请改用 PostgreSQL"
        yield Check("文件系统", "bad", f"{folder} 在 {kind} 上", todo)


def _file_system(folder: Path) -> str:
    """The type of the longest mount above it; nothing where the machine does not tell."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()]
    except OSError:
        return ""
    whole = str(folder.resolve())
    above = [one for one in mounts if whole == one[1] or whole.startswith(one[1].rstrip("/") + "/")]
    return max(above, key=lambda one: len(one[1]))[2] if above else ""


def last_backup(asked: Asked) -> Iterator[Check]:
    place: Location = locate(asked.workspace, asked.environ)
    if place.path is not None and not place.path.exists():
        return
    folder = backups.folder(place)
    there = backups.found(folder)
    if not there:
        yield Check("备份", "warn", f"{folder} 里没有备份", "chengwen workspace backup --keep 3,7d,4w,12m，写进 cron")
        return
    age = asked.now - there[0].at.astimezone(UTC)
    if age > _OLD_BACKUP:
        yield Check("备份", "warn", f"最新的是 {age.days} 天前：{there[0].path}", "看定时备份是否还在运行")
    else:
        yield Check("备份", "ok", f"{len(there)} 份，最新 {there[0].path.name}；演练：chengwen workspace drill")
