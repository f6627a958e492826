"""Runs of many machines: handed to the queue, done by real workers, taken over from a dead one, called off, kept within one budget and one rate."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafting.workspace import contents
from drafting.workspace.location import locate
from drafting.workspace.workspace import opened
from tests import postgres
from tests.benchmarks.paced import Running, paced
from tests.regenerating import write
from tests.teams import Team
from tests.workspaces import database

ORGANS = tuple(f"第{number}县水利局" for number in range(1, 7))
SECTIONS = 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "提纲"
    place.mkdir()
    write(place, ORGANS)
    return place


@pytest.fixture
def team(server: str, folder: Path) -> Iterator[Team]:
    location = database(server)
    with paced(seconds=0.05) as endpoint:
        made = Team(location, endpoint, folder)
        assert made.command("workspace", "init").returncode == 0
        yield made


def test_two_workers_make_byte_for_byte_what_one_machine_makes(team: Team, tmp_path: Path) -> None:
    alone = Team(locate(str(tmp_path / "一台"), {}), team.endpoint, team.folder)
    assert alone.regenerate().returncode == 0
    with team.worker(), team.worker():
        done = team.regenerate("--queue", "--output", "json")
    assert done.returncode == 0, done.stderr
    assert {one["state"] for one in json.loads(done.stdout)["reports"]} == {"made"}
    assert team.hashes() == alone.hashes()
    page = tmp_path / "昨夜.html"
    assert team.command("runs", 1, "--report", page).returncode == 0
    assert all(organ in page.read_text(encoding="utf-8") for organ in ORGANS)
    assert len(team.hashes()) == len(ORGANS)
    with opened(team.location) as workspace, workspace.reading() as connection:
        for versions in team.hashes().values():
            assert contents.get(connection, versions[0]).text


def test_the_reports_of_a_worker_that_died_are_taken_over_and_nothing_else_is_asked_again(team: Team) -> None:
    assert team.regenerate("--queue", "--detach").returncode == 0
    with paced(seconds=30) as silent:
        dead = Team(team.location, silent, team.folder)
        with dead.worker() as worker:
            while silent.counts()["calls"] < 2:
                assert worker.poll() is None
            worker.kill()
    with team.worker():
        done = team.command("runs", 1, "--follow", "--output", "json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["reports"]) == len(ORGANS)
    assert team.endpoint.counts()["calls"] == len(ORGANS) * SECTIONS
    assert {organ: len(versions) for organ, versions in team.hashes().items()} == dict.fromkeys(ORGANS, 1)


def test_a_worker_that_stood_still_for_long_does_not_take_its_own_reports_over(team: Team) -> None:
    assert team.regenerate("--queue", "--detach").returncode == 0
    with paced(seconds=0.5) as slow:
        with Team(team.location, slow, team.folder).worker("--once") as worker:
            for calls in (1, 5, 9):
                while slow.counts()["calls"] < calls:
                    assert worker.poll() is None
                worker.send_signal(signal.SIGSTOP)
                while not team.silent_for(1.5):
                    pass
                worker.send_signal(signal.SIGCONT)
            worker.wait(60)
        assert slow.counts()["calls"] == len(ORGANS) * SECTIONS
    assert {organ: len(versions) for organ, versions in team.hashes().items()} == dict.fromkeys(ORGANS, 1)


def test_a_database_that_goes_away_in_the_middle_and_comes_back_costs_what_was_in_flight(folder: Path) -> None:
    bin = postgres.programs()
    if bin is None:
        pytest.skip(postgres.ABSENT)
    with postgres.cluster(bin, durable=True) as query, paced(seconds=0.3) as endpoint:
        team = Team(database(query), endpoint, folder)
        assert team.command("workspace", "init").returncode == 0
        assert team.regenerate("--queue", "--detach").returncode == 0
        with team.worker() as worker:
            while endpoint.counts()["calls"] < 4:
                assert worker.poll() is None
            with postgres.away(bin, query):
                pass
            done = team.command("runs", 1, "--follow")
        assert done.returncode == 0, done.stderr
        counts = endpoint.counts()
        assert counts["different"] == len(ORGANS) * SECTIONS
        assert counts["calls"] <= counts["different"] + 2
        assert {organ: len(versions) for organ, versions in team.hashes().items()} == dict.fromkeys(ORGANS, 1)


def test_the_page_about_a_run_of_workers_is_written_where_one_waits_for_them(team: Team, tmp_path: Path) -> None:
    page = tmp_path / "昨夜.html"
    with team.worker():
        done = team.regenerate("--queue", "--report", page)
    assert done.returncode == 0, done.stderr
    assert f"共 {len(ORGANS)} 份：新版本 {len(ORGANS)}" in page.read_text(encoding="utf-8")


def test_a_run_is_called_off_from_anywhere(team: Team) -> None:
    team.regenerate("--queue", "--detach")
    called_off = team.command("runs", 1, "--cancel", "--as", "操作员")
    assert called_off.returncode == 0, called_off.stderr
    assert team.command("worker", "--once").returncode == 0
    assert team.endpoint.counts()["calls"] == 0
    shown = team.command("runs", 1)
    assert "已取消" in shown.stdout
    assert f"{len(ORGANS)}/{len(ORGANS)}" in shown.stdout


def test_two_workers_keep_within_one_budget(team: Team) -> None:
    team.regenerate("--queue", "--detach", "--max-tokens", 520 * 5)  # the endpoint counts 520 a call
    with team.worker(), team.worker():
        done = team.command("runs", 1, "--follow")
    assert done.returncode == 1
    assert "已到词元上限" in done.stderr
    assert 1 <= team.endpoint.counts()["answered"] <= 5


def test_two_workers_keep_one_rate(team: Team) -> None:
    with team.worker(), team.worker():
        done = team.regenerate("--queue", "--rate", 240)
    assert done.returncode == 0, done.stderr
    counts = team.endpoint.counts()
    assert counts["most_at_once"] <= 4
    assert counts["seconds"] >= (len(ORGANS) * SECTIONS - 1) / 4


def test_where_the_model_is_not_there_the_run_stops_and_says_so(team: Team) -> None:
    away = Team(
        team.location, Running({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "CHENGWEN_RETRIES": "0"}), team.folder
    )
    away.regenerate("--queue", "--detach")
    assert away.command("worker", "--once").returncode == 0
    done = away.command("runs", 1, "--follow")
    assert done.returncode == 3
    assert "连不上" in done.stderr or "127.0.0.1:9" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("runs", 7), "没有第 7 次运行"),
        (("runs", "--cancel"), "请写明是第几次运行"),
        (("regenerate", "{folder}", "--model", "composer", "--detach"), "--detach 只与 --queue 同用"),
        (("regenerate", "{folder}", "--queue", "--via", "batch-api"), "--queue 不与 --via batch-api 同用"),
        (("regenerate", "{folder}", "--queue", "--detach", "--report", "昨夜.html"), "--detach 不等做完"),
        (("runs", "--report", "昨夜.html"), "请写明是第几次运行"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(team: Team, words: tuple[object, ...], told: str) -> None:
    done = team.command(*(team.folder if word == "{folder}" else word for word in words))
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_workspace_of_one_machine_has_no_queue(folder: Path, tmp_path: Path) -> None:
    alone = Team(locate(str(tmp_path / "一台"), {}), Running({}), folder)
    done = alone.command("regenerate", folder, "--model", "composer", "--queue")
    assert done.returncode != 0
    assert "多台机器要用 PostgreSQL 工作区" in done.stderr
    assert alone.command("runs").stdout == ""
