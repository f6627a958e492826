"""A run that is killed outright, whenever, and started again: nothing is lost, nothing is done twice but what was in flight."""

from __future__ import annotations

import subprocess
from pathlib import Path

from drafting.workspace import history
from drafting.workspace.location import locate
from drafting.workspace.workspace import opened
from tests.benchmarks.paced import paced
from tests.killing import CHENGWEN, survive
from tests.regenerating import write

ORGANS = tuple(f"第{number}县水利局" for number in range(1, 13))
SECTIONS = 2 * len(ORGANS)


def test_kills_at_moments_of_chance_lose_nothing_and_repeat_what_was_in_flight(tmp_path: Path) -> None:
    write(tmp_path, ORGANS)
    with paced(seconds=0.05) as endpoint:
        survived = survive(tmp_path, endpoint, jobs=4, kills=4, sections=SECTIONS)
        assert survived.status == 0, survived.said
        assert survived.kills >= 2
        assert survived.calls - survived.repeated == SECTIONS
        assert survived.repeated <= 4 * survived.kills
    place = str(tmp_path / ".chengwen")
    with opened(locate(place, {})) as workspace, workspace.reading() as connection:
        documents = history.documents(connection)
        assert sorted(one.organ for one in documents) == sorted(ORGANS)
        assert all(len(history.line(connection, one.id)) == 1 for one in documents)
    verified = subprocess.run(
        [CHENGWEN, "workspace", "verify", "--workspace", place], capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stderr
