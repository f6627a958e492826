"""From the release before to this one: the workspaces come along, or everything is as it was; in SQLite and in PostgreSQL.

The release before is a commit of this repository whose tables are three migrations older.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from drafting.workspace.location import locate
from tests import bundles
from tests.bundles import ROOT, install, memory
from tests.test_workspace_upgrade import tables
from tests.workspaces import database

__all__ = ["memory"]

BEFORE = "43f821cc4e576ccdd445accfcbb6f4ecd290d4bd"
_BRIEF = ROOT / "evals/cases/campus-2024h1.brief.yaml"
_SPOILS = "    op.execute(\"UPDATE audit SET who = '别人' WHERE number = 3\")\n"
"""A migration that damages what is there: it passes by itself, and the check after it does not."""


@dataclass(frozen=True)
class Site:
    """The release before, installed, and two workspaces that it has filled; `bundle` is today's."""

    prefix: Path
    bundle: Path
    house: Path
    folder: Path
    places: dict[str, str]

    def chengwen(self, *words: str | Path, version: str = "", at: str = "") -> subprocess.CompletedProcess[str]:
        """A version's program: the one in use unless one is named."""
        program = self.prefix / "versions" / version / "bin/chengwen" if version else self.prefix / "bin/chengwen"
        environ = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "CHENGWEN_USER": "张三"}
        return subprocess.run(
            [program, *map(str, words)],
            capture_output=True,
            text=True,
            env={**environ, **({"CHENGWEN_WORKSPACE": at} if at else {})},
        )

    @property
    def current(self) -> str:
        return (self.prefix / "current").readlink().name

    def rows(self) -> list[dict[str, list[tuple[object, ...]]]]:
        return [tables(locate(place, {})) for place in self.places.values()]

    def upgrade(self, bundle: Path, *words: str) -> subprocess.CompletedProcess[str]:
        named = [word for place in self.places.values() for word in ("--workspace", place)]
        return install(bundle, "upgrade", "--prefix", self.prefix, "--no-link", *named, *words)


@dataclass(frozen=True)
class Tried:
    """An upgrade, and the rows of both workspaces before and after it."""

    done: subprocess.CompletedProcess[str]
    before: list[dict[str, list[tuple[object, ...]]]]
    after: list[dict[str, list[tuple[object, ...]]]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, memory: Path, server: str) -> Site:
    if subprocess.run(["git", "cat-file", "-e", BEFORE], cwd=ROOT, capture_output=True).returncode:
        pytest.skip(f"this clone does not reach back to {BEFORE[:7]}: an upgrade from it is not tested")
    today = bundles.today(tmp_path_factory.mktemp("today"))
    folder = tmp_path_factory.mktemp("site")
    source = folder / "before"
    source.mkdir()
    archived = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", source], input=archived, check=True)
    before = bundles.unpack(bundles.make(folder / "made", today.house, source), folder / "bundle-before")
    url = database(server).url.replace("+psycopg", "")
    site = Site(
        memory / "成文", today.folder, today.house, folder, {"sqlite": str(folder / "工作区"), "postgresql": url}
    )
    done = install(before, "--prefix", site.prefix, "--no-link")
    assert done.returncode == 0, done.stderr
    briefs = folder / "提纲"
    briefs.mkdir()
    for organ in ("县教育局", "市教育局", "区教育局"):
        text = re.sub("^organ: .*", f"organ: {organ}", _BRIEF.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (briefs / f"{organ}.brief.yaml").write_text(text, encoding="utf-8")
    for place in site.places.values():
        drafted = site.chengwen("regenerate", briefs, "--model", "composer", at=place)
        assert drafted.returncode == 0, drafted.stderr
    return site


@pytest.fixture(scope="module")
def failed(site: Site) -> Tried:
    """An upgrade whose last migration damages the audit."""
    spoilt = site.folder / "spoilt"
    shutil.copytree(ROOT, spoilt, ignore=shutil.ignore_patterns(".*", "__pycache__", "tests", "docs", "dist"))
    last = max((spoilt / "drafting/workspace/migrations/versions").glob("0*.py"))
    last.write_text(last.read_text(encoding="utf-8").rstrip() + "\n" + _SPOILS, encoding="utf-8")
    bundle = bundles.unpack(
        bundles.make(site.folder / "made-spoilt", site.house, spoilt), site.folder / "bundle-spoilt"
    )
    before = site.rows()
    done = site.upgrade(bundle)
    return Tried(done, before, site.rows())


@pytest.fixture(scope="module")
def upgraded(site: Site, failed: Tried) -> Tried:
    before = site.rows()
    done = site.upgrade(site.bundle)
    return Tried(done, before, site.rows())


def test_an_upgrade_that_fails_goes_back_by_itself(site: Site, failed: Tried) -> None:
    assert failed.done.returncode == 1
    said = failed.done.stderr.splitlines()
    assert "没有通过：chengwen workspace verify：" in "".join(said)
    assert any(re.fullmatch(r"工作区 .* 已退回升级前的样子；退回前的内容在 .*", line) for line in said)
    assert failed.after == failed.before
    assert "Traceback" not in failed.done.stderr
    (left,) = (site.prefix / "versions").iterdir()
    assert left.name == site.current
    for place in site.places.values():
        assert "完好" in site.chengwen("workspace", "verify", at=place).stdout


def test_an_upgrade_brings_both_workspaces_along(site: Site, upgraded: Tried) -> None:
    assert upgraded.done.returncode == 0, upgraded.done.stderr
    assert "旧版本还在" in upgraded.done.stdout
    for before, after, place in zip(upgraded.before, upgraded.after, site.places.values(), strict=True):
        assert {name: after[name] for name in before} == before
        assert set(after) - set(before) >= {"runs", "walks"}
        assert "3 个版本" in site.chengwen("workspace", "verify", at=place).stdout
    folders = (site.folder / "工作区/backups", site.prefix / "backups")
    named = re.compile(r"before-upgrade-\d{8}-\d{6}(-\d)?\.db")
    backups = [path for folder in folders for path in folder.iterdir() if named.fullmatch(path.name)]
    assert len(backups) == 4  # of the upgrade that failed, and of this one
    for path in backups:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0003",)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can upgrade what is another's")
def test_what_root_makes_beside_anothers_workspace_is_theirs(site: Site, upgraded: Tried, tmp_path: Path) -> None:
    place = tmp_path / "科室"
    shutil.copytree(site.folder / "工作区", place, ignore=shutil.ignore_patterns("*before*"))
    shutil.rmtree(place / "backups")
    for path in (place, place / "workspace.db"):
        os.chown(path, 65534, 65534)
    done = install(site.bundle, "upgrade", "--prefix", site.prefix, "--no-link", "--workspace", str(place))
    assert done.returncode == 0, done.stderr
    assert {path.owner() for path in (place, *place.rglob("*"))} == {"nobody"}


def test_the_old_version_is_told_that_the_workspace_is_newer(site: Site, upgraded: Tried) -> None:
    (old,) = (path.name for path in (site.prefix / "versions").iterdir() if path.name != site.current)
    for place in site.places.values():
        done = site.chengwen("workspace", "verify", version=old, at=place)
        assert done.returncode == 2
        assert "由更新的版本写成" in done.stderr


def test_a_workspace_in_use_is_not_upgraded(site: Site, upgraded: Tried) -> None:
    import psycopg

    with closing(sqlite3.connect(site.folder / "工作区/workspace.db")) as connection:
        connection.execute("SELECT count(*) FROM contents").fetchall()
        done = site.upgrade(site.bundle)
    assert done.returncode == 1
    assert f"工作区 {site.folder}/工作区 正在使用，请先停掉 chengwen serve 和 worker" in done.stderr
    with psycopg.connect(site.places["postgresql"], application_name="chengwen"):
        done = site.upgrade(site.bundle)
    assert done.returncode == 1
    assert "正在使用（1 个连接）" in done.stderr
    assert site.rows() == upgraded.after


def test_a_disk_that_is_full_at_the_backup_changes_nothing(site: Site, upgraded: Tried) -> None:
    folder = site.folder / "工作区/backups"
    there = sorted(folder.iterdir())
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here: a full disk is not tested")
    try:
        done = site.upgrade(site.bundle)
        assert list(folder.iterdir()) == []
    finally:
        subprocess.run(["umount", folder], check=True)
    assert done.returncode == 1
    assert re.search(r"^没有通过：chengwen workspace backup：.*磁盘已满", done.stderr)
    assert sorted(folder.iterdir()) == there
    assert site.rows() == upgraded.after


def test_a_workspace_that_is_not_there_is_told(site: Site, upgraded: Tried) -> None:
    done = install(site.bundle, "upgrade", "--prefix", site.prefix, "--no-link", "--workspace", "无此工作区")
    assert done.returncode == 1
    assert done.stderr.startswith("没有通过：没有工作区 ")
    assert not (site.bundle.parent / "无此工作区").exists()
