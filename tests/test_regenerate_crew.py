"""Several processes of one machine at one run: the same reports as one makes, one limit, one rate, and nobody left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from drafting.errors import InputError
from drafting.regeneration import crew
from drafting.workspace import history
from drafting.workspace.location import locate
from drafting.workspace.workspace import opened
from tests.benchmarks.paced import Running, paced
from tests.killing import CHENGWEN, survive
from tests.regenerating import write
from ui.cli.regenerate import regenerate

APP = typer.Typer()
APP.command()(regenerate)
ORGANS = tuple(f"第{number}县水利局" for number in range(1, 13))
SECTIONS = 2 * len(ORGANS)

pytestmark = pytest.mark.skipif(not crew.possible(), reason="processes are forked on Linux only")


@dataclass(frozen=True)
class Place:
    """A folder of briefs, and the workspaces and the endpoint that they are made with."""

    folder: Path

    def environ(self, endpoint: Running, workspace: str = ".chengwen") -> dict[str, str]:
        told = {"CHENGWEN_WORKSPACE": str(self.folder / workspace), "CHENGWEN_USER": "操作员", "CHENGWEN_RETRIES": "0"}
        return {**os.environ, **endpoint.environ, **told}

    def command(self, *words: object) -> list[str]:
        return [CHENGWEN, "regenerate", str(self.folder), "--model", "openai:bench", *map(str, words)]

    def run(self, endpoint: Running, *words: object, workspace: str = ".chengwen") -> subprocess.CompletedProcess[str]:
        environ = self.environ(endpoint, workspace)
        return subprocess.run(self.command(*words), env=environ, capture_output=True, text=True, check=False)

    def start(self, endpoint: Running, *words: object) -> subprocess.Popen[str]:
        environ = self.environ(endpoint)
        return subprocess.Popen(self.command(*words), env=environ, stderr=subprocess.PIPE, text=True)

    def hashes(self, workspace: str = ".chengwen") -> dict[str, list[str]]:
        """The versions of each report, by its organ."""
        with opened(locate(str(self.folder / workspace), {})) as one, one.reading() as connection:
            return {
                told.organ: [version.hash for version in history.line(connection, told.id)]
                for told in history.documents(connection)
            }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    write(tmp_path, ORGANS)
    return Place(tmp_path)


def children(process: subprocess.Popen[str]) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def until(endpoint: Running, calls: int, process: subprocess.Popen[str]) -> None:
    while endpoint.counts()["calls"] < calls:
        assert process.poll() is None


def gone(pids: list[int]) -> Iterator[bool]:
    for pid in pids:
        stat = Path(f"/proc/{pid}/stat")
        yield not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_several_processes_make_byte_for_byte_what_one_makes(place: Place) -> None:
    with paced(seconds=0.05) as endpoint:
        assert place.run(endpoint, "--processes", 1, workspace="一个").returncode == 0
    with paced(seconds=0.05) as endpoint:
        done = place.run(endpoint, "--processes", 3, "--jobs", 5, "--output", "json", workspace="三个")
        counts = endpoint.counts()
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert ({one["state"] for one in told["reports"]}, len(told["reports"])) == ({"made"}, len(ORGANS))
    assert told["calls"] == counts["calls"] == counts["different"] == SECTIONS
    assert counts["peak"] <= 5
    assert done.stderr.count("端点") == 1
    assert place.hashes("三个") == place.hashes("一个")


def test_one_rate_holds_for_all_of_them(place: Place) -> None:
    with paced(seconds=0.01) as endpoint:
        done = place.run(endpoint, "--processes", 3, "--jobs", 12, "--rate", 600)
        assert done.returncode == 0, done.stderr
        assert endpoint.counts()["most_at_once"] <= 600 / 60


def test_ctrl_c_ends_what_is_in_flight_in_each_and_the_next_run_goes_on(place: Place) -> None:
    with paced(seconds=0.3) as endpoint:
        process = place.start(endpoint, "--processes", 2, "--jobs", 4)
        until(endpoint, 5, process)
        pids = children(process)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "正在做完进行中的部分" in said
        assert "再运行一次即接着做" in said
        assert all(gone(pids))
        first = endpoint.counts()["calls"]
        assert first < SECTIONS
        assert place.run(endpoint, "--processes", 2).returncode == 0
        assert endpoint.counts()["calls"] == SECTIONS
    assert {organ: len(line) for organ, line in place.hashes().items()} == dict.fromkeys(ORGANS, 1)


def test_where_the_command_is_killed_its_processes_end(place: Place) -> None:
    with paced(seconds=30) as endpoint:
        process = place.start(endpoint, "--processes", 2, "--jobs", 4)
        until(endpoint, 4, process)
        pids = children(process)
        assert len(pids) == 2
        process.kill()
        process.communicate()
        while not all(gone(pids)):
            pass


def test_kills_lose_nothing_and_repeat_what_was_in_flight(place: Place) -> None:
    with paced(seconds=0.05) as endpoint:
        found = survive(
            place.folder, endpoint, jobs=4, kills=3, sections=SECTIONS, seed=20250630, words=("--processes", "2")
        )
        assert found.status == 0, found.said
        assert found.calls - found.repeated == SECTIONS
        assert found.repeated <= 4 * found.kills
    assert {organ: len(line) for organ, line in place.hashes().items()} == dict.fromkeys(ORGANS, 1)


def test_a_process_that_dies_costs_the_reports_that_it_had_and_says_so(place: Place) -> None:
    with paced(seconds=0.3) as endpoint:
        process = place.start(endpoint, "--processes", 2, "--jobs", 4)
        until(endpoint, 4, process)
        os.kill(children(process)[0], signal.SIGKILL)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        lost = [line for line in said.splitlines() if crew.LOST in line]
        assert 1 <= len(lost) < len(ORGANS)
        assert place.run(endpoint, "--processes", 2).returncode == 0
        assert endpoint.counts()["calls"] <= SECTIONS + 2
    assert {organ: len(line) for organ, line in place.hashes().items()} == dict.fromkeys(ORGANS, 1)


def test_an_endpoint_that_is_away_stops_all_of_them_with_one_line(place: Place) -> None:
    with paced(seconds=0.05) as endpoint:
        pass
    done = place.run(endpoint, "--processes", 2)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("错误")]) <= 1


def test_what_one_process_has_to_count_is_refused_to_several(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGWEN_USER", "操作员")
    told = (
        "--model",
        "openai:测试",
        "--processes",
        "2",
        "--max-tokens",
        "1000",
        "--workspace",
        str(place.folder / "库"),
    )
    with pytest.raises(InputError, match="--processes 不与 --max-tokens"):
        CliRunner().invoke(APP, [str(place.folder), *told], catch_exceptions=False)
