"""The doctor: each thing broken for real, and the line that says so. It changes nothing, and shows no secret."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from drafting.workspace import copying
from drafting.workspace import engine as engines
from drafting.workspace.location import Location, at
from drafting.workspace.workspace import opened
from tests.command import PROGRAM, environment
from tests.endpoint import FakeEndpoint
from tests.reviewed import reviewed
from tests.workspaces import START, Clock
from ui.doctor import examination, machine, server, store
from ui.doctor import model as models
from ui.doctor.check import Asked, Check

NOW = START + timedelta(days=2)


def asked(
    workspace: str | None = None, *, full: bool = False, url: str = "", now: datetime = NOW, **environ: str
) -> Asked:
    return Asked({"XDG_CACHE_HOME": "/没有", **environ}, workspace, url, full, now)


def told(checks: Iterator[Check], state: str) -> str:
    """What was seen and what to do, of the checks in that state."""
    return "\n".join(f"{one.name}：{one.seen} {one.todo}" for one in checks if one.state == state)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace in which everything has happened."""
    folder = tmp_path / "成文"
    with opened(at(folder), create=True, clock=Clock(), via="test") as workspace:
        reviewed(workspace)
        copying.back_up(workspace, tmp_path / "backup.db")
    folder.chmod(0o700)
    return folder


def test_a_sound_workspace_is_ok_in_full(place: Path) -> None:
    found = list(store.workspace(asked(str(place), full=True)))
    assert {one.state for one in found} == {"ok"}
    assert "链末端" in told(iter(found), "ok")


def test_a_workspace_of_postgresql_is_asked_for_its_clock(location: Location) -> None:
    with opened(location, create=True, clock=Clock()) as workspace:
        reviewed(workspace)
    url = (
        location.url.replace("postgresql+psycopg", "postgresql") if location.path is None else str(location.path.parent)
    )
    found = list(store.workspace(asked(url, full=True, now=datetime.now(UTC))))
    assert not told(iter(found), "bad")
    late = told(store.workspace(asked(url, now=datetime.now(UTC) + timedelta(days=700))), "bad")
    assert ("数据库与这台机器的时间不一致" in late) == (location.path is None)


def test_what_is_broken_in_a_workspace_is_named(place: Path, tmp_path: Path) -> None:
    changed = engines.connect(at(place))
    with engines.writing(changed, at(place)) as connection:
        connection.execute(text("UPDATE users SET name = '冒名' WHERE id = 1"))
    changed.dispose()
    assert "workspace verify" in told(store.workspace(asked(str(place), full=True)), "bad")
    with engines.writing(changed, at(place)) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert "chengwen workspace upgrade" in told(store.workspace(asked(str(place))), "bad")
    with engines.writing(changed, at(place)) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    changed.dispose()
    assert "请升级成文" in told(store.workspace(asked(str(place))), "bad")
    (tmp_path / "坏").mkdir()
    (tmp_path / "坏" / "workspace.db").write_bytes("不是数据库".encode() * 100)
    assert "坏" in told(store.workspace(asked(str(tmp_path / "坏"))), "bad")
    assert "postgresql://没有的主机.invalid" in told(
        store.workspace(asked("postgresql://a@没有的主机.invalid/b")), "bad"
    )


def test_a_clock_that_is_years_off_is_told(place: Path) -> None:
    assert "timedatectl" in told(machine.clock(asked(now=datetime(2021, 1, 1, tzinfo=UTC))), "bad")
    assert "不一致" in told(machine.clock(asked(now=datetime.now(UTC) + timedelta(days=730))), "bad")
    assert "在将来" in told(store.workspace(asked(str(place), now=START - timedelta(days=730))), "bad")


def test_who_else_may_read_is_told(place: Path) -> None:
    key = place / "session.key"
    key.write_text("k" * 64)
    key.chmod(0o644)
    assert f"chmod 600 {key}" in told(store.permissions(asked(str(place))), "bad")
    key.chmod(0o600)
    (place / "workspace.db").chmod(0o644)
    assert told(store.permissions(asked(str(place))), "ok")
    place.chmod(0o755)
    assert f"chmod 700 {place}" in told(store.permissions(asked(str(place))), "warn")


def test_backups_that_are_old_or_not_there_are_told(place: Path) -> None:
    assert "写进 cron" in told(store.last_backup(asked(str(place))), "warn")
    (place / "backups").mkdir()
    (place / "backups" / f"{NOW - timedelta(days=9):%Y%m%d-%H%M%S}.db").write_bytes(b"")
    assert "9 天前" in told(store.last_backup(asked(str(place))), "warn")
    (place / "backups" / f"{NOW - timedelta(hours=9):%Y%m%d-%H%M%S}.db").write_bytes(b"")
    assert "2 份" in told(store.last_backup(asked(str(place))), "ok")


def test_an_endpoint_is_asked_for_its_models_and_nothing_else() -> None:
    with FakeEndpoint() as endpoint:
        environ = {**endpoint.environ, "OPENAI_MODEL": "通义", "OPENAI_API_KEY": "sk-secret"}
        found = list(models.model(asked(**environ)))
        assert "有密钥" in told(iter(found), "ok")
        assert [(one.path, one.body) for one in endpoint.requests] == [("/v1/models", {})]
    assert "sk-secret" not in repr(found)
    gone = list(models.model(asked(**environ)))
    assert "连不上" in told(iter(gone), "bad")


def test_weights_that_were_changed_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from drafting.models import catalog

    data = "权重".encode() * 100
    entry = replace(catalog.ENTRIES[0], size=len(data), sha256=hashlib.sha256(data).hexdigest())
    monkeypatch.setattr(catalog, "ENTRIES", (entry,))
    (tmp_path / entry.file_name).write_bytes(data)
    seen = asked(full=True, CHENGWEN_MODELS=str(tmp_path))
    assert "摘要相符" in told(models.weights(seen), "ok")
    (tmp_path / entry.file_name).write_bytes(data[:-1] + b"x")
    assert "chengwen model fetch" in told(models.weights(seen), "bad")


def test_a_misspelt_variable_is_told() -> None:
    assert "CHENGWEN_MODEL" in told(server.variables(asked(CHENGWEN_MODLE="openai:通义")), "warn")
    assert told(server.variables(asked(CHENGWEN_MODEL="openai:通义")), "ok")


def test_a_server_that_is_open_without_encryption_is_told() -> None:
    assert "没有加密" in told(server.door(asked(CHENGWEN_HOST="0.0.0.0")), "bad")  # noqa: S104
    assert "CHENGWEN_URL" in told(server.door(asked(CHENGWEN_URL="成文")), "bad")


def test_a_proxy_that_is_not_there_is_told() -> None:
    assert "连不上" in told(server.proxy(asked(url="http://127.0.0.1:1/chengwen")), "bad")
    assert list(server.proxy(asked())) == []


def test_a_look_that_breaks_or_hangs_is_one_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    gate = threading.Event()

    def breaks(_: Asked) -> Iterator[Check]:
        yield Check("先看的", "ok", "好")
        raise ZeroDivisionError

    def hangs(_: Asked) -> Iterator[Check]:
        gate.wait()
        yield Check("没人等的", "ok", "")

    looks = (("坏的", breaks), ("慢的", hangs), ("好的", machine.python))
    monkeypatch.setattr(examination, "LOOKS", looks)
    found = list(examination.examine(asked(), patience=0.05))
    gate.set()
    assert [(one.name, one.state) for one in found] == [
        ("先看的", "ok"), ("坏的", "bad"), ("慢的", "bad"), ("Python", "ok"),
    ]  # fmt: skip
    assert "ZeroDivisionError" in found[1].seen


def test_the_command_changes_nothing_and_tells_as_text_and_json(place: Path, tmp_path: Path) -> None:
    def state() -> dict[str, str]:
        files = (one for one in tmp_path.rglob("*") if one.is_file())
        return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}

    before = state()
    environ = environment(CHENGWEN_MODLE="x", OPENAI_API_KEY="sk-绝密的", CHENGWEN_MODEL="composer")
    run = [str(PROGRAM), "doctor", "--workspace", str(place)]
    shown = subprocess.run(run, capture_output=True, text=True, env=environ, cwd=tmp_path, encoding="utf-8")
    as_json = subprocess.run([*run, "--output", "json"], capture_output=True, text=True, env=environ, cwd=tmp_path)
    assert state() == before
    assert "! 环境变量：CHENGWEN_MODLE 不起作用\n    怎么办：是不是 CHENGWEN_MODEL？" in shown.stdout
    assert "sk-" not in shown.stdout + shown.stderr + as_json.stdout
    checks = json.loads(as_json.stdout)["checks"]
    assert {"name", "state", "seen", "todo"} == set(checks[0])
    assert shown.returncode == (1 if any(one["state"] == "bad" for one in checks) else 0)
